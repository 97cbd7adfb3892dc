# SPDX-License-Identifier: Apache-2.0
# What a case's clients make of their CPU time: throughput against CPU time of the client for a record, a point a run with the
# 95 % intervals of both. Both axes logarithmic: equal ratios are equal lengths, and the use of one core is a straight line.
# Arguments: data file, SVG, PNG, title, the runs' style numbers.
data = ARG1; svg = ARG2; png = ARG3; heading = ARG4; styles = ARG5
load ARG0[1:strlen(ARG0) - strlen("efficiency.gp")]."style.gp"
runs = words(styles)
style_of(row) = word(styles, int(row) + 1) + 0
height = 462 + 22 * ((runs + 2) / 2)
eval show_heading
set tmargin at screen 1 - down(42)
set rmargin at screen 1 - across(40)
set xlabel "CPU time of the client for a record, µs"
set ylabel "records/s"
set logscale xy
stats data using 2 nooutput; left = below(0.9 * STATS_min)
stats data using 3 nooutput; right = above(1.1 * STATS_max)
stats data using 5 nooutput; bottom = below(0.9 * STATS_min)
stats data using 6 nooutput; top = above(1.1 * STATS_max)
# A little room, or the tic at the end is lost to rounding.
set xrange [0.999 * left:1.001 * right]
set yrange [0.999 * bottom:1.001 * top]
eval log_xtics
eval log_ytics
set grid xtics ytics
set key outside below center horizontal reverse Left samplen 2 maxcols 2 height 2
note = "median of the trials · bars: its 95 % intervals (5 trials or more) · above the line: more than one core"; eval show_note
one_core(x) = 1e6 / x
do for [pass = 1:passes] {
    eval begin
    set key width (pass == 1 ? -8 : 0) # the SVG terminal takes text for wider than it is
    plot for [i = 0:runs - 1] data index i using 1:4:2:3:5:6 with xyerrorbars \
         linecolor rgb colour(style_of(i)) linewidth 2 pointtype mark(style_of(i)) pointsize (pass == 1 ? 0.9 : 1.2) title columnheader(1), \
         one_core(x) with lines linecolor rgb "#999999" dashtype 2 linewidth 1.5 title "a client that uses one core"
    unset output
}

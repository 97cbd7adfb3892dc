# SPDX-License-Identifier: Apache-2.0
# What a case's clients make of their CPU time: throughput against CPU time of the client for a record, a point a run with the
# intervals of both. Both axes logarithmic: equal ratios are equal lengths, and the use of one core is a straight line.
# Arguments: data file, SVG, PNG, title, the runs' style numbers, renderer of the PNG, lines of the legend.
data = ARG1; svg = ARG2; png = ARG3; heading = ARG4; styles = ARG5; renderer = ARG6; legend_lines = ARG7 + 0
load ARG0[1:strlen(ARG0) - strlen("efficiency.gp")]."style.gp"
runs = words(styles)
style_of(row) = word(styles, int(row) + 1) + 0
legend_index = 0
legend_sample = 0
height = 474 + 20 * legend_lines
stats data index 1:runs using 2 nooutput; left = below(0.9 * STATS_min)
stats data index 1:runs using 3 nooutput; right = above(1.1 * STATS_max)
stats data index 1:runs using 5 nooutput; bottom = below(0.9 * STATS_min)
stats data index 1:runs using 6 nooutput; top = above(1.1 * STATS_max)
one_core(x) = 1e6 / x
note = "median of the trials · bars: its intervals (5 trials or more) · grey line: a client that uses one core"
do for [pass = 1:passes] {
    eval begin
    set multiplot
    eval show_legend
    eval show_frame
    eval show_heading
    eval show_note
    set lmargin at screen across(96)
    set rmargin at screen 1 - across(40)
    set tmargin at screen 1 - down(42)
    set bmargin at screen down(112 + 20 * legend_lines)
    set xlabel "CPU time of the client for a record, µs"
    set ylabel "records/s"
    set logscale xy
    # A little room, or the tic at the end is lost to rounding.
    set xrange [0.999 * left:1.001 * right]
    set yrange [0.999 * bottom:1.001 * top]
    eval log_xtics
    eval log_ytics
    set grid xtics ytics
    plot for [i = 0:runs - 1] data index (i + 1) using 1:4:2:3:5:6 with xyerrorbars \
         linecolor rgb colour(style_of(i)) linewidth 2 pointtype mark(style_of(i)) pointsize point(0.9), \
         one_core(x) with lines linecolor rgb "#999999" dashtype 2 linewidth 1.5
    unset multiplot
    unset output
}

# SPDX-License-Identifier: Apache-2.0
# What a case's clients make of their CPU time: throughput against CPU time of the client for a record, a point a run with the
# 95 % intervals of both. Both axes logarithmic: equal ratios are equal lengths, and the use of one core is a straight line.
# Arguments: data file, SVG, PNG, title, the runs' style numbers.
data = ARG1; svg = ARG2; png = ARG3; heading = ARG4; styles = ARG5
load ARG0[1:strlen(ARG0) - strlen("efficiency.gp")]."style.gp"
runs = words(styles)
style_of(row) = word(styles, int(row) + 1) + 0
width = 900
height = 462 + 22 * ((runs + 2) / 2)
set label 2 heading at screen 0, screen 1 offset character 2, -1.2 left textcolor rgb text_colour noenhanced
set tmargin 3
set rmargin 7
set xlabel "CPU time of the client for a record, µs"
set ylabel "records/s"
set logscale xy
# The ends of the axes at the next 1, 2 or 5 beyond the bars, and every 1, 2 and 5 a tic: a decade alone is often not in the picture.
below(x) = x / power(x) < 2 ? power(x) : x / power(x) < 5 ? 2 * power(x) : 5 * power(x)
above(x) = x / power(x) <= 2 ? 2 * power(x) : x / power(x) <= 5 ? 5 * power(x) : 10 * power(x)
stats data using 2 nooutput; left = below(0.9 * STATS_min)
stats data using 3 nooutput; right = above(1.1 * STATS_max)
stats data using 5 nooutput; bottom = below(0.9 * STATS_min)
stats data using 6 nooutput; top = above(1.1 * STATS_max)
# A little room, or the tic at the end is lost to rounding.
set xrange [0.999 * left:1.001 * right]
set yrange [0.999 * bottom:1.001 * top]
set xtics ()
set ytics ()
array steps_of_a_decade[3] = [1, 2, 5]
do for [decade = -3:9] {
    do for [i = 1:3] {
        tic = steps_of_a_decade[i] * 10.0 ** decade
        if (tic >= 0.999 * left && tic <= 1.001 * right) { set xtics add (amount(tic) tic) }
        if (tic >= 0.999 * bottom && tic <= 1.001 * top) { set ytics add (amount(tic) tic) }
    }
}
set grid xtics ytics
set key outside below center horizontal reverse Left samplen 2 maxcols 2 height 2
set label 1 "median of the trials · bars: its 95 % intervals (5 trials or more) · above the line: more than one core" at screen 0, screen 0 offset character 2, 0.7 left textcolor rgb "#666666" noenhanced
one_core(x) = 1e6 / x
do for [pass = 1:2] {
    eval (pass == 1 ? svg_terminal(width, height) : png_terminal(width, height))
    set key width (pass == 1 ? -8 : 0) # the SVG terminal takes text for wider than it is
    set output (pass == 1 ? svg : png)
    plot for [i = 0:runs - 1] data index i using 1:4:2:3:5:6 with xyerrorbars \
         linecolor rgb colour(style_of(i)) linewidth 2 pointtype mark(style_of(i)) pointsize (pass == 1 ? 0.9 : 1.2) title columnheader(1), \
         one_core(x) with lines linecolor rgb "#999999" dashtype 2 linewidth 1.5 title "a client that uses one core"
    unset output
}

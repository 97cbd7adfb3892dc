# SPDX-License-Identifier: Apache-2.0
# Throughput of a case: every trial as a mark, the median as a line with its 95 % interval.
# Arguments: data file, SVG, PNG, title, the runs' style numbers.
data = ARG1; svg = ARG2; png = ARG3; heading = ARG4; styles = ARG5
load ARG0[1:strlen(ARG0) - strlen("throughput.gp")]."style.gp"
runs = words(styles)
width = 900
height = 110 + 46 * runs
style_of(row) = word(styles, int(row) + 1) + 0
set label 2 heading at screen 0, screen 1 offset character 2, -1.2 left textcolor rgb text_colour noenhanced
set tmargin 3
set xlabel "records/s"
stats data index 0 using 2 nooutput
set xrange [0:1.04 * (STATS_max > 0 ? STATS_max : 1)]
set xtics ()
do for [tic = 0:steps(STATS_max, 5)] { set xtics add (amount(tic * step(STATS_max, 5)) tic * step(STATS_max, 5)) }
set yrange [runs - 0.5:-0.5]
set grid xtics noytics
set ytics scale 0 noenhanced
set rmargin 21
unset key
set label 1 "mark: a trial · upright line: median · bar: its 95 % interval (5 trials or more)" at graph 0, screen 0 offset character 0, 0.7 left textcolor rgb "#666666" noenhanced
set bmargin 5
do for [pass = 1:2] {
    eval (pass == 1 ? svg_terminal(width, height) : png_terminal(width, height))
    set output (pass == 1 ? svg : png)
    plot data index 1 using 3:1:($4 - $3):(0) with vectors nohead linewidth 9 linecolor rgb "#c4c4c4", \
         data index 1 using 2:($1 - 0.34):(0):(0.68) with vectors nohead linewidth 2.5 linecolor rgb text_colour, \
         data index 0 using 2:1:(mark(style_of($3))):(colour(style_of($3))) with points pointtype variable linecolor rgb variable pointsize (pass == 1 ? 0.55 : 0.8), \
         data index 1 using 2:1:yticlabels(5) with points pointtype 0 linecolor rgb "#ffffff", \
         data index 1 using (0):1:6 with labels left offset graph 1.015, 0 textcolor rgb text_colour noenhanced
    unset output
}

# SPDX-License-Identifier: Apache-2.0
# Throughput of a case: every trial as a mark, the median as a line with its interval.
# Arguments: data file, SVG, PNG, title, the runs' style numbers, renderer of the PNG, pixels of the labels at the left.
data = ARG1; svg = ARG2; png = ARG3; heading = ARG4; styles = ARG5; renderer = ARG6; label_room = ARG7 + 0
load ARG0[1:strlen(ARG0) - strlen("throughput.gp")]."style.gp"
runs = words(styles)
row_px = 46
height = 146 + row_px * runs
eval show_heading
style_of(row) = word(styles, int(row) + 1) + 0
set tmargin at screen 1 - down(42)
set bmargin at screen down(104)
set lmargin at screen across(16 + label_room)
set rmargin at screen 1 - across(150)
# From 0, unless the slowest would then not be told from nothing.
stats data index 0 using 2 nooutput
if (STATS_min > 0 && STATS_max > 100 * STATS_min) {
    set xlabel "records/s, logarithmic"
    set logscale x
    left = below(0.97 * STATS_min)
    right = above(1.03 * STATS_max)
    eval log_xtics
} else {
    set xlabel "records/s"
    left = 0
    right = 1.04 * (STATS_max > 0 ? STATS_max : 1)
    set xtics ()
    do for [tic = 0:steps(STATS_max, 5)] { set xtics add (amount(tic * step(STATS_max, 5)) tic * step(STATS_max, 5)) }
}
set xrange [left:right]
set yrange [runs - 0.5:-0.5]
set grid xtics noytics
unset ytics
unset key
note = "mark: a trial · upright line: median · bar: its interval (5 trials or more)"; eval show_note
do for [pass = 1:passes] {
    eval begin
    plot data index 1 using 3:1:($4 - $3):(0) with vectors nohead linewidth 9 linecolor rgb "#c4c4c4", \
         data index 1 using 2:($1 - 0.34):(0):(0.68) with vectors nohead linewidth 2.5 linecolor rgb text_colour, \
         data index 0 using 2:1:(mark(style_of($3))):(colour(style_of($3))) with points pointtype variable linecolor rgb variable pointsize point(0.55), \
         data index 1 using (left):(row_label($1, $6)):5 with labels right offset character -1, 0 textcolor rgb text_colour noenhanced, \
         data index 1 using (right):1:7 with labels left offset character 1, 0 textcolor rgb text_colour noenhanced
    unset output
}

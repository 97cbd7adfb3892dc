# SPDX-License-Identifier: Apache-2.0
# Throughput of a case in this version, in another one and in a published table, a row a run. Measured: filled, with the
# interval of the median. Published: hollow. The axis is logarithmic: the same factor has the same length in every row.
# Arguments: data file, SVG, PNG, title, the kinds of its data sets (0 this version, 1 another, 2 published), renderer of the
# PNG, pixels of the labels at
# the left, rows.
data = ARG1; svg = ARG2; png = ARG3; heading = ARG4; styles = ARG5; renderer = ARG6; label_room = ARG7 + 0; rows = ARG8 + 0
load ARG0[1:strlen(ARG0) - strlen("versions.gp")]."style.gp"
sets = words(styles)
row_px = 18 + 18 * sets
height = 150 + row_px * rows + 20 * sets
eval show_heading
set tmargin at screen 1 - down(42)
set bmargin at screen down(108 + 20 * sets)
set lmargin at screen across(16 + label_room)
set rmargin at screen 1 - across(165)
set xlabel "records/s"
stats data index 0:(sets - 1) using 3 nooutput; left = below(0.97 * STATS_min)
stats data index 0:(sets - 1) using 4 nooutput; right = above(1.03 * STATS_max)
set logscale x
set xrange [0.999 * left:1.001 * right]
eval log_xtics
set yrange [rows - 0.5:-0.5]
set grid xtics noytics
unset ytics
set key at screen across(6), screen down(36 + 20 * sets) left top vertical Left reverse samplen 2 maxcols 1
note = "measured: median and its interval (5 trials or more) · published: not measured here, no interval is known"; eval show_note
do for [i = 1:rows - 1] { set arrow i from graph 0, first i - 0.5 to graph 1, first i - 0.5 nohead linecolor rgb grid_colour back }
# By kind.
array kind_colours[3] = [0x0072B2, 0xD55E00, 0x333333]
array kind_types[3] = [7, 5, 12]
kind(i) = word(styles, i + 1) + 1
place(i) = (i - (sets - 1) / 2.0) * 18.0 / row_px
do for [pass = 1:passes] {
    eval begin
    plot for [i = 0:sets - 1] data index i using 3:($1 + place(i)):($4 - $3):(0) with vectors nohead linewidth 2.5 linecolor rgb kind_colours[kind(i)] notitle, \
         for [i = 0:sets - 1] data index i using 2:($1 + place(i)) with points pointtype kind_types[kind(i)] pointsize point(0.8) linewidth 2 linecolor rgb kind_colours[kind(i)] title columnheader(1), \
         for [i = 0:sets - 1] data index i using (right):($1 + place(i)):5 with labels left offset character 1, 0 textcolor rgb text_colour noenhanced notitle, \
         data index sets using (left):(row_label($1, $3)):2 with labels right offset character -1, 0 textcolor rgb text_colour noenhanced notitle
    unset output
}

# SPDX-License-Identifier: Apache-2.0
# The throughput of each run of a case as a ratio to the baseline's, with its 95 % interval: a forest plot. The axis is
# logarithmic: the same factor has the same length on both sides of 1.
# Arguments: data file, SVG, PNG, title, the runs' style numbers, renderer of the PNG, pixels of the labels at the left and of the
# figures at the right.
data = ARG1; svg = ARG2; png = ARG3; heading = ARG4; styles = ARG5; renderer = ARG6; label_room = ARG7 + 0; figure_room = ARG8 + 0
load ARG0[1:strlen(ARG0) - strlen("ratio.gp")]."style.gp"
runs = words(styles)
row_px = 40
height = 166 + row_px * runs
eval show_heading
set tmargin at screen 1 - down(62)
set bmargin at screen down(104)
set lmargin at screen across(16 + label_room)
set rmargin at screen 1 - across(16 + figure_room)
set xlabel "records/s, as a multiple of the baseline's"
# At least 5 % on both sides of 1, and some room behind the outermost bar.
stats data index 1 using 3 nooutput; low = STATS_min < 0.95 ? STATS_min : 0.95
stats data index 1 using 4 nooutput; high = STATS_max > 1.05 ? STATS_max : 1.05
if (high / low > 4) {
    left = 0.999 * below(0.97 * low)
    right = 1.001 * above(1.03 * high)
    eval log_xtics
} else {
    left = low / (high / low) ** 0.04
    right = high * (high / low) ** 0.04
    tic_step = step(right - left, 6)
    set xtics ()
    do for [i = int(ceil(left / tic_step)):int(floor(right / tic_step))] { set xtics add (sprintf("%g", i * tic_step) i * tic_step) }
}
set logscale x
set xrange [left:right]
set yrange [runs - 0.5:-0.5]
set grid xtics noytics
unset ytics
unset key
set arrow 1 from 1, graph 0 to 1, graph 1 nohead linewidth 1.5 linecolor rgb text_colour back
note = "filled: the interval excludes 1 · open circle: it does not · open diamond: no interval (fewer than 5 blocks)"; eval show_note
# By the mark's number: no interval, holds 1, lower, higher.
array mark_colours[4] = [0x666666, 0x666666, 0xD55E00, 0x0072B2]
array mark_types[4] = [12, 6, 5, 5]
array mark_grounds[4] = [13, 7, 5, 5]
mark_colour(mark) = mark_colours[int(mark) + 1]
end(low, mark) = mark > 0 ? low : NaN
do for [pass = 1:passes] {
    eval begin
    plot data index 1 using (end($3, $5)):1:($4 - $3):(0):(mark_colour($5)) with vectors nohead linewidth 2.5 linecolor rgb variable, \
         data index 1 using (end($3, $5)):($1 - 0.13):(0):(0.26):(mark_colour($5)) with vectors nohead linewidth 2 linecolor rgb variable, \
         data index 1 using (end($4, $5)):($1 - 0.13):(0):(0.26):(mark_colour($5)) with vectors nohead linewidth 2 linecolor rgb variable, \
         data index 1 using 2:1:(mark_grounds[int($5) + 1]) with points pointtype variable pointsize point(0.9) linecolor rgb "#ffffff", \
         data index 1 using 2:1:(mark_types[int($5) + 1]):(mark_colour($5)) with points pointtype variable pointsize point(0.9) linewidth 2 linecolor rgb variable, \
         data index 0 using 1:(-0.5):2 with labels center offset screen 0, screen down(11) textcolor rgb text_colour noenhanced, \
         data index 1 using (left):(row_label($1, $7)):6 with labels right offset character -1, 0 textcolor rgb text_colour noenhanced, \
         data index 1 using (right):1:8 with labels left offset character 1, 0 textcolor rgb text_colour noenhanced
    unset output
}

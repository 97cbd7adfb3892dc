# SPDX-License-Identifier: Apache-2.0
# What all charts share; read after the arguments have got their names. The card is white: a dark page recolours what is drawn.
# Colours: Okabe and Ito (2008), told apart with every kind of colour blindness; yellow is left out, it is too pale on
# white. A run keeps its colour and mark in every chart; from the eighth on the colours come again with open marks and dashes.
array colours[7] = [0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0x56B4E9, 0xE69F00, 0x000000]
array marks[14] = [7, 5, 9, 13, 11, 15, 2, 6, 4, 8, 12, 10, 14, 1]
colour(style) = colours[int(style) % 7 + 1]
# The same colour, faint: gnuplot counts transparency in the highest byte.
faint(style) = 0x9e000000 + colour(style)
mark(style) = marks[int(style) % 14 + 1]
dash(style) = int(style) / 7 % 3 + 1
set dashtype 2 (8, 4)
set dashtype 3 (2, 3)
text_colour = "#333333"
note_colour = "#666666"
grid_colour = "#dddddd"
set encoding utf8
set border 3 linecolor rgb "#888888"
set tics nomirror out textcolor rgb text_colour
set title textcolor rgb text_colour noenhanced
set xlabel textcolor rgb text_colour noenhanced
set ylabel textcolor rgb text_colour noenhanced
set key textcolor rgb text_colour noenhanced
set grid linecolor rgb grid_colour linetype 1 linewidth 1
# Pixels of the canvas as a share of it: a "character" is not the same height in both terminals.
width = 900
across(px) = px / real(width)
down(px) = px / real(height)
show_heading = 'set label 2 heading at screen across(18), screen 1 - down(22) left textcolor rgb text_colour noenhanced'
show_note = 'set label 1 note at screen across(18), screen down(16) left textcolor rgb note_colour noenhanced'
# Labels of rows: gnuplot puts the first line at the row; two lines are moved up by half of one.
row_label(row, lines) = row - (lines - 1) * 0.5 * (pass == 1 ? 19.5 : renderer eq "png" ? 12.5 : 15.0) / row_px
# The same picture twice, unless no PNG is wanted: SVG, then PNG at twice the size. Each pass begins with `eval begin`. `renderer` is
# pngcairo, or png where there may be characters that no font of the machine has: pngcairo draws those as large as the picture. (png
# draws neither dashes nor what is transparent.)
passes = strlen(png) > 0 ? 2 : 1
svg_terminal = 'set terminal svg noenhanced size %d,%d font "sans-serif,13" background "#ffffff"'
png_terminal = renderer eq "png" \
    ? 'set terminal png truecolor noenhanced size %d,%d font "Sans,17" linewidth 1.6 background "#ffffff"' \
    : 'set terminal pngcairo noenhanced size %d,%d font "Sans,11" fontscale 1.6 linewidth 1.6 background "#ffffff"'
begin = 'eval sprintf(pass == 1 ? svg_terminal : png_terminal, pass * width, pass * height); \
         set output (pass == 1 ? svg : png)'
point(size) = pass == 1 ? size : 2.2 * size
# The legend above the note, within a multiplot: a row an entry of pixels from the left, line, style, title; `legend_sample` is how long
# a line before each is, 0 for none. It comes first: what it unsets, show_frame and the script set for the chart.
show_legend = 'unset label; unset arrow; unset object; unset xtics; unset ytics; unset xlabel; unset ylabel; \
    unset border; unset grid; unset key; unset logscale; \
    set lmargin at screen 0; set rmargin at screen 1; \
    set bmargin at screen down(32); set tmargin at screen down(32 + 20 * legend_lines); \
    set xrange [0:width]; set yrange [legend_lines:0]; \
    plot data index legend_index using ($1 + 20):($2 + 0.5):(legend_sample):(0):(colour($3)) with vectors nohead \
             linewidth 2 linecolor rgb variable, \
         data index legend_index using ($1 + 20 + (legend_sample > 0 ? legend_sample / 2 : 5)):($2 + 0.5):(mark($3)):(colour($3)) \
             with points pointtype variable pointsize point(0.8) linecolor rgb variable, \
         data index legend_index using ($1 + 38 + legend_sample):($2 + 0.5):4 with labels left textcolor rgb text_colour noenhanced'
show_frame = 'set border 3 linecolor rgb "#888888"; \
    set xtics nomirror out textcolor rgb text_colour; set ytics nomirror out textcolor rgb text_colour; \
    set xlabel textcolor rgb text_colour noenhanced; set ylabel textcolor rgb text_colour noenhanced'
# Tics of an axis from 0 to `most`: about `count` steps of 1, 2 or 5 times a power of ten, written 500, 1.5k, 2M. (gnuplot's own
# %s%c rounds 1.5k to 2k, or writes 2.0k everywhere.)
power(x) = 10.0 ** floor(log10(x))
nice(x) = x < 1.5 ? 1 : x < 3.5 ? 2 : x < 7.5 ? 5 : 10
step(most, count) = most > 0 ? nice(most / real(count) / power(most / real(count))) * power(most / real(count)) : 1.0
steps(most, count) = int(floor(1.04 * most / step(most, count)))
amount(x) = x >= 1e6 ? sprintf("%gM", x / 1e6) : x >= 1e3 ? sprintf("%gk", x / 1e3) : sprintf("%g", x)
# The ends of a logarithmic axis at the next 1, 2 or 5 beyond, and every 1, 2 and 5 a tic between `left` and `right` or `bottom` and
# `top`: a decade alone is often not in the picture. Over more than two decades and a half there is room for the decades only.
below(x) = x / power(x) < 2 ? power(x) : x / power(x) < 5 ? 2 * power(x) : 5 * power(x)
above(x) = x / power(x) <= 2 ? 2 * power(x) : x / power(x) <= 5 ? 5 * power(x) : 10 * power(x)
array steps_of_a_decade[3] = [1, 2, 5]
decade_step = 1
is_tic(tic, i, from, to) = (i > 1 || decade % decade_step == 0) && tic >= 0.999 * from && tic <= 1.001 * to && (i == 1 || to / from <= 300)
log_xtics = 'set xtics (); \
    do for [decade = -9:12] { do for [i = 1:3] { \
        tic = steps_of_a_decade[i] * 10.0 ** decade; \
        if (is_tic(tic, i, left, right)) { set xtics add (amount(tic) tic) } } }'
log_ytics = 'set ytics (); \
    do for [decade = -9:12] { do for [i = 1:3] { \
        tic = steps_of_a_decade[i] * 10.0 ** decade; \
        if (is_tic(tic, i, bottom, top)) { set ytics add (amount(tic) tic) } } }'

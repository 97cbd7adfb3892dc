# SPDX-License-Identifier: Apache-2.0
# Latency of a case by percentile, on HdrHistogram's axis: every further nine takes the same room. The legend, then a data set a run.
# Arguments: data file, SVG, PNG, title, the runs' style numbers, renderer of the PNG, lines of the legend.
data = ARG1; svg = ARG2; png = ARG3; heading = ARG4; styles = ARG5; renderer = ARG6; legend_lines = ARG7 + 0
load ARG0[1:strlen(ARG0) - strlen("latency.gp")]."style.gp"
runs = words(styles)
style_of(row) = word(styles, int(row) + 1) + 0
legend_index = 0
legend_sample = 26
height = 438 + 20 * legend_lines
do for [pass = 1:passes] {
    eval begin
    set multiplot
    eval show_legend
    eval show_frame
    eval show_heading
    set lmargin at screen across(96)
    set rmargin at screen 1 - across(40)
    set tmargin at screen 1 - down(42)
    set bmargin at screen down(108 + 20 * legend_lines)
    set xlabel "percentile of the records"
    set ylabel "latency, ms"
    set logscale xy
    set xrange [1:*]
    set yrange [*:*]
    set xtics ("" 1, "50 %%" 2, "90 %%" 10, "99 %%" 100, "99.9 %%" 1e3, "99.99 %%" 1e4, "99.999 %%" 1e5, "99.9999 %%" 1e6, "99.99999 %%" 1e7)
    set format y "%g"
    set grid xtics ytics
    plot for [i = 0:runs - 1] data index (i + 1) using 1:2 with linespoints \
         linecolor rgb colour(style_of(i)) dashtype dash(style_of(i)) linewidth 2 \
         pointtype mark(style_of(i)) pointsize point(0.5) pointinterval 5
    unset multiplot
    unset output
}

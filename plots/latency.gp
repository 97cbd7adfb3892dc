# SPDX-License-Identifier: Apache-2.0
# Latency of a case by percentile, on HdrHistogram's axis: every further nine takes the same room. One data set a run.
# Arguments: data file, SVG, PNG, title, the runs' style numbers.
data = ARG1; svg = ARG2; png = ARG3; heading = ARG4; styles = ARG5
load ARG0[1:strlen(ARG0) - strlen("latency.gp")]."style.gp"
runs = words(styles)
style_of(row) = word(styles, int(row) + 1) + 0
height = 432 + 22 * ((runs + 1) / 2)
eval show_heading
set tmargin at screen 1 - down(42)
set rmargin at screen 1 - across(40)
set xlabel "percentile of the records"
set ylabel "latency, ms"
set logscale xy
set xrange [1:*]
set xtics ("" 1, "50 %%" 2, "90 %%" 10, "99 %%" 100, "99.9 %%" 1e3, "99.99 %%" 1e4, "99.999 %%" 1e5, "99.9999 %%" 1e6, "99.99999 %%" 1e7)
set format y "%g"
set grid xtics ytics
set key outside below center horizontal reverse Left samplen 3 maxcols 2 height 1
do for [pass = 1:passes] {
    eval begin
    set key width (pass == 1 ? -8 : 0) # the SVG terminal takes text for wider than it is
    plot for [i = 0:runs - 1] data index i using 1:2 with linespoints \
         linecolor rgb colour(style_of(i)) dashtype dash(style_of(i)) linewidth 2 \
         pointtype mark(style_of(i)) pointsize (pass == 1 ? 0.5 : 0.7) pointinterval 5 title columnheader(1)
    unset output
}

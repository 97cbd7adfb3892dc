# SPDX-License-Identifier: Apache-2.0
# Throughput of a case over the time of its trials, a panel a run (each with its own scale, from 0): every trial thin, the
# median of the trials thick, the warm-up shaded. Two data sets a run: trials, median.
# Arguments: data file, SVG, PNG, title, the runs' style numbers, renderer of the PNG, seconds of warm-up.
data = ARG1; svg = ARG2; png = ARG3; heading = ARG4; styles = ARG5; renderer = ARG6; warmup = ARG7 + 0
load ARG0[1:strlen(ARG0) - strlen("timeline.gp")]."style.gp"
runs = words(styles)
style_of(row) = word(styles, int(row) + 1) + 0
panel = 130.0
top = 40.0
bottom = 100.0
height = int(top + runs * panel + bottom)
stats data using 1 nooutput
last = STATS_max
set xrange [0:last]
set ytics noenhanced
set grid xtics ytics
set key at graph 0, graph 1.25 left top horizontal Left reverse samplen 2
if (warmup > 0) set object 1 rectangle from first 0, graph 0 to first warmup, graph 1 behind fillcolor rgb "#eeeeee" fillstyle solid noborder
do for [pass = 1:passes] {
    eval begin
    set multiplot
    do for [i = 0:runs - 1] {
        set lmargin at screen 0.085
        set rmargin at screen 0.975
        set tmargin at screen 1 - (top + i * panel + 32) / height
        set bmargin at screen 1 - (top + (i + 1) * panel) / height
        unset label
        if (i == 0) { eval show_heading }
        if (i == runs - 1) {
            set xlabel "seconds since the start of the trial" textcolor rgb text_colour
            note = "records/s · thin: a trial · thick: median of the trials · shaded: warm-up, not measured"; eval show_note
            set format x "%g"
        } else {
            set xlabel ""
            set format x ""
        }
        set yrange [*:*] # stats leaves out what the range before it leaves out
        stats data index (2 * i) using 2 nooutput
        set yrange [0:(STATS_max > 0 ? 1.05 * STATS_max : 1)]
        most = STATS_max
        set ytics ()
        do for [tic = 0:steps(most, 3)] { set ytics add (amount(tic * step(most, 3)) tic * step(most, 3)) }
        plot data index (2 * i) using 1:2 with lines linecolor rgb faint(style_of(i)) linewidth 1 notitle, \
             data index (2 * i + 1) using 1:2 with lines linecolor rgb colour(style_of(i)) linewidth 2.5 title columnheader(1)
    }
    unset multiplot
    unset output
}

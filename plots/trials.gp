# SPDX-License-Identifier: Apache-2.0
# All trials over the campaigns' time, one campaign behind the other, a panel a case: records/s on a logarithmic scale that all panels
# share; a ring around a disturbed trial; trials without a rate on lines at the bottom.
# Data sets: campaigns, borders of blocks, tics of the time axis, legend, titles of the panels, then the trials of each panel.
# Arguments: data file, SVG, PNG, title, (none), renderer of the PNG, label of the time axis, "length panels lines-of-the-legend least-rate greatest-rate" (rates 0: none),
# names of the lines at the bottom.
data = ARG1; svg = ARG2; png = ARG3; heading = ARG4; renderer = ARG6; time_label = ARG7; sizes = ARG8; lanes = ARG9
load ARG0[1:strlen(ARG0) - strlen("trials.gp")]."style.gp"
size_of(i) = word(sizes, i) + 0
length = size_of(1); panels = int(size_of(2)); legend_lines = int(size_of(3))
has_rates = size_of(4) > 0
bottom = has_rates ? below(0.9 * size_of(4)) : 1; top = has_rates ? above(1.1 * size_of(5)) : 2
lane_count = words(lanes)
first_panel = 5
head = 96.0
title_px = 32
lane_px = 18.0
panel = title_px + lane_px * lane_count + (!has_rates ? 8 : panels == 1 ? 220 : panels <= 8 ? 106 : 68)
foot = 70.0 + 20 * legend_lines
height = int(head + panels * panel + foot)
# How much of the axis a line at the bottom takes.
lane_factor = (top / bottom) ** (lane_px / (panel - title_px - lane_px * lane_count))
lane(number) = bottom / lane_factor ** (number - 0.2)
lowest = bottom / lane_factor ** lane_count
y_of(kind, value) = kind eq "line" ? lane(value) : value
legend_index = 3
legend_sample = 0
# Every tic needs its height.
decade_step = top / bottom > 1e5 ? 2 : 1
do for [pass = 1:passes] {
    eval begin
    set multiplot
    eval show_legend
    eval show_frame
    do for [i = 0:panels - 1] {
        set lmargin at screen across(96)
        set rmargin at screen 1 - across(16)
        set tmargin at screen 1 - down(head + i * panel)
        set bmargin at screen 1 - down(head + (i + 1) * panel - title_px)
        set grid noxtics ytics
        set logscale y
        set xrange [0:length]
        set yrange [0.999 * lowest:1.001 * top]
        if (has_rates) { eval log_ytics } else { set ytics () }
        do for [j = 1:lane_count] { set ytics add (word(lanes, j) lane(j)) }
        if (i == 0) { eval show_heading } else { unset label }
        if (i == panels - 1) {
            set xtics nomirror out textcolor rgb text_colour
            set xlabel time_label
            note = "records/s · ring: a disturbed trial · upright line: the next block; dark: the next campaign"; eval show_note
        } else {
            unset xtics
        }
        plot data index 1 using 1:(lowest):(0):(top - lowest) with vectors nohead linewidth 1 linecolor rgb "#c4c4c4", \
             data index 0 using 1:(lowest):(0):(top - lowest) with vectors nohead linewidth 2 linecolor rgb "#888888", \
             data index 0 using (i == 0 ? $1 : NaN):(top):3 with labels left offset screen 0, screen down(48) textcolor rgb text_colour noenhanced, \
             data index 1 using (i == 0 ? $1 : NaN):(top):2 with labels left offset screen across(2), screen down(30) textcolor rgb note_colour noenhanced, \
             data index 4 every ::i::i using (0):(top):1 with labels left offset screen 0, screen down(12) textcolor rgb text_colour noenhanced, \
             data index (first_panel + i) using 1:(y_of(strcol(2), $3)):(mark($4)):(colour($4)) with points pointtype variable pointsize point(0.6) linecolor rgb variable, \
             data index (first_panel + i) using 1:($5 > 0 ? y_of(strcol(2), $3) : NaN) with points pointtype 6 pointsize point(1.5) linewidth 1.5 linecolor rgb text_colour, \
             data index 2 using 1:(i == panels - 1 ? lowest : NaN):xticlabels(2) with points pointtype 0 linecolor rgb "#ffffff"
    }
    unset multiplot
    unset output
}

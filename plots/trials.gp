# SPDX-License-Identifier: Apache-2.0
# All trials over the campaigns' time, one campaign behind the other, a panel a case: records/s on a logarithmic scale that all panels
# share; a ring around a disturbed trial; trials without a rate on lines at the bottom.
# Data sets: campaigns, borders of blocks, tics of the time axis, legend, titles of the panels, then the trials of each panel.
# Arguments: data file, SVG, PNG, title, (none), label of the time axis, "length panels lines-of-the-legend least-rate greatest-rate",
# names of the lines at the bottom.
data = ARG1; svg = ARG2; png = ARG3; heading = ARG4; time_label = ARG6; sizes = ARG7; lanes = ARG8
load ARG0[1:strlen(ARG0) - strlen("trials.gp")]."style.gp"
size_of(i) = word(sizes, i) + 0
length = size_of(1); panels = int(size_of(2)); legend_lines = int(size_of(3))
bottom = below(0.9 * size_of(4)); top = above(1.1 * size_of(5))
lane_count = words(lanes)
first_panel = 5
head = panels > 1 ? 96.0 : 78.0
panel = panels == 1 ? 260.0 : panels <= 8 ? 138.0 : 100.0
foot = (panels > 1 ? 70.0 : 102.0) + 20 * legend_lines
height = int(head + panels * panel + foot)
# A line at the bottom takes as much of the axis as 15 pixels.
lane_factor = (top / bottom) ** (15 / (panel - 32 - 15 * lane_count))
lane(number) = bottom / lane_factor ** (number - 0.3)
lowest = bottom / lane_factor ** lane_count
y_of(rate, number) = number > 0 ? lane(number) : rate
ring(disturbed, y) = disturbed > 0 ? y : NaN
unset key
do for [pass = 1:passes] {
    eval begin
    size = pass == 1 ? 0.6 : 0.85
    set multiplot
    do for [i = 0:panels - 1] {
        set lmargin at screen across(96)
        set rmargin at screen 1 - across(16)
        set tmargin at screen 1 - down(head + i * panel)
        set bmargin at screen 1 - down(head + (i + 1) * panel - (panels > 1 ? 32 : 0))
        set border 3
        set grid noxtics ytics
        set logscale y
        set xrange [0:length]
        set yrange [lowest:top]
        set ytics nomirror out textcolor rgb text_colour
        eval log_ytics
        do for [j = 1:lane_count] { set ytics add (word(lanes, j) lane(j)) }
        unset label
        if (i == 0) { eval show_heading }
        if (i == panels - 1) {
            set xtics nomirror out textcolor rgb text_colour
            set xlabel time_label textcolor rgb text_colour noenhanced
            note = "records/s · ring: a disturbed trial · upright line: the next block; dark: the next campaign"; eval show_note
        } else {
            unset xtics
        }
        plot data index 1 using 1:(lowest):(0):(top - lowest) with vectors nohead linewidth 1 linecolor rgb "#c4c4c4", \
             data index 0 using 1:(lowest):(0):(top - lowest) with vectors nohead linewidth 2 linecolor rgb "#888888", \
             data index 0 using (i == 0 ? $1 : NaN):(top):3 with labels left offset screen 0, screen down(panels > 1 ? 48 : 30) textcolor rgb text_colour noenhanced, \
             data index 1 using (i == 0 ? $1 : NaN):(top):2 with labels left offset screen across(2), screen down(panels > 1 ? 30 : 12) textcolor rgb note_colour noenhanced, \
             data index 4 every ::i::i using (0):(top):1 with labels left offset screen 0, screen down(12) textcolor rgb text_colour noenhanced, \
             data index (first_panel + i) using 1:(y_of($2, $3)):(mark($4)):(colour($4)) with points pointtype variable pointsize size linecolor rgb variable, \
             data index (first_panel + i) using 1:(ring($5, y_of($2, $3))) with points pointtype 6 pointsize 2.4 * size linewidth 1.5 linecolor rgb text_colour, \
             data index 2 using 1:(i == panels - 1 ? lowest : NaN):xticlabels(2) with points pointtype 0 linecolor rgb "#ffffff"
    }
    unset label
    unset xtics
    unset ytics
    unset xlabel
    unset border
    unset grid
    unset logscale y
    set lmargin at screen 0
    set rmargin at screen 1
    set bmargin at screen down(32)
    set tmargin at screen down(32 + 20 * legend_lines)
    set xrange [0:width]
    set yrange [legend_lines:0]
    plot data index 3 using ($1 + 26):($2 + 0.5):(mark($3)):(colour($3)) with points pointtype variable pointsize 1.4 * size linecolor rgb variable, \
         data index 3 using ($1 + 38):($2 + 0.5):4 with labels left textcolor rgb text_colour noenhanced
    unset multiplot
    unset output
}

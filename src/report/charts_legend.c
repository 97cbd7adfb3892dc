/* SPDX-License-Identifier: Apache-2.0 */
/* The legend below a chart. gnuplot's own reckons with a text that is half as wide again, and leaves a column of it empty. */
#include <math.h>

#include "report/charts_data.h"

#include "base/banned.h"

#define TITLE_WIDTH 30.0 /* so that two columns fit */
#define LEGEND_PX 900.0  /* that the columns share */
#define SAMPLE_PX 60     /* the mark before a title, and the room behind it */

void chart_legend_add(struct chart_legend *legend, const char *title, int style)
{
    legend->entries = memory_resized(legend->entries, legend->count + 1, sizeof *legend->entries);
    legend->entries[legend->count++] = (struct chart_legend_entry){title, style};
}

size_t chart_legend_append(struct chart_legend *legend, struct text *text)
{
    struct text unused = TEXT_INIT;
    double widest = 1;
    for (size_t i = 0; i < legend->count; i++)
        widest = fmax(widest, chart_label(&unused, legend->entries[i].title, TITLE_WIDTH, 1));
    text_release(&unused);
    size_t columns = (size_t)fmax(1, floor(LEGEND_PX / (widest * CHART_FONT_PX + SAMPLE_PX)));
    text_append(text, "# legend: pixels from the left, line, style, title\n");
    for (size_t i = 0; i < legend->count; i++) {
        text_append_format(text, "%.0f %zu %d ", LEGEND_PX / (double)columns * (double)(i % columns), i / columns,
                           legend->entries[i].style);
        chart_label(text, legend->entries[i].title, TITLE_WIDTH, 1);
        text_append_char(text, '\n');
    }
    text_append(text, "\n\n");
    size_t lines = (legend->count + columns - 1) / columns;
    free(legend->entries);
    *legend = (struct chart_legend){0};
    return lines;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The data of the forest plot: each run's throughput as a ratio to the baseline's, with its interval. */
#include <math.h>

#include "report/charts_data.h"
#include "report/format.h"
#include "report/shown.h"

#include "base/banned.h"

#define FIGURES_WIDTH 30.0
#define BASELINE_WIDTH 24.0 /* of its title, above the line at 1 */

/* How a row is drawn; the script knows them by these numbers. */
enum mark { MARK_NO_INTERVAL, MARK_HOLDS_1, MARK_LOWER, MARK_HIGHER };

static enum mark mark_of(const struct interval *ratio)
{
    if (!ratio->has_bounds)
        return MARK_NO_INTERVAL;
    int conclusion = report_conclusion_of(ratio);
    return conclusion < 0 ? MARK_LOWER : conclusion > 0 ? MARK_HIGHER : MARK_HOLDS_1;
}

void chart_ratio_figures(struct text *text, const struct interval *ratio)
{
    shown_interval(ratio, format_ratio, text);
    if (!ratio->has_bounds)
        text_append_format(text, " (n = %zu, no interval)", ratio->n);
}

/* How much room the labels at the left and the figures at the right take. */
struct room {
    double labels, figures;
};

static void append_row(struct chart_data *data, const struct report_pair *pair, size_t row, struct room *room)
{
    const struct interval *ratio = &pair->metrics[METRIC_RECORDS_PER_SEC].ratio;
    struct text figures = TEXT_INIT;
    chart_ratio_figures(&figures, ratio);
    text_append_format(&data->points, "%zu ", row);
    chart_append_interval(&data->points, ratio);
    text_append_format(&data->points, " %d ", mark_of(ratio));
    chart_row_label(&data->points, pair, &room->labels);
    text_append_char(&data->points, ' ');
    room->figures = fmax(room->figures, chart_label(&data->points, figures.bytes, FIGURES_WIDTH, 1));
    text_append_char(&data->points, '\n');
    chart_data_add_style(data, pair->run_index);
    text_release(&figures);
}

bool chart_ratio_data(const struct chart_subject *subject, struct chart_data *data)
{
    const struct report_case *report_case = subject->report_case;
    size_t shown = 0;
    struct room room = {0};
    if (subject->model->baseline < 0)
        return false;
    text_append(&data->points, "# the baseline: ratio, title\n1 ");
    chart_label(&data->points, subject->model->experiment->runs[subject->model->baseline].title, BASELINE_WIDTH, 1);
    text_append(&data->points, "\n\n\n# runs: row, ratio, low, high, mark, label, its lines, text\n");
    for (size_t i = 0; i < report_case->pair_count; i++)
        if (report_case->pairs[i].metrics[METRIC_RECORDS_PER_SEC].ratio.n > 0)
            append_row(data, &report_case->pairs[i], shown++, &room);
    chart_data_add_label_room(data, room.labels);
    chart_data_add_label_room(data, room.figures);
    return shown > 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "report/charts_data.h"

#include <math.h>

#include "report/format.h"

#include "base/banned.h"

#define DISTRIBUTION_POINTS 1024
#define DISTRIBUTION_TICKS 5

void chart_data_init(struct chart_data *data)
{
    *data = (struct chart_data){.points = TEXT_INIT, .styles = TEXT_INIT};
}

void chart_data_release(struct chart_data *data)
{
    text_release(&data->points);
    text_release(&data->styles);
    string_list_release(&data->arguments);
}

void chart_data_add_style(struct chart_data *data, int style)
{
    text_append_format(&data->styles, "%s%d", data->styles.length ? " " : "", style);
}

void chart_append_interval(struct text *text, const struct interval *value)
{
    text_append_format(text, "%.9g %.9g %.9g", value->estimate, value->has_bounds ? value->low : value->estimate,
                       value->has_bounds ? value->high : value->estimate);
}

/* The trials of a row one above the other in the order of their blocks, so that equal ones can be told apart. */
static void append_trials(struct text *text, const struct report_pair *pair, size_t row)
{
    for (size_t i = 0; i < pair->trial_count; i++) {
        double offset = pair->trial_count > 1 ? 0.5 * ((double)i / (double)(pair->trial_count - 1) - 0.5) : 0;
        double value = pair->trials[i].row->records_per_sec;
        if (isfinite(value))
            text_append_format(text, "%.4f %.9g %zu\n", (double)row + offset, value, row);
    }
}

static void append_median(struct text *text, const struct report_pair *pair, size_t row, double *widest)
{
    const struct interval *value = &pair->metrics[METRIC_RECORDS_PER_SEC].value;
    struct text median = TEXT_INIT;
    format_number(&median, value->estimate);
    if (value->n < INTERVAL_MIN_TRIALS)
        text_append_format(&median, " (n = %zu)", value->n);
    text_append_format(text, "%zu ", row);
    chart_append_interval(text, value);
    text_append_char(text, ' ');
    chart_row_label(text, pair, widest);
    text_append_char(text, ' ');
    format_gnuplot(text, median.bytes, 0);
    text_append_char(text, '\n');
    text_release(&median);
}

bool chart_throughput_data(const struct chart_subject *subject, struct chart_data *data)
{
    const struct report_case *report_case = subject->report_case;
    struct text medians = TEXT_INIT;
    size_t shown = 0;
    double widest = 0;
    text_append(&data->points, "# trials: row, records/s, row of its style\n");
    for (size_t i = 0; i < report_case->pair_count; i++) {
        const struct report_pair *pair = &report_case->pairs[i];
        if (pair->metrics[METRIC_RECORDS_PER_SEC].value.n == 0)
            continue;
        chart_data_add_style(data, pair->run_index);
        append_trials(&data->points, pair, shown);
        append_median(&medians, pair, shown++, &widest);
    }
    text_append(&data->points, "\n\n# runs: row, median, low, high, label, its lines, text\n");
    text_append(&data->points, medians.bytes);
    text_release(&medians);
    chart_data_add_label_room(data, widest);
    return shown > 0;
}

/* x = 1 / (1 - p): HdrHistogram's axis, on which every further nine takes the same room. The last step, 100 %, has no place on
 * it; it is drawn at half a record from the end. */
static void append_distribution(struct text *text, const struct histogram *latency)
{
    struct histogram_point *points = memory_zeroed(DISTRIBUTION_POINTS, sizeof *points);
    size_t count = histogram_distribution(latency, DISTRIBUTION_TICKS, points, DISTRIBUTION_POINTS);
    double most = 2 * (double)histogram_count(latency);
    text_append(text, "# 1 / (1 - share of the records), ms\n");
    for (size_t i = 0; i < count; i++) {
        double x = points[i].percentile < 100 ? 1 / (1 - points[i].percentile / 100) : most;
        text_append_format(text, "%.9g %.9g\n", fmin(x, most), fmax((double)points[i].value / 1e6, 1e-3));
    }
    text_append(text, "\n\n");
    free(points);
}

/* The legend stands before the data sets that it is of. */
static bool finish_with_legend(struct chart_data *data, struct chart_legend *legend, struct text *sets)
{
    bool shown = legend->count > 0;
    string_list_push_format(&data->arguments, "%zu", chart_legend_append(legend, &data->points));
    text_append(&data->points, sets->bytes);
    text_release(sets);
    return shown;
}

static void add_run(struct chart_data *data, struct chart_legend *legend, const struct report_pair *pair)
{
    chart_data_add_style(data, pair->run_index);
    chart_legend_add(legend, pair->run->title, pair->run_index);
}

bool chart_latency_data(const struct chart_subject *subject, struct chart_data *data)
{
    struct chart_legend legend = {0};
    struct text sets = TEXT_INIT;
    for (size_t i = 0; i < subject->report_case->pair_count; i++) {
        const struct report_pair *pair = &subject->report_case->pairs[i];
        if (!pair->latency)
            continue;
        add_run(data, &legend, pair);
        append_distribution(&sets, pair->latency);
    }
    return finish_with_legend(data, &legend, &sets);
}

static double median_at(const struct report_pair *pair, size_t point)
{
    double *values = memory_zeroed(pair->trial_count + 1, sizeof *values);
    size_t n = 0;
    for (size_t i = 0; i < pair->trial_count; i++)
        if (point < pair->trials[i].series.count)
            values[n++] = pair->trials[i].series.per_sec[point];
    double median = statistics_median(values, n);
    free(values);
    return median;
}

static double warmup_s(const struct report_case *report_case)
{
    for (size_t i = 0; i < report_case->pair_count; i++)
        for (size_t j = 0; j < report_case->pairs[i].trial_count; j++)
            if (isfinite(report_case->pairs[i].trials[j].row->warmup_s))
                return report_case->pairs[i].trials[j].row->warmup_s;
    return 0;
}

/* Two data sets a run: all trials (a blank line between two), then their median. */
bool chart_timeline_data(const struct chart_subject *subject, struct chart_data *data)
{
    const struct report_case *report_case = subject->report_case;
    struct text *text = &data->points;
    size_t shown = 0;
    for (size_t i = 0; i < report_case->pair_count; i++) {
        const struct report_pair *pair = &report_case->pairs[i];
        const struct report_series *longest = NULL;
        for (size_t j = 0; j < pair->trial_count; j++)
            if (!longest || pair->trials[j].series.count > longest->count)
                longest = &pair->trials[j].series;
        if (!longest || longest->count == 0)
            continue;
        chart_data_add_style(data, pair->run_index);
        shown++;
        chart_label(text, pair->run->title, CHART_PANEL_TITLE_WIDTH, 1);
        text_append(text, " trials\n");
        for (size_t j = 0; j < pair->trial_count; j++) {
            const struct report_series *series = &pair->trials[j].series;
            for (size_t k = 0; k < series->count; k++)
                text_append_format(text, "%.9g %.9g\n", series->at_s[k], series->per_sec[k]);
            text_append_char(text, '\n');
        }
        text_append_char(text, '\n');
        chart_label(text, pair->run->title, CHART_PANEL_TITLE_WIDTH, 1);
        text_append(text, " median\n");
        for (size_t k = 0; k < longest->count; k++)
            text_append_format(text, "%.9g %.9g\n", longest->at_s[k], median_at(pair, k));
        text_append(text, "\n\n");
    }
    string_list_push_format(&data->arguments, "%.9g", warmup_s(report_case));
    return shown > 0;
}

/* One data set a run, one point in it: what a record costs the client, and the throughput. */
bool chart_efficiency_data(const struct chart_subject *subject, struct chart_data *data)
{
    struct chart_legend legend = {0};
    struct text sets = TEXT_INIT;
    for (size_t i = 0; i < subject->report_case->pair_count; i++) {
        const struct report_pair *pair = &subject->report_case->pairs[i];
        const struct interval *cost = &pair->metrics[METRIC_CLIENT_CPU_PER_RECORD].value;
        const struct interval *rate = &pair->metrics[METRIC_RECORDS_PER_SEC].value;
        if (!(cost->estimate > 0) || !(rate->estimate > 0))
            continue;
        add_run(data, &legend, pair);
        text_append(&sets, "# CPU time of a record in us: median, low, high; records/s: median, low, high\n");
        chart_append_interval(&sets, cost);
        text_append_char(&sets, ' ');
        chart_append_interval(&sets, rate);
        text_append(&sets, "\n\n\n");
    }
    return finish_with_legend(data, &legend, &sets);
}

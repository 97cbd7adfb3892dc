/* SPDX-License-Identifier: Apache-2.0 */
#include "report/charts_data.h"

#include <math.h>

#include "report/format.h"

#include "base/banned.h"

#define LABEL_LIMIT 40 /* characters; a run's title on an axis or in a legend */
#define DISTRIBUTION_POINTS 1024
#define DISTRIBUTION_TICKS 5

bool chart_throughput_data(const struct report_case *report_case, struct text *text, struct text *styles)
{
    size_t shown = 0;
    text_append(text, "# trials: row, records/s, style\n");
    for (size_t i = 0; i < report_case->pair_count; i++) {
        const struct report_pair *pair = &report_case->pairs[i];
        if (pair->metrics[METRIC_RECORDS_PER_SEC].value.n == 0)
            continue;
        text_append_format(styles, "%s%d", shown ? " " : "", pair->run_index);
        /* The trials of a row one above the other in the order of their blocks, so that equal ones can be told apart. */
        for (size_t j = 0; j < pair->trial_count; j++) {
            double offset = pair->trial_count > 1 ? 0.5 * ((double)j / (double)(pair->trial_count - 1) - 0.5) : 0;
            double value = pair->trials[j].row->records_per_sec;
            if (isfinite(value))
                text_append_format(text, "%.4f %.9g %zu\n", (double)shown + offset, value, shown);
        }
        shown++;
    }
    text_append(text, "\n\n# runs: row, median, low, high, label, text\n");
    shown = 0;
    for (size_t i = 0; i < report_case->pair_count; i++) {
        const struct report_pair *pair = &report_case->pairs[i];
        const struct report_figure *figure = &pair->metrics[METRIC_RECORDS_PER_SEC];
        if (figure->value.n == 0)
            continue;
        char *label = string_format("%s%s", pair->run->title, pair->is_tool ? " (tool)" : "");
        struct text median = TEXT_INIT;
        format_number(&median, figure->value.estimate);
        if (figure->value.n < INTERVAL_MIN_TRIALS)
            text_append_format(&median, " (n = %zu)", figure->value.n);
        text_append_format(text, "%zu %.9g %.9g %.9g ", shown++, figure->value.estimate,
                           figure->value.has_bounds ? figure->value.low : figure->value.estimate,
                           figure->value.has_bounds ? figure->value.high : figure->value.estimate);
        format_gnuplot(text, label, LABEL_LIMIT);
        text_append_char(text, ' ');
        format_gnuplot(text, median.bytes, 0);
        text_append_char(text, '\n');
        text_release(&median);
        free(label);
    }
    return shown > 0;
}

/* x = 1 / (1 - p): HdrHistogram's axis, on which every further nine takes the same room. The last step, 100 %, has no place on
 * it; it is drawn at half a record from the end. */
bool chart_latency_data(const struct report_case *report_case, struct text *text, struct text *styles)
{
    struct histogram_point *points = memory_zeroed(DISTRIBUTION_POINTS, sizeof *points);
    size_t shown = 0;
    for (size_t i = 0; i < report_case->pair_count; i++) {
        const struct report_pair *pair = &report_case->pairs[i];
        if (!pair->latency)
            continue;
        text_append_format(styles, "%s%d", shown ? " " : "", pair->run_index);
        if (shown++)
            text_append(text, "\n\n");
        format_gnuplot(text, pair->run->title, LABEL_LIMIT);
        text_append(text, " ms\n");
        size_t count = histogram_distribution(pair->latency, DISTRIBUTION_TICKS, points, DISTRIBUTION_POINTS);
        double most = 2 * (double)histogram_count(pair->latency);
        for (size_t j = 0; j < count; j++) {
            double x = points[j].percentile < 100 ? 1 / (1 - points[j].percentile / 100) : most;
            text_append_format(text, "%.9g %.9g\n", fmin(x, most), fmax((double)points[j].value / 1e6, 1e-3));
        }
    }
    free(points);
    return shown > 0;
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

/* Two data sets a run: all trials (a blank line between two), then their median. */
bool chart_timeline_data(const struct report_case *report_case, struct text *text, struct text *styles)
{
    size_t shown = 0;
    for (size_t i = 0; i < report_case->pair_count; i++) {
        const struct report_pair *pair = &report_case->pairs[i];
        const struct report_series *longest = NULL;
        for (size_t j = 0; j < pair->trial_count; j++)
            if (!longest || pair->trials[j].series.count > longest->count)
                longest = &pair->trials[j].series;
        if (!longest || longest->count == 0)
            continue;
        text_append_format(styles, "%s%d", shown++ ? " " : "", pair->run_index);
        format_gnuplot(text, pair->run->title, LABEL_LIMIT);
        text_append(text, " trials\n");
        for (size_t j = 0; j < pair->trial_count; j++) {
            const struct report_series *series = &pair->trials[j].series;
            for (size_t k = 0; k < series->count; k++)
                text_append_format(text, "%.9g %.9g\n", series->at_s[k], series->per_sec[k]);
            text_append_char(text, '\n');
        }
        text_append_char(text, '\n');
        format_gnuplot(text, pair->run->title, LABEL_LIMIT);
        text_append(text, " median\n");
        for (size_t k = 0; k < longest->count; k++)
            text_append_format(text, "%.9g %.9g\n", longest->at_s[k], median_at(pair, k));
        text_append(text, "\n\n");
    }
    return shown > 0;
}

/* "median low high"; without an interval the median three times. */
static void append_bar(struct text *text, const struct interval *value)
{
    text_append_format(text, "%.9g %.9g %.9g", value->estimate, value->has_bounds ? value->low : value->estimate,
                       value->has_bounds ? value->high : value->estimate);
}

/* One data set a run, one point in it: what a record costs the client, and the throughput. */
bool chart_efficiency_data(const struct report_case *report_case, struct text *text, struct text *styles)
{
    size_t shown = 0;
    for (size_t i = 0; i < report_case->pair_count; i++) {
        const struct report_pair *pair = &report_case->pairs[i];
        const struct interval *cost = &pair->metrics[METRIC_CLIENT_CPU_PER_RECORD].value;
        const struct interval *rate = &pair->metrics[METRIC_RECORDS_PER_SEC].value;
        if (!(cost->estimate > 0) || !(rate->estimate > 0))
            continue;
        if (shown > 0)
            text_append(text, "\n\n");
        text_append_format(styles, "%s%d", shown++ ? " " : "", pair->run_index);
        format_gnuplot(text, pair->run->title, LABEL_LIMIT);
        text_append_char(text, '\n');
        append_bar(text, cost);
        text_append_char(text, ' ');
        append_bar(text, rate);
        text_append_char(text, '\n');
    }
    return shown > 0;
}

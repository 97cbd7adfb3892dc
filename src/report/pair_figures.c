/* SPDX-License-Identifier: Apache-2.0 */
/* The figures of one pair of case and run: medians, intervals, what the merged histograms say, ratios. */
#include <math.h>

#include "report/pair.h"

#include "base/banned.h"

static void make_figure(const double *values, size_t count, uint64_t seed, const char *label,
                        struct report_figure *figure)
{
    double *known = memory_zeroed(count + 1, sizeof *known);
    size_t n = 0;
    *figure = (struct report_figure){.lowest = NAN, .highest = NAN, .merged = NAN};
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(values[i]))
            continue;
        known[n++] = values[i];
        figure->lowest = fmin(figure->lowest, values[i]);
        figure->highest = fmax(figure->highest, values[i]);
    }
    interval_of_median(known, n, seed, label, &figure->value);
    free(known);
}

void report_pair_figures(const struct report_model *model, struct report_pair *pair)
{
    uint64_t seed = model->experiment->design.seed;
    size_t count = model->experiment->report.percentile_count;
    double *values = memory_zeroed(pair->trial_count + 1, sizeof *values);
    for (int metric = 0; metric < METRIC_COUNT; metric++) {
        for (size_t i = 0; i < pair->trial_count; i++)
            values[i] = report_metric_of(pair->trials[i].row, (enum report_metric)metric);
        char *label = string_format("median:%s/%s/%s", pair->c->name, pair->run->name,
                                    report_metric_name((enum report_metric)metric));
        make_figure(values, pair->trial_count, seed, label, &pair->metrics[metric]);
        free(label);
    }
    pair->metrics[METRIC_LATENCY_MAX].merged = pair->metrics[METRIC_LATENCY_MAX].highest;
    pair->percentiles = memory_zeroed(count + 1, sizeof *pair->percentiles);
    for (size_t p = 0; p < count; p++) {
        double percentile = model->experiment->report.percentiles[p];
        for (size_t i = 0; i < pair->trial_count; i++)
            values[i] = pair->trials[i].percentiles[p];
        char *label = string_format("median:%s/%s/p%g", pair->c->name, pair->run->name, percentile);
        make_figure(values, pair->trial_count, seed, label, &pair->percentiles[p]);
        free(label);
        if (pair->latency)
            pair->percentiles[p].merged = (double)histogram_percentile(pair->latency, percentile) / REPORT_NS_IN_MS;
    }
    static const struct {
        enum report_metric metric;
        double percentile;
    } merged[] = {{METRIC_LATENCY_P50, 50},
                  {METRIC_LATENCY_P95, 95},
                  {METRIC_LATENCY_P99, 99},
                  {METRIC_LATENCY_P999, 99.9}};
    for (size_t i = 0; pair->latency && i < sizeof merged / sizeof *merged; i++)
        pair->metrics[merged[i].metric].merged =
            (double)histogram_percentile(pair->latency, merged[i].percentile) / REPORT_NS_IN_MS;
    free(values);
}

/* What stands for a block in a ratio: its one trial, or with disturbed trials counted too the median of its trials. */
static double value_of_block(const struct report_pair *pair, int block, enum report_metric metric)
{
    double *values = memory_zeroed(pair->trial_count + 1, sizeof *values);
    size_t n = 0;
    for (size_t i = 0; i < pair->trial_count; i++) {
        double value = report_metric_of(pair->trials[i].row, metric);
        if (pair->trials[i].row->block == block && isfinite(value))
            values[n++] = value;
    }
    double median = statistics_median(values, n);
    free(values);
    return median;
}

void report_pair_ratio(const struct report_model *model, const struct report_pair *pair,
                       const struct report_pair *other, enum report_metric metric, struct interval *ratio)
{
    double *a = memory_zeroed(pair->trial_count + 1, sizeof *a);
    double *b = memory_zeroed(pair->trial_count + 1, sizeof *b);
    size_t n = 0;
    for (size_t i = 0; i < pair->trial_count; i++) {
        int block = pair->trials[i].row->block;
        if (i > 0 && pair->trials[i - 1].row->block == block) /* trials stand in the order of their blocks */
            continue;
        a[n] = value_of_block(pair, block, metric);
        b[n] = value_of_block(other, block, metric);
        if (a[n] > 0 && b[n] > 0)
            n++;
    }
    char *label = string_format("ratio:%s/%s/%s", pair->c->name, pair->run->name, report_metric_name(metric));
    interval_of_ratio(a, b, n, model->experiment->design.seed, label, ratio);
    free(label);
    free(a);
    free(b);
}

void report_pair_compare(const struct report_model *model, struct report_pair *pair, const struct report_pair *baseline)
{
    for (int metric = 0; metric < METRIC_FIRST_STATE; metric++)
        report_pair_ratio(model, pair, baseline, (enum report_metric)metric, &pair->metrics[metric].ratio);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The figures of one pair of case and run: medians, intervals, what the merged histograms say, ratios. */
#include <math.h>

#include "report/pair.h"
#include "statistics/stopping.h"

#include "base/banned.h"

static void make_figure(const double *values, size_t count, uint64_t seed, const char *label, double confidence,
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
    interval_of_median_at(confidence, known, n, seed, label, &figure->value);
    free(known);
}

double report_confidence(const struct report_model *model, enum report_metric metric)
{
    bool stopped_trials = report_stops_by_precision(model->experiment) &&
                          (metric == METRIC_RECORDS_PER_SEC || metric == METRIC_MB_PER_SEC);
    return stopped_trials ? STOPPING_CONFIDENCE : INTERVAL_CONFIDENCE;
}

static void make_metric(const struct report_model *model, struct report_pair *pair, enum report_metric metric)
{
    double *values = memory_zeroed(pair->trial_count + 1, sizeof *values);
    for (size_t i = 0; i < pair->trial_count; i++)
        values[i] = report_metric_of(pair->trials[i].row, metric);
    char *label = string_format("median:%s/%s/%s", pair->c->name, pair->run->name, report_metric_name(metric));
    make_figure(values, pair->trial_count, model->experiment->design.seed, label, report_confidence(model, metric),
                &pair->metrics[metric]);
    free(label);
    free(values);
}

static double merged_percentile(const struct report_pair *pair, double percentile)
{
    return pair->latency ? (double)histogram_percentile(pair->latency, percentile) / REPORT_NS_IN_MS : NAN;
}

/* `index` of the definition's percentiles. */
static void make_percentile(const struct report_model *model, struct report_pair *pair, size_t index)
{
    double percentile = model->experiment->report.percentiles[index];
    double *values = memory_zeroed(pair->trial_count + 1, sizeof *values);
    for (size_t i = 0; i < pair->trial_count; i++)
        values[i] = pair->trials[i].percentiles[index];
    char *label = string_format("median:%s/%s/p%g", pair->c->name, pair->run->name, percentile);
    make_figure(values, pair->trial_count, model->experiment->design.seed, label, INTERVAL_CONFIDENCE,
                &pair->percentiles[index]);
    pair->percentiles[index].merged = merged_percentile(pair, percentile);
    free(label);
    free(values);
}

void report_pair_figures(const struct report_model *model, struct report_pair *pair)
{
    size_t count = model->experiment->report.percentile_count;
    for (int metric = 0; metric < METRIC_COUNT; metric++)
        make_metric(model, pair, (enum report_metric)metric);
    pair->metrics[METRIC_LATENCY_P50].merged = merged_percentile(pair, 50);
    pair->metrics[METRIC_LATENCY_P95].merged = merged_percentile(pair, 95);
    pair->metrics[METRIC_LATENCY_P99].merged = merged_percentile(pair, 99);
    pair->metrics[METRIC_LATENCY_P999].merged = merged_percentile(pair, 99.9);
    pair->metrics[METRIC_LATENCY_MAX].merged = pair->metrics[METRIC_LATENCY_MAX].highest;
    pair->percentiles = memory_zeroed(count + 1, sizeof *pair->percentiles);
    for (size_t i = 0; i < count; i++)
        make_percentile(model, pair, i);
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

size_t report_pair_blocks(const struct report_pair *pair, const struct report_pair *other, enum report_metric metric,
                          int *numbers, double *of_pair, double *of_other)
{
    size_t n = 0;
    for (size_t i = 0; i < pair->trial_count; i++) {
        int block = pair->trials[i].row->block;
        if (i > 0 && pair->trials[i - 1].row->block == block) /* trials stand in the order of their blocks */
            continue;
        numbers[n] = block;
        of_pair[n] = value_of_block(pair, block, metric);
        of_other[n] = value_of_block(other, block, metric);
        if (of_pair[n] > 0 && of_other[n] > 0)
            n++;
    }
    return n;
}

void report_pair_ratio(const struct report_model *model, const struct report_pair *pair,
                       const struct report_pair *other, enum report_metric metric, struct interval *ratio)
{
    int *numbers = memory_zeroed(pair->trial_count + 1, sizeof *numbers);
    double *a = memory_zeroed(pair->trial_count + 1, sizeof *a);
    double *b = memory_zeroed(pair->trial_count + 1, sizeof *b);
    size_t n = report_pair_blocks(pair, other, metric, numbers, a, b);
    char *label = string_format("ratio:%s/%s/%s", pair->c->name, pair->run->name, report_metric_name(metric));
    interval_of_ratio(a, b, n, model->experiment->design.seed, label, ratio);
    free(label);
    free(numbers);
    free(a);
    free(b);
}

bool report_stops_by_precision(const struct experiment *experiment)
{
    return experiment->design.precision > 0;
}

void report_pair_compare(const struct report_model *model, struct report_pair *pair, const struct report_pair *baseline)
{
    for (int metric = 0; metric < METRIC_FIRST_STATE; metric++)
        report_pair_ratio(model, pair, baseline, (enum report_metric)metric, &pair->metrics[metric].ratio);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "report/sample.h"

#include <math.h>

#include "experiment/metric.h"
#include "report/pair.h"
#include "statistics/independent_ratio.h"

#include "base/banned.h"

/* Columns that are a whole number of records. */
static double count_of(const struct store_result_row *row, const char *metric)
{
    int64_t count = string_equal(metric, "records_lost")         ? row->records_lost
                    : string_equal(metric, "records_duplicated") ? row->records_duplicated
                    : string_equal(metric, "records_failed")     ? row->records_failed
                    : string_equal(metric, "records_disordered") ? row->records_disordered
                                                                 : STORE_ABSENT;
    return count == STORE_ABSENT ? NAN : (double)count;
}

double sample_value_of_row(const struct store_result_row *row, const char *metric)
{
    double percentile;
    if (metric_percentile(metric, &percentile))
        return report_row_percentile(row, percentile);
    for (int i = 0; i < METRIC_COUNT; i++)
        if (string_equal(report_metric_name((enum report_metric)i), metric))
            return report_metric_of(row, (enum report_metric)i);
    return count_of(row, metric);
}

/* NAN when the trial has no histogram. */
static bool percentile_of_trial(struct store *store, int64_t trial_id, double percentile, double *value,
                                struct error *error)
{
    struct error reading = ERROR_INIT;
    *value = NAN;
    char *payload = store_read_latency(store, trial_id, &reading);
    if (!payload) {
        *error = reading;
        return reading.category == ERROR_NONE;
    }
    struct histogram *histogram = histogram_decode(payload, error);
    free(payload);
    if (!histogram)
        return error_prefix(error, "the latency histogram of trial %lld", (long long)trial_id);
    if (histogram_count(histogram) > 0)
        *value = (double)histogram_percentile(histogram, percentile) / REPORT_NS_IN_MS;
    histogram_free(histogram);
    return true;
}

/* Puts the median of each block's values in their place; trials stand in the order of their blocks. */
static void merge_blocks(struct sample *sample)
{
    size_t merged = 0;
    for (size_t i = 0, end; i < sample->count; i = end) {
        for (end = i + 1; end < sample->count && sample->blocks[end] == sample->blocks[i];)
            end++;
        sample->values[merged] = statistics_median(sample->values + i, end - i);
        sample->blocks[merged++] = sample->blocks[i];
    }
    sample->count = merged;
}

bool sample_read(struct store *store, const struct report_pair *pair, const char *metric, struct sample *sample,
                 struct error *error)
{
    double percentile;
    *sample = (struct sample){.values = memory_zeroed(pair->trial_count + 1, sizeof *sample->values),
                              .blocks = memory_zeroed(pair->trial_count + 1, sizeof *sample->blocks)};
    for (size_t i = 0; i < pair->trial_count; i++) {
        const struct store_result_row *row = pair->trials[i].row;
        double value = sample_value_of_row(row, metric);
        if (isnan(value) && metric_percentile(metric, &percentile) &&
            !percentile_of_trial(store, row->trial_id, percentile, &value, error)) {
            sample_release(sample);
            return false;
        }
        if (!isfinite(value))
            continue;
        sample->blocks[sample->count] = row->block;
        sample->values[sample->count++] = value;
    }
    merge_blocks(sample);
    return true;
}

void sample_release(struct sample *sample)
{
    free(sample->values);
    free(sample->blocks);
    *sample = (struct sample){0};
}

void sample_median(const struct sample *sample, uint64_t seed, const char *label, struct interval *interval)
{
    interval_of_median(sample->values, sample->count, seed, label, interval);
}

void sample_ratio_paired(const struct sample *a, const struct sample *b, uint64_t seed, const char *label,
                         struct interval *interval)
{
    double *under = memory_zeroed(a->count + 1, sizeof *under), *over = memory_zeroed(a->count + 1, sizeof *over);
    size_t n = 0;
    for (size_t i = 0, j = 0; i < a->count; i++) {
        while (j < b->count && b->blocks[j] < a->blocks[i])
            j++;
        if (j == b->count || b->blocks[j] != a->blocks[i] || !(a->values[i] > 0) || !(b->values[j] > 0))
            continue;
        under[n] = a->values[i];
        over[n++] = b->values[j];
    }
    interval_of_ratio(over, under, n, seed, label, interval);
    free(under);
    free(over);
}

/* The values above 0. The caller frees. */
static double *positive(const struct sample *sample, size_t *count)
{
    double *values = memory_zeroed(sample->count + 1, sizeof *values);
    *count = 0;
    for (size_t i = 0; i < sample->count; i++)
        if (sample->values[i] > 0)
            values[(*count)++] = sample->values[i];
    return values;
}

void sample_ratio_independent(const struct sample *a, const struct sample *b, struct interval *interval)
{
    size_t na, nb;
    double *under = positive(a, &na), *over = positive(b, &nb);
    interval_of_independent_ratio(under, na, over, nb, interval);
    free(under);
    free(over);
}

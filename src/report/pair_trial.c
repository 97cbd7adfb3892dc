/* SPDX-License-Identifier: Apache-2.0 */
/* What one trial of a pair brings beside its row: its histogram, its series. */
#include <math.h>

#include "report/pair.h"

#include "base/banned.h"

/* A percentile that the trial's row holds itself: what there is for a tool without a histogram. */
double report_row_percentile(const struct store_result_row *row, double percentile)
{
    return percentile == 50     ? row->latency_p50_ms
           : percentile == 95   ? row->latency_p95_ms
           : percentile == 99   ? row->latency_p99_ms
           : percentile == 99.9 ? row->latency_p999_ms
                                : NAN;
}

bool report_trial_load_latency(struct store *store, const struct report_model *model, struct report_pair *pair,
                               struct report_trial *trial, struct error *error)
{
    size_t count = model->experiment->report.percentile_count;
    const double *percentiles = model->experiment->report.percentiles;
    trial->percentiles = memory_zeroed(count + 1, sizeof *trial->percentiles);
    struct error reading = ERROR_INIT;
    char *payload = store_read_latency(store, trial->row->trial_id, &reading);
    if (!payload && reading.category != ERROR_NONE) {
        *error = reading;
        return false;
    }
    struct histogram *histogram = payload ? histogram_decode(payload, error) : NULL;
    if (payload && !histogram)
        return free(payload),
               error_prefix(error, "the latency histogram of trial %lld", (long long)trial->row->trial_id);
    free(payload);
    bool has_counts = histogram && histogram_count(histogram) > 0;
    for (size_t i = 0; i < count; i++)
        trial->percentiles[i] = has_counts ? (double)histogram_percentile(histogram, percentiles[i]) / REPORT_NS_IN_MS
                                           : report_row_percentile(trial->row, percentiles[i]);
    bool ok = true;
    if (has_counts && !pair->latency) {
        pair->latency = histogram;
        return true;
    }
    if (has_counts && !histogram_merge(pair->latency, histogram))
        ok = error_set(error, ERROR_INPUT, "the latency histogram of trial %lld is not of the others' configuration",
                       (long long)trial->row->trial_id);
    histogram_free(histogram);
    return ok;
}

static double end_s_of(const struct report_trial *trial)
{
    return trial->row->warmup_s + trial->row->duration_s;
}

int64_t report_series_interval_ms(const struct report_pair *pair)
{
    for (size_t i = 0; i < pair->trial_count; i++)
        if (end_s_of(&pair->trials[i]) >= REPORT_FINE_SERIES_BELOW_S)
            return 1000;
    return 100;
}

/* Whole intervals of warm-up and window only: a last, cut interval would look like a stall. */
bool report_trial_load_series(struct store *store, struct report_trial *trial, int64_t interval_ms, struct error *error)
{
    double end_s = end_s_of(trial);
    if (!isfinite(end_s))
        return true;
    struct store_interval_rows rows = {0};
    if (!store_read_intervals(store, trial->row->trial_id, interval_ms, &rows, error))
        return false;
    trial->series.at_s = memory_zeroed(rows.count + 1, sizeof *trial->series.at_s);
    trial->series.per_sec = memory_zeroed(rows.count + 1, sizeof *trial->series.per_sec);
    for (size_t i = 0; i < rows.count; i++) {
        const struct store_interval *row = &rows.items[i];
        if (row->records == STORE_ABSENT || (double)(row->offset_ms + interval_ms) > end_s * 1000 + 0.5)
            continue;
        trial->series.at_s[trial->series.count] = ((double)row->offset_ms + (double)interval_ms / 2) / 1000;
        trial->series.per_sec[trial->series.count++] = (double)row->records * 1000 / (double)interval_ms;
    }
    free(rows.items);
    return true;
}

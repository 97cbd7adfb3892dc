/* SPDX-License-Identifier: Apache-2.0 */
/* The figures of one pair of case and run: medians, intervals, merged histograms, ratios. */
#include <math.h>

#include "report/model.h"

#include "base/banned.h"

#define NS_IN_MS 1e6
/* Where all trials are shorter than this the finer series is shown, else the chart would be a handful of points. */
#define FINE_SERIES_BELOW_S 8.0

static double from_integer(int64_t value)
{
    return value == STORE_ABSENT ? NAN : (double)value;
}

static double metric_value(const struct store_result_row *row, enum report_metric metric)
{
    switch (metric) {
    case METRIC_RECORDS_PER_SEC: return row->records_per_sec;
    case METRIC_MB_PER_SEC: return row->mb_per_sec;
    case METRIC_LATENCY_AVG: return row->latency_avg_ms;
    case METRIC_LATENCY_P50: return row->latency_p50_ms;
    case METRIC_LATENCY_P95: return row->latency_p95_ms;
    case METRIC_LATENCY_P99: return row->latency_p99_ms;
    case METRIC_LATENCY_P999: return row->latency_p999_ms;
    case METRIC_LATENCY_MAX: return row->latency_max_ms;
    case METRIC_CLIENT_CPU: return row->client_cpu_s;
    case METRIC_BROKER_CPU: return row->broker_cpu_s;
    case METRIC_CLIENT_RSS: return from_integer(row->client_max_rss_bytes);
    case METRIC_CLIENT_CPU_PER_RECORD: return 1e6 * row->client_cpu_s / (row->records_per_sec * row->duration_s);
    case METRIC_COUNT: break;
    }
    return NAN;
}

/* A percentile that the trial's row holds itself: what there is for a tool without a histogram. */
static double row_percentile(const struct store_result_row *row, double percentile)
{
    return percentile == 50     ? row->latency_p50_ms
           : percentile == 95   ? row->latency_p95_ms
           : percentile == 99   ? row->latency_p99_ms
           : percentile == 99.9 ? row->latency_p999_ms
                                : NAN;
}

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

static void add(struct report_sum *sum, int64_t value)
{
    if (value == STORE_ABSENT)
        return;
    sum->total += value;
    sum->known++;
}

static void list_add_distinct(struct string_list *list, const char *string)
{
    if (!string_list_contains(list, string))
        string_list_push(list, string);
}

static void count_row(struct report_pair *pair, const struct store_result_row *row)
{
    if (string_equal(row->status, "failed"))
        pair->failed++;
    else if (string_equal(row->status, "disturbed"))
        pair->disturbed++;
    else if (string_equal(row->status, "interrupted"))
        pair->interrupted++;
    if (!string_equal(row->status, "ok"))
        return;
    add(&pair->sent, row->records_sent);
    add(&pair->acked, row->records_acked);
    add(&pair->failed_records, row->records_failed);
    add(&pair->stored, row->records_stored);
    add(&pair->lost, row->records_lost);
    add(&pair->duplicated, row->records_duplicated);
    pair->is_tool = string_equal(row->source, "tool");
    char *client = string_format("%s %s", row->client_library ? row->client_library : "?",
                                 row->client_version ? row->client_version : "?");
    list_add_distinct(&pair->clients, client);
    if (row->broker_version)
        list_add_distinct(&pair->brokers, row->broker_version);
    free(client);
    pair->trials = memory_resized(pair->trials, pair->trial_count + 1, sizeof *pair->trials);
    pair->trials[pair->trial_count++] = (struct report_trial){.row = row};
}

static bool load_latency(struct store *store, const struct report_model *model, struct report_pair *pair,
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
        trial->percentiles[i] = has_counts ? (double)histogram_percentile(histogram, percentiles[i]) / NS_IN_MS
                                           : row_percentile(trial->row, percentiles[i]);
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

/* One for all trials of a pair, or their points would not be of the same times. */
static int64_t series_interval_ms(const struct report_pair *pair)
{
    for (size_t i = 0; i < pair->trial_count; i++)
        if (end_s_of(&pair->trials[i]) >= FINE_SERIES_BELOW_S)
            return 1000;
    return 100;
}

/* Whole intervals of warm-up and window only: a last, cut interval would look like a stall. */
static bool load_series(struct store *store, struct report_trial *trial, int64_t interval_ms, struct error *error)
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

static bool load_settings(struct store *store, struct report_pair *pair, int64_t trial_id, struct error *error)
{
    struct store_setting_rows rows = {0};
    if (!store_read_settings(store, trial_id, &rows, error))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        const struct store_setting_row *row = &rows.items[i];
        if (!row->canonical)
            continue;
        size_t at = 0;
        while (at < pair->setting_count && !string_equal(pair->settings[at].canonical, row->canonical))
            at++;
        if (at == pair->setting_count) {
            pair->settings = memory_resized(pair->settings, at + 1, sizeof *pair->settings);
            pair->settings[pair->setting_count++] =
                (struct report_setting){.canonical = string_copy(row->canonical), .applied = true};
        }
        struct report_setting *setting = &pair->settings[at];
        if (row->native)
            list_add_distinct(&setting->natives, row->native);
        if (row->requested)
            list_add_distinct(&setting->requested, row->requested);
        if (row->in_force)
            list_add_distinct(&setting->in_force, row->in_force);
        setting->applied = setting->applied && (row->applied || !row->requested);
    }
    store_setting_rows_release(&rows);
    return true;
}

static void make_figures(const struct report_model *model, struct report_pair *pair)
{
    uint64_t seed = model->experiment->design.seed;
    size_t count = model->experiment->report.percentile_count;
    double *values = memory_zeroed(pair->trial_count + 1, sizeof *values);
    for (int metric = 0; metric < METRIC_COUNT; metric++) {
        for (size_t i = 0; i < pair->trial_count; i++)
            values[i] = metric_value(pair->trials[i].row, (enum report_metric)metric);
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
            pair->percentiles[p].merged = (double)histogram_percentile(pair->latency, percentile) / NS_IN_MS;
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
            (double)histogram_percentile(pair->latency, merged[i].percentile) / NS_IN_MS;
    free(values);
}

bool report_pair_load(struct store *store, const struct report_model *model, struct report_pair *pair,
                      struct error *error)
{
    for (size_t i = 0; i < model->results.count; i++) {
        const struct store_result_row *row = &model->results.items[i];
        if (!string_equal(row->source, "published") && string_equal(row->case_name, pair->c->name) &&
            string_equal(row->run_name, pair->run->name))
            count_row(pair, row);
    }
    int64_t interval_ms = series_interval_ms(pair);
    for (size_t i = 0; i < pair->trial_count; i++)
        if (!load_latency(store, model, pair, &pair->trials[i], error) ||
            !load_series(store, &pair->trials[i], interval_ms, error) ||
            !load_settings(store, pair, pair->trials[i].row->trial_id, error))
            return false;
    make_figures(model, pair);
    return true;
}

/* The last 'ok' trial of a block, or NULL. */
static const struct store_result_row *trial_of_block(const struct report_pair *pair, int block)
{
    const struct store_result_row *found = NULL;
    for (size_t i = 0; i < pair->trial_count; i++)
        if (pair->trials[i].row->block == block)
            found = pair->trials[i].row;
    return found;
}

void report_pair_compare(const struct report_model *model, struct report_pair *pair, const struct report_pair *baseline)
{
    double *a = memory_zeroed(pair->trial_count + 1, sizeof *a);
    double *b = memory_zeroed(pair->trial_count + 1, sizeof *b);
    for (int metric = 0; metric < METRIC_COUNT; metric++) {
        size_t n = 0;
        for (size_t i = 0; i < pair->trial_count; i++) {
            const struct store_result_row *own = pair->trials[i].row, *other = trial_of_block(baseline, own->block);
            if (!other || own != trial_of_block(pair, own->block))
                continue;
            a[n] = metric_value(own, (enum report_metric)metric);
            b[n] = metric_value(other, (enum report_metric)metric);
            if (isfinite(a[n]) && isfinite(b[n]) && a[n] > 0 && b[n] > 0)
                n++;
        }
        char *label = string_format("ratio:%s/%s/%s", pair->c->name, pair->run->name,
                                    report_metric_name((enum report_metric)metric));
        interval_of_ratio(a, b, n, model->experiment->design.seed, label, &pair->metrics[metric].ratio);
        free(label);
    }
    free(a);
    free(b);
}

void report_pair_release(struct report_pair *pair)
{
    for (size_t i = 0; i < pair->trial_count; i++) {
        free(pair->trials[i].percentiles);
        free(pair->trials[i].series.at_s);
        free(pair->trials[i].series.per_sec);
    }
    free(pair->trials);
    for (size_t i = 0; i < pair->setting_count; i++) {
        free(pair->settings[i].canonical);
        string_list_release(&pair->settings[i].natives);
        string_list_release(&pair->settings[i].requested);
        string_list_release(&pair->settings[i].in_force);
    }
    free(pair->settings);
    free(pair->percentiles);
    histogram_free(pair->latency);
    string_list_release(&pair->clients);
    string_list_release(&pair->brokers);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Reading what trial.c has written: results, intervals, settings, histograms. */
#include "store/database.h"

#include "base/banned.h"

static const struct column result_columns[] = {
    COLUMN(struct store_result_row, trial_id),
    COLUMN(struct store_result_row, campaign_id),
    COLUMN(struct store_result_row, environment_id),
    COLUMN(struct store_result_row, case_name),
    COLUMN(struct store_result_row, run_name),
    COLUMN(struct store_result_row, status),
    COLUMN(struct store_result_row, source),
    COLUMN(struct store_result_row, started_at),
    COLUMN(struct store_result_row, client_library),
    COLUMN(struct store_result_row, client_version),
    COLUMN(struct store_result_row, broker_version),
    COLUMN(struct store_result_row, cluster_kind),
    COLUMN(struct store_result_row, cause),
    COLUMN_AS(struct store_result_row, block, "trial"),
    COLUMN(struct store_result_row, attempt),
    COLUMN(struct store_result_row, record_size),
    COLUMN(struct store_result_row, records_sent),
    COLUMN(struct store_result_row, records_acked),
    COLUMN(struct store_result_row, records_failed),
    COLUMN(struct store_result_row, records_stored),
    COLUMN(struct store_result_row, records_lost),
    COLUMN(struct store_result_row, records_duplicated),
    COLUMN(struct store_result_row, warmup_s),
    COLUMN(struct store_result_row, duration_s),
    COLUMN(struct store_result_row, records_per_sec),
    COLUMN(struct store_result_row, mb_per_sec),
    COLUMN(struct store_result_row, latency_avg_ms),
    COLUMN(struct store_result_row, latency_p50_ms),
    COLUMN(struct store_result_row, latency_p95_ms),
    COLUMN(struct store_result_row, latency_p99_ms),
    COLUMN(struct store_result_row, latency_p999_ms),
    COLUMN(struct store_result_row, latency_max_ms),
    COLUMN(struct store_result_row, client_cpu_s),
    COLUMN(struct store_result_row, broker_cpu_s),
    COLUMN(struct store_result_row, steal_percent),
    COLUMN(struct store_result_row, other_cpu_s),
    COLUMN(struct store_result_row, run_s),
    COLUMN(struct store_result_row, setup_s),
    COLUMN(struct store_result_row, teardown_s),
    COLUMN(struct store_result_row, client_max_rss_bytes),
    COLUMN(struct store_result_row, samples_negative),
    COLUMN(struct store_result_row, samples_out_of_range),
    COLUMN(struct store_result_row, samples_before_start),
    COLUMN(struct store_result_row, samples_late),
    COLUMN(struct store_result_row, window_records),
    COLUMN(struct store_result_row, stall_cpu_percent),
    COLUMN(struct store_result_row, stall_io_percent),
    COLUMN(struct store_result_row, stall_memory_percent),
    COLUMN(struct store_result_row, frequency_mhz),
    COLUMN(struct store_result_row, records_due),
    COLUMN(struct store_result_row, records_disordered),
    COLUMN(struct store_result_row, verified),
    COLUMN(struct store_result_row, client_busiest_thread_cpu_s),
    COLUMN(struct store_result_row, broker_idle_percent),
    COLUMN(struct store_result_row, broker_bytes_in),
    COLUMN(struct store_result_row, broker_gc_s),
    COLUMN(struct store_result_row, broker_gc_max_ms),
    COLUMN(struct store_result_row, disk_busy_percent),
    COLUMN(struct store_result_row, trend_percent),
    COLUMN(struct store_result_row, trend_p_value),
    COLUMN(struct store_result_row, client_cpu_us_per_record),
    COLUMN(struct store_result_row, records_per_client_cpu_s),
    COLUMN(struct store_result_row, broker_cpu_s_per_million_records),
    COLUMN(struct store_result_row, wire_bytes_per_record),
    COLUMN(struct store_result_row, client_busiest_thread_percent),
    COLUMN(struct store_result_row, client_cpu_percent),
    COLUMNS_END,
};

/* What only published numbers have: SQLite need not look for them among the trials. */
#define NOT_OF_TRIALS "published_in IS NOT NULL "

/* The order of the definition; what others published under the same version comes last. Two queries for the two kinds: a
 * condition with OR between them would make SQLite look at every trial of the database. */
bool store_read_results(struct store *store, int64_t experiment_id, struct store_result_rows *rows, struct error *error)
{
    static const struct selection selection =
        {result_columns,
         "FROM (SELECT * FROM results WHERE experiment_id = ?1 UNION ALL SELECT * FROM results WHERE " NOT_OF_TRIALS
         "AND source = 'published' AND experiment = (SELECT version FROM experiment WHERE id = ?1)) "
         "ORDER BY source = 'published', case_position, run_position, trial, attempt, case_name, run_name",
         sizeof(struct store_result_row)};
    void *items;
    bool ok = store_select(store, &selection, STORE_VALUES(value_integer(experiment_id)), &items, &rows->count, error);
    rows->items = items;
    return ok;
}

bool store_read_published(struct store *store, const char *version, struct store_result_rows *rows, struct error *error)
{
    static const struct selection selection = {result_columns,
                                               "FROM results WHERE " NOT_OF_TRIALS
                                               "AND experiment = ? ORDER BY case_name, run_name, published_in",
                                               sizeof(struct store_result_row)};
    void *items;
    bool ok = store_select(store, &selection, STORE_VALUES(value_text(version)), &items, &rows->count, error);
    rows->items = items;
    return ok;
}

void store_result_rows_release(struct store_result_rows *rows)
{
    store_rows_free(result_columns, rows->items, sizeof *rows->items, rows->count);
    *rows = (struct store_result_rows){0};
}

bool store_read_intervals(struct store *store, int64_t trial_id, int64_t interval_ms, struct store_interval_rows *rows,
                          struct error *error)
{
    static const struct selection selection =
        {store_interval_columns, "FROM trial_interval WHERE trial_id = ? AND interval_ms = ? ORDER BY offset_ms",
         sizeof(struct store_interval)};
    void *items;
    bool ok = store_select(store, &selection, STORE_VALUES(value_integer(trial_id), value_integer(interval_ms)), &items,
                           &rows->count, error);
    rows->items = items;
    return ok;
}

char *store_read_latency(struct store *store, int64_t trial_id, struct error *error)
{
    sqlite3_stmt *statement =
        store_prepare(store, "SELECT payload FROM trial_latency WHERE trial_id = ? AND role = 'producer'",
                      STORE_VALUES(value_integer(trial_id)), error);
    if (!statement)
        return NULL;
    char *payload = NULL;
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        payload = string_copy((const char *)sqlite3_column_text(statement, 0));
    else if (code != SQLITE_DONE)
        store_fail(store, "read the database", error);
    sqlite3_finalize(statement);
    return payload;
}

static const struct column setting_columns[] = {
    COLUMN(struct store_setting_row, canonical), COLUMN(struct store_setting_row, native),
    COLUMN(struct store_setting_row, requested), COLUMN(struct store_setting_row, in_force),
    COLUMN(struct store_setting_row, applied),   COLUMNS_END,
};

bool store_read_settings(struct store *store, int64_t trial_id, struct store_setting_rows *rows, struct error *error)
{
    static const struct selection selection = {setting_columns,
                                               "FROM trial_setting WHERE trial_id = ? ORDER BY position",
                                               sizeof(struct store_setting_row)};
    void *items;
    bool ok = store_select(store, &selection, STORE_VALUES(value_integer(trial_id)), &items, &rows->count, error);
    rows->items = items;
    return ok;
}

void store_setting_rows_release(struct store_setting_rows *rows)
{
    store_rows_free(setting_columns, rows->items, sizeof *rows->items, rows->count);
    *rows = (struct store_setting_rows){0};
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Trials: each with everything of it in one transaction. result.c reads them. */
#include "store/database.h"

#include "base/banned.h"

static const struct column trial_columns[] = {
    COLUMN(struct store_trial, block),
    COLUMN(struct store_trial, attempt),
    COLUMN(struct store_trial, status),
    COLUMN(struct store_trial, cause),
    COLUMN(struct store_trial, source),
    COLUMN(struct store_trial, started_at),
    COLUMN(struct store_trial, topic),
    COLUMN(struct store_trial, warmup_s),
    COLUMN(struct store_trial, duration_s),
    COLUMN(struct store_trial, record_size),
    COLUMN(struct store_trial, records_sent),
    COLUMN(struct store_trial, records_acked),
    COLUMN(struct store_trial, records_failed),
    COLUMN(struct store_trial, records_stored),
    COLUMN(struct store_trial, records_lost),
    COLUMN(struct store_trial, records_duplicated),
    COLUMN(struct store_trial, window_records),
    COLUMN(struct store_trial, records_per_sec),
    COLUMN(struct store_trial, mb_per_sec),
    COLUMN(struct store_trial, latency_avg_ms),
    COLUMN(struct store_trial, latency_p50_ms),
    COLUMN(struct store_trial, latency_p95_ms),
    COLUMN(struct store_trial, latency_p99_ms),
    COLUMN(struct store_trial, latency_p999_ms),
    COLUMN(struct store_trial, latency_max_ms),
    COLUMN(struct store_trial, client_cpu_s),
    COLUMN(struct store_trial, broker_cpu_s),
    COLUMN(struct store_trial, other_cpu_s),
    COLUMN(struct store_trial, steal_percent),
    COLUMN(struct store_trial, stall_cpu_percent),
    COLUMN(struct store_trial, stall_io_percent),
    COLUMN(struct store_trial, stall_memory_percent),
    COLUMN(struct store_trial, dirty_bytes_max),
    COLUMN(struct store_trial, frequency_mhz),
    COLUMN(struct store_trial, client_max_rss_bytes),
    COLUMN(struct store_trial, samples),
    COLUMN(struct store_trial, samples_negative),
    COLUMN(struct store_trial, samples_out_of_range),
    COLUMN(struct store_trial, samples_before_start),
    COLUMN(struct store_trial, samples_late),
    COLUMN(struct store_trial, samples_truncated_bytes),
    COLUMN(struct store_trial, records_due),
    COLUMN(struct store_trial, records_disordered),
    COLUMN(struct store_trial, verified),
    COLUMN(struct store_trial, client_busiest_thread_cpu_s),
    COLUMN(struct store_trial, broker_idle_percent),
    COLUMN(struct store_trial, broker_bytes_in),
    COLUMN(struct store_trial, broker_gc_s),
    COLUMN(struct store_trial, broker_gc_max_ms),
    COLUMN(struct store_trial, disk_busy_percent),
    COLUMN(struct store_trial, trend_percent),
    COLUMN(struct store_trial, trend_p_value),
    COLUMN(struct store_trial, run_s),
    COLUMN(struct store_trial, setup_s),
    COLUMN(struct store_trial, teardown_s),
    COLUMN(struct store_trial, client_library),
    COLUMN(struct store_trial, client_version),
    COLUMN(struct store_trial, broker_version),
    COLUMN(struct store_trial, cluster_kind),
    COLUMN(struct store_trial, versions),
    COLUMN(struct store_trial, command_line),
    COLUMNS_END,
};

static const struct column setting_columns[] = {
    COLUMN(struct store_trial_setting, canonical), COLUMN(struct store_trial_setting, native),
    COLUMN(struct store_trial_setting, requested), COLUMN(struct store_trial_setting, in_force),
    COLUMN(struct store_trial_setting, applied),   COLUMNS_END,
};

const struct column store_interval_columns[] = {
    COLUMN(struct store_interval, interval_ms),   COLUMN(struct store_interval, offset_ms),
    COLUMN(struct store_interval, records),       COLUMN(struct store_interval, bytes),
    COLUMN(struct store_interval, failed),        COLUMN(struct store_interval, p50_ns),
    COLUMN(struct store_interval, p99_ns),        COLUMN(struct store_interval, max_ns),
    COLUMN(struct store_interval, client_cpu_s),  COLUMN(struct store_interval, broker_cpu_s),
    COLUMN(struct store_interval, steal_percent), COLUMNS_END,
};

static const struct column event_columns[] = {
    COLUMN(struct store_event, offset_ms),
    COLUMN(struct store_event, kind),
    COLUMN(struct store_event, message),
    COLUMNS_END,
};

static const struct column disturbance_columns[] = {
    COLUMN(struct store_disturbance, rule),
    COLUMN(struct store_disturbance, measured),
    COLUMN(struct store_disturbance, bound),
    COLUMNS_END,
};

void store_trial_init(struct store_trial *trial)
{
    *trial = (struct store_trial){.campaign_id = STORE_ABSENT};
    columns_clear(trial, trial_columns);
}

/* The case or run of that name in the campaign's experiment. */
static bool find_part(struct store *store, const char *table, const char *what, int64_t campaign_id, const char *name,
                      int64_t *id, struct error *error)
{
    char *sql = string_format("SELECT p.id FROM %s p JOIN campaign g ON g.experiment_id = p.experiment_id "
                              "WHERE g.id = ? AND p.name = ?",
                              table);
    bool ok = store_lookup(store, sql, STORE_VALUES(value_integer(campaign_id), value_text(name)), id, error);
    free(sql);
    if (ok && *id == STORE_ABSENT)
        ok = error_set(error, ERROR_UNAVAILABLE, "campaign %lld of '%s' has no %s '%s'", (long long)campaign_id,
                       store->path, what, name ? name : "");
    return ok;
}

static bool insert_trial(struct store *store, const struct store_trial *trial, int64_t *id, struct error *error)
{
    int64_t case_id, run_id;
    if (!find_part(store, "experiment_case", "case", trial->campaign_id, trial->case_name, &case_id, error) ||
        !find_part(store, "run", "run", trial->campaign_id, trial->run_name, &run_id, error))
        return false;
    const struct row_key keys[] = {{"campaign_id", trial->campaign_id}, {"case_id", case_id}, {"run_id", run_id}};
    const struct insertion insertion = {.table = "trial",
                                        .keys = keys,
                                        .key_count = 3,
                                        .columns = trial_columns,
                                        .rows = trial,
                                        .row_size = sizeof *trial,
                                        .count = 1};
    if (!store_insert(store, &insertion, error))
        return false;
    *id = sqlite3_last_insert_rowid(store->db);
    return true;
}

static bool insert_parts(struct store *store, const struct store_trial *trial, int64_t id, struct error *error)
{
    const struct row_key keys[] = {{"trial_id", id}};
    const struct insertion parts[] = {
        {.table = "trial_setting",
         .positions = true,
         .columns = setting_columns,
         .rows = trial->settings,
         .row_size = sizeof *trial->settings,
         .count = trial->setting_count},
        {.table = "trial_interval",
         .positions = false,
         .columns = store_interval_columns,
         .rows = trial->intervals,
         .row_size = sizeof *trial->intervals,
         .count = trial->interval_count},
        {.table = "trial_event",
         .positions = true,
         .columns = event_columns,
         .rows = trial->events,
         .row_size = sizeof *trial->events,
         .count = trial->event_count},
        {.table = "trial_disturbance",
         .positions = false,
         .columns = disturbance_columns,
         .rows = trial->disturbances,
         .row_size = sizeof *trial->disturbances,
         .count = trial->disturbance_count},
    };
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof parts / sizeof *parts; i++) {
        struct insertion part = parts[i];
        part.keys = keys;
        part.key_count = 1;
        ok = store_insert(store, &part, error);
    }
    if (ok && trial->latency_payload)
        ok = store_run(store, "INSERT INTO trial_latency (trial_id, role, payload) VALUES (?, 'producer', ?)",
                       STORE_VALUES(value_integer(id), value_text(trial->latency_payload)), error);
    return ok;
}

bool store_put_trial(struct store *store, const struct store_trial *trial, int64_t *trial_id, struct error *error)
{
    int64_t id = STORE_ABSENT;
    if (!store_begin(store, error))
        return false;
    bool ok = insert_trial(store, trial, &id, error) && insert_parts(store, trial, id, error);
    if (!store_finish(store, ok, error))
        return error_prefix(error, "trial %d of '%s' with '%s' is not stored", trial->block, trial->case_name,
                            trial->run_name);
    if (trial_id)
        *trial_id = id;
    return true;
}

/* Trials of all campaigns of the experiment's revision count. */
bool store_block_state(struct store *store, int64_t experiment_id, const char *case_name, const char *run_name,
                       int number, int repeats, struct store_block *block, struct error *error)
{
    static const char tail[] =
        "FROM trial t JOIN experiment_case c ON c.id = t.case_id JOIN run r ON r.id = t.run_id "
        "WHERE c.experiment_id = ?1 AND c.name = ?2 AND r.experiment_id = ?1 AND r.name = ?3 AND t.block = ?4";
    struct state {
        int attempts, ok, disturbed;
    } * state;
    static const struct column columns[] = {
        COLUMN_AS(struct state, attempts, "coalesce(max(t.attempt), 0)"),
        COLUMN_AS(struct state, ok, "count(*) FILTER (WHERE t.status = 'ok')"),
        COLUMN_AS(struct state, disturbed, "count(*) FILTER (WHERE t.status = 'disturbed')"),
        COLUMNS_END,
    };
    static const struct selection selection = {columns, tail, sizeof(struct state)};
    void *items;
    size_t count;
    if (!store_select(store, &selection,
                      STORE_VALUES(value_integer(experiment_id), value_text(case_name), value_text(run_name),
                                   value_integer(number)),
                      &items, &count, error))
        return false;
    state = items; /* an aggregate has exactly one row */
    *block = (struct store_block){.attempts = state->attempts,
                                  .disturbed = state->disturbed,
                                  .done = state->ok > 0 || state->disturbed > repeats};
    free(items);
    return true;
}

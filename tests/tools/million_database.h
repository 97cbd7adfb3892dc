/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A database to be filled: rows go in by statements that are prepared once, in one transaction, without a wait for the disk. The
 * store would write a trial at a time, each safe before the next one.
 */
#ifndef KBENCH_TESTS_TOOLS_MILLION_DATABASE_H
#define KBENCH_TESTS_TOOLS_MILLION_DATABASE_H

#include <gsl/gsl_randist.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/random.h"
#include "store/database.h"

enum table {
    INTO_ENVIRONMENT,
    INTO_EXPERIMENT,
    INTO_CASE,
    INTO_RUN,
    INTO_CLAIM,
    INTO_VERDICT,
    INTO_CAMPAIGN,
    INTO_BROKER_CONFIG,
    INTO_TRIAL,
    INTO_SETTING,
    INTO_LATENCY,
    INTO_INTERVAL,
    INTO_EVENT,
    INTO_DISTURBANCE,
    INTO_SUMMARY,
    INTO_PUBLISHED,
    INTO_VERIFICATION,
    INTO_POINT,
    TABLE_COUNT,
};

static const char *const table_columns[TABLE_COUNT] = {
    [INTO_ENVIRONMENT] = "environment (sha256, description, first_seen_at)",
    [INTO_EXPERIMENT] = "experiment (version, revision, title, supersedes, canonical, as_written, sha256, git_commit, "
                        "git_dirty, registered_at)",
    [INTO_CASE] = "experiment_case (experiment_id, position, name, title, workload, record_size, partitions, "
                  "replication_factor)",
    [INTO_RUN] = "run (experiment_id, position, name, title, driver)",
    [INTO_CLAIM] = "claim (experiment_id, position, name, quote, metric, of_case, of_run, of_version, of_published, "
                   "to_case, to_run, to_version, to_published, ratio_low, ratio_high, range_low, range_high)",
    [INTO_VERDICT] = "claim_verdict (claim_id, basis, verdict, trials, value, ci_low, ci_high)",
    [INTO_CAMPAIGN] = "campaign (experiment_id, environment_id, started_at, ended_at, how, command_line, seed, "
                      "kbench_version, pid, cluster_s, warmup_s, measured_s, total_s, notes)",
    [INTO_BROKER_CONFIG] = "broker_config (campaign_id, broker, name, value, source)",
    [INTO_TRIAL] =
        "trial (campaign_id, case_id, run_id, block, attempt, status, cause, source, started_at, topic, warmup_s, "
        "duration_s, record_size, records_sent, records_acked, records_failed, records_stored, records_lost, "
        "records_duplicated, window_records, records_per_sec, mb_per_sec, latency_avg_ms, latency_p50_ms, "
        "latency_p95_ms, latency_p99_ms, latency_p999_ms, latency_max_ms, client_cpu_s, broker_cpu_s, other_cpu_s, "
        "steal_percent, stall_cpu_percent, stall_io_percent, stall_memory_percent, client_max_rss_bytes, samples, "
        "run_s, setup_s, teardown_s, client_library, client_version, broker_version, cluster_kind, versions, "
        "command_line, verified, client_busiest_thread_cpu_s, broker_idle_percent, broker_bytes_in, broker_gc_s, "
        "broker_gc_max_ms, disk_busy_percent, trend_percent, trend_p_value)",
    [INTO_SETTING] = "trial_setting (trial_id, position, canonical, native, requested, in_force, applied)",
    [INTO_LATENCY] = "trial_latency (trial_id, role, payload)",
    [INTO_INTERVAL] =
        "trial_interval (trial_id, interval_ms, offset_ms, records, bytes, failed, p50_ns, p99_ns, max_ns, "
        "client_cpu_s)",
    [INTO_EVENT] = "trial_event (trial_id, position, offset_ms, kind, message)",
    [INTO_DISTURBANCE] = "trial_disturbance (trial_id, rule, measured, bound)",
    [INTO_SUMMARY] = "summary (experiment_id, case_id, run_id, metric, trials, median, ci_low, ci_high, relative_to, "
                     "ratio, ratio_ci_low, ratio_ci_high)",
    [INTO_PUBLISHED] = "published (version, case_name, run_name, record_size, records_sent, records_per_sec, "
                       "mb_per_sec, latency_avg_ms, latency_max_ms, source_title)",
    [INTO_VERIFICATION] = "verification (ran_at, kbench_version, git_commit, environment_id, seconds, passed)",
    [INTO_POINT] = "verification_point (verification_id, position, name, truth, measured, verdict)",
};

struct filler {
    sqlite3 *db;
    sqlite3_stmt *statements[TABLE_COUNT];
    gsl_rng *random;
    int64_t trials_left;
    int64_t now_s; /* since 1970: of what is written next */
};

static inline void filler_check(const struct filler *filler, int code)
{
    if (code == SQLITE_OK || code == SQLITE_DONE)
        return;
    fprintf(stderr, "million: %s\n", sqlite3_errmsg(filler->db));
    exit(2);
}

static inline void filler_script(struct filler *filler, const char *sql)
{
    filler_check(filler, sqlite3_exec(filler->db, sql, NULL, NULL, NULL));
}

/* A row with these values in the order of the table's columns above; its id. */
static inline int64_t put(struct filler *filler, enum table table, const struct store_value *values, size_t count)
{
    sqlite3_stmt *statement = filler->statements[table];
    for (size_t i = 0; i < count; i++) {
        int at = (int)i + 1;
        filler_check(filler, values[i].type == VALUE_TEXT ? sqlite3_bind_text(statement, at, values[i].text, -1, NULL)
                             : values[i].type == VALUE_INTEGER ? sqlite3_bind_int64(statement, at, values[i].integer)
                             : values[i].type == VALUE_REAL    ? sqlite3_bind_double(statement, at, values[i].real)
                                                               : sqlite3_bind_null(statement, at));
    }
    filler_check(filler, sqlite3_step(statement));
    filler_check(filler, sqlite3_reset(statement));
    return sqlite3_last_insert_rowid(filler->db);
}

static inline void filler_prepare(struct filler *filler, enum table table)
{
    struct text marks = TEXT_INIT;
    for (const char *at = table_columns[table]; *at; at++)
        if (*at == '(' || *at == ',')
            text_append(&marks, marks.length ? ", ?" : "?");
    char *sql = string_format("INSERT INTO %s VALUES (%s)", table_columns[table], marks.bytes);
    filler_check(filler, sqlite3_prepare_v2(filler->db, sql, -1, &filler->statements[table], NULL));
    free(sql);
    text_release(&marks);
}

/* `path` is a new database, made by the store. */
static inline void filler_begin(struct filler *filler, const char *path, int64_t trials)
{
    *filler = (struct filler){.random = random_stream(1, "million"), .trials_left = trials, .now_s = 1577836800};
    filler_check(filler, sqlite3_open(path, &filler->db));
    filler_script(filler, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000; BEGIN");
    for (int table = 0; table < TABLE_COUNT; table++)
        filler_prepare(filler, (enum table)table);
}

static inline void filler_end(struct filler *filler)
{
    for (int table = 0; table < TABLE_COUNT; table++)
        sqlite3_finalize(filler->statements[table]);
    filler_script(filler, "COMMIT; PRAGMA journal_mode = WAL");
    filler_check(filler, sqlite3_close(filler->db));
    gsl_rng_free(filler->random);
}

/* UTC, `seconds` after the last time that was asked for; valid until the next call. */
static inline const char *filler_time(struct filler *filler, int64_t seconds)
{
    static char text[CLOCK_ISO8601_SIZE];
    struct tm parts;
    filler->now_s += seconds;
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S.000Z", gmtime_r(&(time_t){filler->now_s}, &parts));
    return text;
}

static inline bool filler_chance(struct filler *filler, double probability)
{
    return gsl_rng_uniform(filler->random) < probability;
}

/* `value` with the scatter of a trial, or of a machine. */
static inline double filler_near(struct filler *filler, double value, double sigma)
{
    return value * gsl_ran_lognormal(filler->random, 0, sigma);
}

#endif

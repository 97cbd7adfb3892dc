/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The results database: the only room that knows SQL. Opens (creating or migrating when asked to), writes what the
 * runner has found, reads what the report shows. All ids are SQLite row ids. Absent numbers are NAN (double) or
 * STORE_ABSENT (int64_t) in structs and NULL in the database, never 0.
 *
 * One file per noun: experiment.c, campaign.c, environment.c, broker_config.c, trial.c and result.c (written and read), summary.c,
 * claim.c, published.c, verification.c, query*.c (kbench sql); rows between databases in transfer.h, copy*.c and what calls them;
 * below them store.c (open and close), migrate.c, and database.h with what they share.
 */
#ifndef KBENCH_STORE_STORE_H
#define KBENCH_STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "experiment/experiment.h"

#define STORE_ABSENT INT64_MIN

struct store;

/* Open for writing: creates the file and its folder, applies missing migrations (each in a transaction of its own). A newer
 * schema, a file that is no database, a locked or read-only one: NULL with an error that says what to do; untouched. */
struct store *store_open(const char *path, struct error *error);
/* Open an existing one read-only; never writes, never migrates (an older schema is refused with the command that migrates it). */
struct store *store_open_read_only(const char *path, struct error *error);
void store_close(struct store *store);

/* Several writes as one transaction (and one wait for the disk): all of them or none. store_finish() commits when `ok`, else
 * (and when the commit fails) takes all back; it returns whether it was committed. Writes below are whole by themselves, too. */
bool store_begin(struct store *store, struct error *error);
bool store_finish(struct store *store, bool ok, struct error *error);

/* ---- experiment ---- */
enum store_register { STORE_REGISTERED, STORE_KNOWN, STORE_CHANGED, STORE_REGISTER_FAILED };
/* Find or insert the experiment with its cases and runs. STORE_CHANGED: this version is there with another identity and `amend`
 * is false; nothing was written, `error` says both hashes. With `amend` a new revision is inserted. */
enum store_register store_register_experiment(struct store *store, const struct experiment *experiment, bool amend,
                                              const char *git_commit, int git_dirty /* -1 unknown */,
                                              int64_t *experiment_id, struct error *error);
/* Newest revision of a version, or STORE_ABSENT. */
int64_t store_find_experiment(struct store *store, const char *version);

/* ---- campaign and environment ---- */
bool store_put_environment(struct store *store, const json_t *environment, int64_t *environment_id,
                           struct error *error);
struct store_campaign {
    int64_t id, experiment_id, environment_id;
    const char *command_line; /* redacted by the caller */
    uint64_t seed;
    const char *kbench_version;
    int pid;
};
/* Insert one, started now. Earlier campaigns of this database that never ended and whose process is gone are closed as 'died'. */
bool store_begin_campaign(struct store *store, struct store_campaign *campaign, struct error *error);
/* how: 'completed' | 'interrupted' | 'failed'. Seconds spent, for the share that was not measured; JSON notes (warm-up curve…). */
bool store_end_campaign(struct store *store, int64_t campaign_id, const char *how, double cluster_s, double warmup_s,
                        double measured_s, double total_s, const json_t *notes, struct error *error);
bool store_put_broker_setting(struct store *store, int64_t campaign_id, int broker, const char *name, const char *value,
                              const char *source, struct error *error);

/* ---- trial ---- */
struct store_interval {
    int64_t interval_ms;                                    /* 1000 or 100 */
    int64_t offset_ms;                                      /* from the trial's start */
    int64_t records, bytes, failed, p50_ns, p99_ns, max_ns; /* STORE_ABSENT where not known */
    double client_cpu_s, broker_cpu_s, steal_percent;       /* NAN where not known */
};
struct store_event {
    int64_t offset_ms;   /* from the trial's start, or STORE_ABSENT */
    const char *kind;    /* 'fault' | 'warning' | 'stderr' | 'error-code' */
    const char *message; /* redacted by the caller */
};
struct store_disturbance {
    const char *rule;       /* the key under design.disturbance */
    double measured, bound; /* in the rule's unit */
};
struct store_trial_setting {
    const char *canonical, *native, *requested, *in_force; /* NULL: absent; redacted by the caller */
    bool applied;
};
struct store_trial {
    int64_t campaign_id;
    const char *case_name, *run_name;
    int block, attempt;     /* both 1-based */
    const char *status;     /* 'ok' | 'failed' | 'disturbed' | 'interrupted' */
    const char *cause;      /* of a failure, or NULL */
    const char *source;     /* 'measured' | 'tool' */
    const char *started_at; /* UTC, ISO 8601 */
    const char *topic;
    double warmup_s, duration_s; /* of the window as measured */
    int64_t record_size;
    int64_t records_sent, records_acked, records_failed; /* whole trial, from the driver */
    int64_t records_stored, records_lost, records_duplicated;
    int64_t window_records;
    double records_per_sec, mb_per_sec;
    double latency_avg_ms, latency_p50_ms, latency_p95_ms, latency_p99_ms, latency_p999_ms, latency_max_ms;
    const char *latency_payload;                                   /* HdrHistogram V2 compressed, base64; NULL: none */
    double client_cpu_s, broker_cpu_s, other_cpu_s, steal_percent; /* of the window */
    double stall_cpu_percent, stall_io_percent, stall_memory_percent;
    int64_t dirty_bytes_max;
    double frequency_mhz;
    int64_t client_max_rss_bytes;
    int64_t samples, samples_negative, samples_out_of_range, samples_before_start, samples_late,
        samples_truncated_bytes;
    int64_t records_due; /* at a fixed rate: by the stop */
    int64_t records_disordered;
    const char *verified; /* 'count' | 'content'; NULL: not at all */
    double client_busiest_thread_cpu_s,
        broker_idle_percent; /* these of the window; idle: request handlers, busiest broker */
    int64_t broker_bytes_in;
    double broker_gc_s, broker_gc_max_ms; /* the broker with most; the longest of any */
    double disk_busy_percent;
    double trend_percent, trend_p_value;
    double run_s;               /* from the start command to the end of the last driver, flush included */
    double setup_s, teardown_s; /* what the trial cost around its window */
    const char *client_library, *client_version, *broker_version, *cluster_kind;
    const char *versions;     /* JSON of the driver's ready */
    const char *command_line; /* of the driver, redacted */
    const struct store_trial_setting *settings;
    size_t setting_count;
    const struct store_interval *intervals;
    size_t interval_count;
    const struct store_event *events;
    size_t event_count;
    const struct store_disturbance *disturbances;
    size_t disturbance_count;
};
void store_trial_init(struct store_trial *trial); /* all absent */
/* All of it in one transaction, synchronous: there whole or not at all. */
bool store_put_trial(struct store *store, const struct store_trial *trial, int64_t *trial_id, struct error *error);

/* What there is of one block of a pair, over all campaigns of the experiment's revision: for `kbench run` to continue. */
struct store_block {
    int attempts; /* the last attempt's number */
    int disturbed;
    bool done; /* one is 'ok', or the first and all its `repeats` were 'disturbed' */
};
bool store_block_state(struct store *store, int64_t experiment_id, const char *case_name, const char *run_name,
                       int number, int repeats, struct store_block *block, struct error *error);

/* ---- published numbers ---- */
/* Rows of a CSV (header: version,case,run,…; see experiments/published/) in one transaction; the same file again changes nothing.
 * A row that is there with other numbers is an error unless `replace`. Errors are file:line. `changed` is the number of rows
 * that are new or replaced. */
bool store_import_csv(struct store *store, const char *path, bool replace, int64_t *changed, struct error *error);

/* ---- reading, for report and status. Arrays are freed with their release function. ---- */
/* Every version that was run, in the order of their names. */
bool store_list_versions(struct store *store, struct string_list *versions, struct error *error);
struct store_experiment_row {
    int64_t id;
    char *version, *title, *supersedes, *sha256, *canonical, *git_commit;
    int revision, git_dirty;
};
bool store_read_experiment(struct store *store, const char *version, int revision /* 0: newest */,
                           struct store_experiment_row *row, struct error *error);
void store_experiment_row_release(struct store_experiment_row *row);

struct store_result_row { /* one measured, tool or published row of `results`, in the order case, run, block, attempt */
    int64_t trial_id, campaign_id, environment_id;
    char *case_name, *run_name, *status, *source, *started_at, *client_library, *client_version, *broker_version,
        *cluster_kind, *cause;
    int block, attempt;
    int64_t record_size, records_sent, records_acked, records_failed, records_stored, records_lost, records_duplicated;
    double warmup_s, duration_s, records_per_sec, mb_per_sec, latency_avg_ms, latency_p50_ms, latency_p95_ms,
        latency_p99_ms, latency_p999_ms, latency_max_ms, client_cpu_s, broker_cpu_s, steal_percent, other_cpu_s, run_s,
        setup_s, teardown_s;
    int64_t client_max_rss_bytes, samples_negative, samples_out_of_range, samples_before_start, samples_late;
    int64_t window_records, records_due, records_disordered, broker_bytes_in;
    char *verified;
    double stall_cpu_percent, stall_io_percent, stall_memory_percent, frequency_mhz, client_busiest_thread_cpu_s,
        broker_idle_percent, broker_gc_s, broker_gc_max_ms, disk_busy_percent, trend_percent, trend_p_value;
    double client_cpu_us_per_record, records_per_client_cpu_s, broker_cpu_s_per_million_records, wire_bytes_per_record,
        client_busiest_thread_percent, client_cpu_percent;
};
struct store_result_rows {
    struct store_result_row *items;
    size_t count;
};
bool store_read_results(struct store *store, int64_t experiment_id, struct store_result_rows *rows,
                        struct error *error);
/* The numbers of a published table by its version, by case and run, whether published or printed by a tool; none: count 0. */
bool store_read_published(struct store *store, const char *version, struct store_result_rows *rows,
                          struct error *error);
void store_result_rows_release(struct store_result_rows *rows);

/* Which rules the disturbed trials of an experiment broke, in the order of trials and rules. */
struct store_disturbance_rows {
    struct store_disturbance_row {
        int64_t trial_id;
        char *rule;
        double measured, bound; /* in the rule's unit */
    } * items;
    size_t count;
};
bool store_read_disturbances(struct store *store, int64_t experiment_id, struct store_disturbance_rows *rows,
                             struct error *error);
void store_disturbance_rows_release(struct store_disturbance_rows *rows);

struct store_interval_rows {
    struct store_interval *items;
    size_t count;
};
bool store_read_intervals(struct store *store, int64_t trial_id, int64_t interval_ms, struct store_interval_rows *rows,
                          struct error *error);
/* The trial's histogram payload (base64) or NULL; the caller frees. */
char *store_read_latency(struct store *store, int64_t trial_id, struct error *error);

struct store_setting_rows {
    struct store_setting_row {
        char *canonical, *native, *requested, *in_force;
        bool applied;
    } * items;
    size_t count;
};
bool store_read_settings(struct store *store, int64_t trial_id, struct store_setting_rows *rows, struct error *error);
void store_setting_rows_release(struct store_setting_rows *rows);

struct store_campaign_row {
    int64_t id, environment_id;
    char *version, *started_at, *ended_at, *how, *command_line, *kbench_version, *notes; /* NULL: absent */
    int revision, pid;
    uint64_t seed;
    double cluster_s, warmup_s, measured_s, total_s; /* NAN: absent */
    int64_t trials_ok, trials_failed, trials_disturbed, trials_interrupted;
};
struct store_campaign_rows {
    struct store_campaign_row *items;
    size_t count;
};
/* Oldest first: all of an experiment; the newest of the database, at most `limit`. */
bool store_read_campaigns(struct store *store, int64_t experiment_id, struct store_campaign_rows *rows,
                          struct error *error);
bool store_read_newest_campaigns(struct store *store, int64_t limit, struct store_campaign_rows *rows,
                                 struct error *error);
void store_campaign_rows_release(struct store_campaign_rows *rows);
/* The environment's JSON; new reference. */
json_t *store_read_environment(struct store *store, int64_t environment_id, struct error *error);
struct store_broker_rows {
    struct store_broker_row {
        int broker;
        char *name, *value, *source;
    } * items;
    size_t count;
};
bool store_read_broker_settings(struct store *store, int64_t campaign_id, struct store_broker_rows *rows,
                                struct error *error);
void store_broker_rows_release(struct store_broker_rows *rows);

/* ---- summary (written by the report's model; the view `summaries` shows it) ---- */
struct store_summary {
    const char *case_name, *run_name, *metric;
    int trials;
    double median, ci_low, ci_high;
    const char *relative_to; /* baseline run or NULL */
    double ratio, ratio_ci_low, ratio_ci_high;
};
/* Replace all summaries of an experiment in one transaction. */
bool store_put_summaries(struct store *store, int64_t experiment_id, const struct store_summary *rows, size_t count,
                         struct error *error);

/* ---- verification: whether the instrument is true, as `kbench verify` found ---- */
#define STORE_VERIFICATION_PARTS 100
struct store_verification_point {
    int position; /* number of the point × STORE_VERIFICATION_PARTS + number of this part of it: the same in every run */
    char *name, *truth, *measured; /* measured NULL: nothing */
    char *verdict;                 /* 'pass' | 'fail' | 'not run' */
    char *detail;                  /* how it is judged, or why it failed; or NULL */
    char *ran_at;                  /* of the run that it is from, UTC; only where it was read */
};
struct store_verification {
    int64_t id;             /* STORE_ABSENT: there is none */
    int64_t environment_id; /* or STORE_ABSENT */
    char *ran_at, *kbench_version, *git_commit;
    double seconds;
    bool passed; /* every point passed */
    struct store_verification_point *points;
    size_t point_count;
};
/* The run is made now; `id` and `ran_at` are not looked at. */
bool store_put_verification(struct store *store, const struct store_verification *verification, struct error *error);
/* The last run; a run of some points only is completed by the newest results of the others from the same kbench on the same
 * machine, and `passed` is of all of them. */
bool store_read_verification(struct store *store, struct store_verification *verification, struct error *error);
void store_verification_release(struct store_verification *verification);

/* ---- claims (judged by the report's model) ---- */
struct store_claim_verdict {
    const char *claim;   /* its name */
    const char *basis;   /* 'measured' | 'published' */
    const char *verdict; /* 'holds' | 'fails' | 'undecided' */
    int trials;          /* that the value is of; 0 when all of it was published */
    double value, ci_low, ci_high;
    const char *note; /* or NULL */
};
/* Replace all verdicts of an experiment (one revision of a version) in one transaction. */
bool store_put_claim_verdicts(struct store *store, int64_t experiment_id, const struct store_claim_verdict *rows,
                              size_t count, struct error *error);

/* ---- kbench sql ---- */
enum store_format { STORE_TABLE, STORE_CSV, STORE_JSON };
/* Run one query on a read-only store and print the rows. */
bool store_query(struct store *store, const char *sql, enum store_format format, FILE *file, struct error *error);
/* The same with values for the query's parameters. One that reads as a number is a number. A parameter without a value is an error,
 * or NULL where the query has defaults. */
struct store_parameters {
    char *const *assignments; /* NAME=VALUE for :NAME */
    size_t count;
    bool have_defaults;
};
bool store_query_with(struct store *store, const char *sql, const struct store_parameters *parameters,
                      enum store_format format, FILE *file, struct error *error);

#endif

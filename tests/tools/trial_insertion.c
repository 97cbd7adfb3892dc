/* SPDX-License-Identifier: Apache-2.0 */
/*
 * trial_insertion DATABASE TRIALS: puts so many trials, one after the other, each safe on the disk, into the newest campaign as
 * `kbench run` does, and takes them out again. Prints the median time of one in ms and the steps of SQLite's virtual machine.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "statements.h"
#include "statistics/interval.h"
#include "store/database.h"

enum { INTERVALS = 121, SETTINGS = 8, FIRST_BLOCK = 100000 };

struct target {
    int64_t campaign_id;
    char *case_name, *run_name;
};

static bool find_target(struct store *store, struct target *target, struct error *error)
{
    static const struct column columns[] = {COLUMN_AS(struct target, campaign_id, "g.id"),
                                            COLUMN_AS(struct target, case_name, "c.name"),
                                            COLUMN_AS(struct target, run_name, "r.name"), COLUMNS_END};
    static const struct selection selection =
        {columns,
         "FROM campaign g JOIN experiment_case c ON c.experiment_id = g.experiment_id JOIN run r ON r.experiment_id = "
         "g.experiment_id WHERE g.id = (SELECT max(id) FROM campaign) LIMIT 1",
         sizeof(struct target)};
    void *items;
    size_t count;
    if (!store_select(store, &selection, STORE_NO_VALUES, &items, &count, error))
        return false;
    if (count == 0)
        return error_set(error, ERROR_INPUT, "'%s' has no campaign", store->path);
    *target = *(struct target *)items;
    free(items);
    return true;
}

/* What belongs to a trial of 11 s: intervals of 100 ms and of 1 s, settings. */
static void fill(struct store_trial *trial, struct store_interval intervals[INTERVALS],
                 struct store_trial_setting settings[SETTINGS])
{
    for (int i = 0; i < INTERVALS; i++)
        intervals[i] = (struct store_interval){.interval_ms = i < 110 ? 100 : 1000,
                                               .offset_ms = i < 110 ? i * 100 : (i - 110) * 1000,
                                               .records = 1000,
                                               .bytes = 100000};
    for (int i = 0; i < SETTINGS; i++)
        settings[i] =
            (struct store_trial_setting){.canonical = "acks", .native = "acks", .requested = "1", .applied = true};
    trial->status = "ok";
    trial->source = "measured";
    trial->started_at = "2026-01-01T00:00:00.000Z";
    trial->records_lost = 0;
    trial->latency_payload = "a histogram that nobody reads";
    trial->intervals = intervals;
    trial->interval_count = INTERVALS;
    trial->settings = settings;
    trial->setting_count = SETTINGS;
}

static bool take_out(struct store *store, int64_t id, struct error *error)
{
    static const char *const tables[] = {"trial_interval", "trial_setting", "trial_latency"};
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof tables / sizeof *tables; i++) {
        char *sql = string_format("DELETE FROM %s WHERE trial_id = ?", tables[i]);
        ok = store_run(store, sql, STORE_VALUES(value_integer(id)), error);
        free(sql);
    }
    return ok && store_run(store, "DELETE FROM trial WHERE id = ?", STORE_VALUES(value_integer(id)), error);
}

static bool put_trials(struct store *store, const struct target *target, double *times_ms, int count,
                       struct error *error)
{
    static struct store_interval intervals[INTERVALS];
    static struct store_trial_setting settings[SETTINGS];
    struct store_trial trial;
    bool ok = true;
    store_trial_init(&trial);
    fill(&trial, intervals, settings);
    trial.campaign_id = target->campaign_id;
    trial.case_name = target->case_name;
    trial.run_name = target->run_name;
    trial.attempt = 1;
    for (int i = 0; ok && i < count; i++) {
        int64_t id, began_ns = clock_monotonic_ns();
        trial.block = FIRST_BLOCK + i;
        statements_forget();
        ok = store_put_trial(store, &trial, &id, error);
        times_ms[i] = (double)(clock_monotonic_ns() - began_ns) / 1e6;
        int64_t steps = statements.steps;
        ok = ok && take_out(store, id, error);
        statements.steps = steps;
    }
    return ok;
}

int main(int argc, char **argv)
{
    struct error error = ERROR_INIT;
    struct target target = {0};
    int count = argc == 3 ? (int)strtol(argv[2], NULL, 10) : 0;
    if (count < 1) {
        fprintf(stderr, "usage: trial_insertion DATABASE TRIALS\n");
        return 2;
    }
    statements_watch();
    double *times_ms = memory_zeroed((size_t)count, sizeof *times_ms);
    struct store *store = store_open(argv[1], &error);
    bool ok = store && find_target(store, &target, &error) && put_trials(store, &target, times_ms, count, &error);
    if (ok)
        printf("%.3f %lld\n", statistics_median(times_ms, (size_t)count), (long long)statements.steps);
    else
        fprintf(stderr, "trial_insertion: %s\n", error.message);
    statements_forget();
    store_close(store);
    free(target.case_name);
    free(target.run_name);
    free(times_ms);
    return ok ? 0 : 2;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of the store share: a folder of their own, a small experiment, a store with a campaign in it. */
#ifndef KBENCH_TEST_STORE_FIXTURE_H
#define KBENCH_TEST_STORE_FIXTURE_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "definition.h"
#include "store/database.h"
#include "store/store.h"

struct fixture {
    char folder[64];
    char *path; /* of the database, in the folder */
    struct store *store;
    int64_t experiment_id, environment_id, campaign_id;
};

/* `record_size` makes definitions of one version that differ; `client` is put into the cluster's client properties. */
static inline struct experiment *fixture_experiment(int record_size, const char *client)
{
    char *text = string_format("version: t1\n"
                               "title: A test\n"
                               "cluster:\n"
                               "  kind: external\n"
                               "  bootstrap.servers: localhost:9092\n"
                               "  client: {%s}\n"
                               "cases:\n"
                               "  - name: one\n"
                               "    record: {size: %d}\n"
                               "    topic: {partitions: 6, replication.factor: 1}\n"
                               "  - name: two\n"
                               "    topic: {partitions: 1, replication.factor: 1}\n"
                               "runs:\n"
                               "  - {name: zebra, title: Zebra, driver: c}\n"
                               "  - {name: ant, title: Ant, driver: java}\n"
                               "claims:\n"
                               "  - name: same\n"
                               "    quote: They are the same\n"
                               "    metric: records_per_sec\n"
                               "    of: {case: one, run: ant}\n"
                               "    to: {case: one, run: zebra}\n"
                               "    ratio: [0.5, 1.5]\n"
                               "report: {baseline: zebra}\n",
                               client, record_size);
    struct experiment *experiment = definition_parse("t1.yaml", text);
    free(text);
    return experiment;
}

/* For assertions on what must succeed: the reason is shown. */
#define assert_ok(condition, error)                                                                                    \
    do {                                                                                                               \
        if (!(condition))                                                                                              \
            fail_msg("%s", (error)->message);                                                                          \
    } while (0)

#define assert_contains(text, part)                                                                                    \
    do {                                                                                                               \
        if (!strstr((text), (part)))                                                                                   \
            fail_msg("'%s' is not in '%s'", (part), (text));                                                           \
    } while (0)

static inline int fixture_set_up_folder(void **state)
{
    struct fixture *fixture = memory_zeroed(1, sizeof *fixture);
    snprintf(fixture->folder, sizeof fixture->folder, "/tmp/kbench-store-XXXXXX");
    if (!mkdtemp(fixture->folder))
        return -1;
    fixture->path = string_format("%s/results/kbench.db", fixture->folder);
    *state = fixture;
    return 0;
}

/* A campaign of the experiment, which runs; of no known environment where that is STORE_ABSENT. */
static inline int64_t fixture_begin_campaign(struct store *store, int64_t experiment_id, int64_t environment_id)
{
    struct error error = ERROR_INIT;
    struct store_campaign campaign = {.experiment_id = experiment_id,
                                      .command_line = "kbench run t1.yaml",
                                      .seed = 7,
                                      .kbench_version = "0.1",
                                      .pid = (int)getpid(),
                                      .environment_id = environment_id};
    assert_ok(store_begin_campaign(store, &campaign, &error), &error);
    return campaign.id;
}

static inline int fixture_set_up(void **state)
{
    struct error error = ERROR_INIT;
    if (fixture_set_up_folder(state) != 0)
        return -1;
    struct fixture *fixture = *state;
    fixture->store = store_open(fixture->path, &error);
    struct experiment *experiment = fixture_experiment(100, "");
    assert_ok(fixture->store && store_register_experiment(fixture->store, experiment, false, "abc", 1,
                                                          &fixture->experiment_id, &error) == STORE_REGISTERED,
              &error);
    fixture->campaign_id = fixture_begin_campaign(fixture->store, fixture->experiment_id, STORE_ABSENT);
    experiment_free(experiment);
    return 0;
}

static inline int fixture_tear_down(void **state)
{
    struct fixture *fixture = *state;
    store_close(fixture->store);
    file_remove_tree(fixture->folder, NULL);
    free(fixture->path);
    free(fixture);
    return 0;
}

/* A trial with nothing but what it must have. */
static inline struct store_trial fixture_trial(const struct fixture *fixture, int block, int attempt,
                                               const char *status)
{
    struct store_trial trial;
    store_trial_init(&trial);
    trial.campaign_id = fixture->campaign_id;
    trial.case_name = "one";
    trial.run_name = "ant";
    trial.block = block;
    trial.attempt = attempt;
    trial.status = status;
    trial.source = "measured";
    trial.started_at = "2026-01-01T00:00:00.000Z";
    return trial;
}

/* The schema that kbench's own migrations end with. */
static inline int64_t fixture_newest_schema(void)
{
    struct error error = ERROR_INIT;
    struct migrations migrations;
    char *folder = string_format("%s/schema", file_home());
    assert_ok(migrations_load(folder, &migrations, &error), &error);
    int64_t newest = (int64_t)migrations.scripts.count;
    migrations_release(&migrations);
    free(folder);
    return newest;
}

static inline int64_t fixture_count(struct store *store, const char *query)
{
    struct error error = ERROR_INIT;
    int64_t count;
    assert_ok(store_lookup(store, query, STORE_NO_VALUES, &count, &error), &error);
    return count;
}

#endif

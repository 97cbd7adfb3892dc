/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of the report share: a database with an experiment of two cases and three runs, and trials put into it. */
#ifndef KBENCH_TEST_REPORT_FIXTURE_H
#define KBENCH_TEST_REPORT_FIXTURE_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "definition.h"
#include "report/model.h"

struct fixture {
    char folder[64];
    char *path;
    struct store *store;
    struct experiment *experiment;
    int64_t experiment_id, environment_id, campaigns[2];
    struct report_model model;
};

static inline int64_t begin_campaign(struct fixture *f)
{
    struct store_campaign campaign = {.experiment_id = f->experiment_id,
                                      .environment_id = f->environment_id,
                                      .command_line = "kbench run",
                                      .seed = 1,
                                      .kbench_version = "0",
                                      .pid = 1};
    assert_true(store_begin_campaign(f->store, &campaign, NULL));
    return campaign.id;
}

/* `design` is more of the definition, such as "design: {trials: {min: 5}}\n"; "" for none. */
static inline int fixture_set_up(void **state, const char *design)
{
    struct fixture *f = memory_zeroed(1, sizeof *f);
    *state = f;
    snprintf(f->folder, sizeof f->folder, "/tmp/kbench-test-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    f->path = string_format("%s/test.db", f->folder);
    f->store = store_open(f->path, NULL);
    assert_non_null(f->store);
    char *definition = string_format("version: t1\n"
                                     "title: A test\n"
                                     "cluster: {kind: external, bootstrap.servers: 'localhost:9092'}\n"
                                     "cases:\n"
                                     "  - {name: one, topic: {partitions: 1, replication.factor: 1}}\n"
                                     "  - {name: two, topic: {partitions: 1, replication.factor: 1}}\n"
                                     "runs:\n"
                                     "  - {name: base, title: Base, driver: c}\n"
                                     "  - {name: other, title: Other, driver: java}\n"
                                     "  - {name: third, title: Third, driver: java}\n"
                                     "report: {baseline: base}\n"
                                     "%s",
                                     design);
    f->experiment = definition_parse("t1.yaml", definition);
    free(definition);
    assert_int_equal(store_register_experiment(f->store, f->experiment, false, NULL, -1, &f->experiment_id, NULL),
                     STORE_REGISTERED);
    json_t *environment = json_pack("{s:i}", "cpu_cores", 2);
    assert_true(store_put_environment(f->store, environment, &f->environment_id, NULL));
    json_decref(environment);
    f->campaigns[0] = begin_campaign(f);
    f->campaigns[1] = begin_campaign(f);
    return 0;
}

static inline int fixture_tear_down(void **state)
{
    struct fixture *f = *state;
    report_model_release(&f->model);
    experiment_free(f->experiment);
    store_close(f->store);
    file_remove_tree(f->folder, NULL);
    free(f->path);
    free(f);
    return 0;
}

static inline struct store_trial trial_of(const struct fixture *f, int campaign, const char *run, int block,
                                          double rate)
{
    struct store_trial trial;
    store_trial_init(&trial);
    trial.campaign_id = f->campaigns[campaign];
    trial.case_name = "one";
    trial.run_name = run;
    trial.block = block;
    trial.attempt = 1;
    trial.status = "ok";
    trial.source = "measured";
    trial.started_at = "2026-01-01T00:00:00.000Z";
    trial.warmup_s = 1;
    trial.duration_s = 10;
    trial.records_per_sec = rate;
    return trial;
}

static inline void put(struct fixture *f, const struct store_trial *trial)
{
    int64_t id;
    struct error error = ERROR_INIT;
    if (!store_put_trial(f->store, trial, &id, &error))
        fail_msg("%s", error.message);
}

/* The model with the disturbed trials or without, and the first case's pair of a run. */
static inline const struct report_pair *load_with(struct fixture *f, bool include_disturbed, const char *run)
{
    struct error error = ERROR_INIT;
    report_model_release(&f->model);
    if (!report_model_load_all(f->store, "t1", include_disturbed, &f->model, &error))
        fail_msg("%s", error.message);
    for (size_t i = 0; i < f->model.cases[0].pair_count; i++)
        if (string_equal(f->model.cases[0].pairs[i].run->name, run))
            return &f->model.cases[0].pairs[i];
    fail_msg("no pair of run '%s'", run);
    return NULL;
}

static inline const struct report_pair *load(struct fixture *f, const char *run)
{
    return load_with(f, false, run);
}

/* How many of the validity sentences hold the text. */
static inline int sentences_with(const struct fixture *f, const char *text)
{
    int found = 0;
    for (size_t i = 0; i < f->model.validity.count; i++)
        found += strstr(f->model.validity.items[i], text) != NULL;
    return found;
}

#endif

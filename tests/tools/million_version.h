/* SPDX-License-Identifier: Apache-2.0 */
/* A version with its campaigns, as `kbench run` and `kbench report` leave it. */
#ifndef KBENCH_TESTS_TOOLS_MILLION_VERSION_H
#define KBENCH_TESTS_TOOLS_MILLION_VERSION_H

#include "experiment/plan.h"
#include "report/model.h"
#include "tools/million_trial.h"

enum { ENVIRONMENT_COUNT = 40, BROKER_SETTINGS = 20, ATTEMPTS_MOST = 3 };

static inline int64_t put_environment(struct filler *filler, int number)
{
    char sha256[65];
    char *json = string_format(
        "{\"clock_source\":\"tsc\",\"compiler\":\"gcc 12.2.0\",\"cpu_cores\":2,\"cpu_model\":\"Processor %d\","
        "\"host_hash\":\"%064d\",\"kernel\":\"Linux 6.1.%d\",\"memory_bytes\":25276510208,\"os\":\"Debian GNU/Linux 12 "
        "(bookworm)\",\"sysctl\":{\"vm.dirty_ratio\":\"20\",\"vm.swappiness\":\"60\"}}",
        number / 10, number / 10, number);
    file_sha256_hex(json, strlen(json), sha256);
    int64_t id = put(filler, INTO_ENVIRONMENT,
                     STORE_VALUES(value_text(sha256), value_text(json), value_text(filler_time(filler, 0))));
    free(json);
    return id;
}

/* A line of the canonical form by its key; `value` NULL leaves it out. */
static inline char *with_line(const char *canonical, const char *key, const char *value)
{
    char *start = string_format("\n%s: ", key);
    const char *at = strstr(canonical, start), *end = at ? strchr(at + 1, '\n') : canonical;
    char *line = value ? string_format("%s%s", start, value) : string_copy("");
    char *changed = string_format("%.*s%s%s", (int)(at ? at - canonical : 0), canonical, at ? line : "", end);
    free(line);
    free(start);
    return changed;
}

/* The definition under another name. */
static inline char *definition_of(const struct experiment *experiment, const char *name, const char *supersedes)
{
    char *renamed = with_line(experiment->canonical, "version", name);
    char *whole = with_line(renamed, "supersedes", supersedes);
    free(renamed);
    return whole;
}

static inline int64_t put_definition(struct filler *filler, const struct experiment *experiment, const char *name,
                                     int revision, const char *supersedes)
{
    char sha256[65];
    char *canonical = definition_of(experiment, name, supersedes);
    file_sha256_hex(canonical, strlen(canonical), sha256);
    int64_t id =
        put(filler, INTO_EXPERIMENT,
            STORE_VALUES(value_text(name), value_integer(revision), value_text(experiment->title),
                         value_text(supersedes), value_text(canonical), value_text(canonical), value_text(sha256),
                         value_text("e72e3c5"), value_integer(0), value_text(filler_time(filler, 3600))));
    free(canonical);
    return id;
}

static inline void put_claims(struct filler *filler, const struct experiment *experiment, int64_t id)
{
    static const char *const verdicts[] = {"holds", "fails", "undecided"};
    for (size_t i = 0; i < experiment->claim_count; i++) {
        const struct claim *claim = &experiment->claims[i];
        int64_t claim_id =
            put(filler, INTO_CLAIM,
                STORE_VALUES(value_integer(id), value_integer((int64_t)i), value_text(claim->name),
                             value_text(claim->quote), value_text(claim->metric), value_text(claim->of_case),
                             value_text(claim->of_run), value_text(claim->of_version), value_text(claim->of_published),
                             value_text(claim->to_case), value_text(claim->to_run), value_text(claim->to_version),
                             value_text(claim->to_published), value_real(claim->ratio[0]), value_real(claim->ratio[1]),
                             value_real(claim->range[0]), value_real(claim->range[1])));
        put(filler, INTO_VERDICT,
            STORE_VALUES(value_integer(claim_id), value_text("measured"),
                         value_text(verdicts[gsl_rng_uniform_int(filler->random, 3)]), value_integer(6),
                         value_real(0.9), value_real(0.8), value_real(1)));
    }
}

static inline void put_parts(struct filler *filler, struct version *version)
{
    const struct experiment *experiment = version->experiment;
    for (size_t i = 0; i < experiment->case_count; i++) {
        const struct experiment_case *c = &experiment->cases[i];
        version->case_ids[i] =
            put(filler, INTO_CASE,
                STORE_VALUES(value_integer(version->id), value_integer((int64_t)i), value_text(c->name),
                             value_text(c->title), value_text(workload_name(c->workload)),
                             value_integer(c->record_size_bytes), value_integer(c->partitions),
                             value_integer(c->replication_factor)));
    }
    for (size_t i = 0; i < experiment->run_count; i++) {
        const struct experiment_run *run = &experiment->runs[i];
        version->run_ids[i] = put(filler, INTO_RUN,
                                  STORE_VALUES(value_integer(version->id), value_integer((int64_t)i),
                                               value_text(run->name), value_text(run->title), value_text(run->driver)));
    }
    put_claims(filler, experiment, version->id);
}

static inline void put_campaign(struct filler *filler, struct version *version, const char *how)
{
    int64_t environment_id = 1 + (int64_t)gsl_rng_uniform_int(filler->random, ENVIRONMENT_COUNT);
    version->campaign_id =
        put(filler, INTO_CAMPAIGN,
            STORE_VALUES(value_integer(version->id), value_integer(environment_id),
                         value_text(filler_time(filler, 600)), value_text(filler_time(filler, 0)), value_text(how),
                         value_text("kbench run definition.yaml"), value_integer(20160331), value_text("0.1.0"),
                         value_integer(1), value_real(6), value_real(30), value_real(1100), value_real(1900),
                         value_text("{\"left_out\":[],\"warmup\":{\"case\":\"no-replication\",\"run\":\"pure-java\","
                                    "\"seconds\":12,\"steady\":true,\"window_s\":1,\"rates\":[350000,420000,480000,"
                                    "500000,510000,505000,508000]}}")));
    for (int broker = 0; broker < 3; broker++)
        for (int i = 0; i < BROKER_SETTINGS; i++) {
            char *name = string_format("setting.of.the.broker.%02d", i);
            put(filler, INTO_BROKER_CONFIG,
                STORE_VALUES(value_integer(version->campaign_id), value_integer(broker), value_text(name),
                             value_text("65536"), value_text(i % 4 ? "default" : "static")));
            free(name);
        }
}

/* A block of a pair: attempts until one is whole. */
static inline void put_block(struct filler *filler, const struct version *version, const struct plan_step *step)
{
    const struct experiment *experiment = version->experiment;
    const struct experiment_pair *pair = &experiment->pairs[step->pair];
    struct trial trial = {.c = &experiment->cases[pair->case_index],
                          .run = &experiment->runs[pair->run_index],
                          .case_index = pair->case_index,
                          .run_index = pair->run_index,
                          .block = step->block};
    do {
        trial.attempt++;
        trial.status = draw_status(filler);
        put_trial(filler, version, &trial);
    } while (!string_equal(trial.status, "ok") && trial.attempt < ATTEMPTS_MOST && filler->trials_left > 0);
}

static inline void put_summaries(struct filler *filler, const struct version *version)
{
    const struct experiment *experiment = version->experiment;
    for (size_t i = 0; i < experiment->pair_count; i++)
        for (int metric = 0; metric < METRIC_COUNT; metric++) {
            double median = filler_near(filler, 1000, 1);
            const struct experiment_pair *pair = &experiment->pairs[i];
            put(filler, INTO_SUMMARY,
                STORE_VALUES(value_integer(version->id), value_integer(version->case_ids[pair->case_index]),
                             value_integer(version->run_ids[pair->run_index]),
                             value_text(report_metric_name((enum report_metric)metric)), value_integer(6),
                             value_real(median), value_real(0.95 * median), value_real(1.05 * median),
                             value_text(experiment->report.baseline), value_real(0.9), value_real(0.8), value_real(1)));
        }
}

/* Two campaigns, the first of which was interrupted; when the trials are used up the second one breaks off. `version` has the ids of
 * its cases and runs afterwards. */
static inline void put_version(struct filler *filler, struct version *version, const struct plan *plan)
{
    version->level = filler_near(filler, 1, 0.05);
    put_parts(filler, version);
    put_campaign(filler, version, "interrupted");
    for (size_t i = 0; i < plan->count && filler->trials_left > 0; i++) {
        if (i == plan->count / 3)
            put_campaign(filler, version, "completed");
        put_block(filler, version, &plan->steps[i]);
    }
    put_summaries(filler, version);
}

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* One trial and what belongs to it, with values as a cluster on one machine gives them. */
#ifndef KBENCH_TESTS_TOOLS_MILLION_TRIAL_H
#define KBENCH_TESTS_TOOLS_MILLION_TRIAL_H

#include <math.h>

#include "experiment/experiment.h"
#include "tools/million_latency.h"

enum { SETTINGS_PER_TRIAL = 4, RARE_INTERVALS = 500 };

/* What the trials of one version have in common. */
struct version {
    const struct experiment *experiment;
    int64_t id, campaign_id, *case_ids, *run_ids;
    double level; /* of its machine and its clients, about 1 */
    char client_version[16];
    bool intervals; /* of every trial; else of one in RARE_INTERVALS */
    const struct latency *latencies;
};

struct trial {
    const struct experiment_case *c;
    const struct experiment_run *run;
    int case_index, run_index, block, attempt;
    const char *status;
};

/* 96 of 100 are as they should be. */
static inline const char *draw_status(struct filler *filler)
{
    double draw = gsl_rng_uniform(filler->random);
    return draw < 0.96 ? "ok" : draw < 0.98 ? "disturbed" : draw < 0.995 ? "failed" : "interrupted";
}

static inline const char *library_of(const char *driver)
{
    return string_equal(driver, "c")                  ? "librdkafka"
           : string_equal(driver, "confluent-python") ? "confluent-kafka"
           : string_equal(driver, "kafka-python")     ? "kafka-python"
                                                      : "kafka-clients";
}

/* Each run has 0.6 of the speed of the one before, each case 0.8. */
static inline double speed_of(const struct version *version, const struct trial *trial)
{
    return 700000 * version->level * pow(0.6, trial->run_index % 6) * pow(0.8, trial->case_index % 5);
}

static inline const struct latency *latency_of(struct filler *filler, const struct version *version,
                                               const struct trial *trial)
{
    size_t middle = (size_t)(trial->run_index % 6 * 50 + trial->case_index % 5 * 15);
    return &version->latencies[middle + gsl_rng_uniform_int(filler->random, 40)];
}

static inline int64_t put_trial_row(struct filler *filler, const struct version *version, const struct trial *trial,
                                    const struct latency *latency)
{
    bool failed = string_equal(trial->status, "failed"), disturbed = string_equal(trial->status, "disturbed");
    double warmup_s = 5, duration_s = 6, rate = filler_near(filler, speed_of(version, trial), 0.05);
    double size = (double)trial->c->record_size_bytes, client_cpu_s = filler_near(filler, 4, 0.1);
    int64_t window = (int64_t)(rate * duration_s), sent = (int64_t)(rate * (warmup_s + duration_s));
    int64_t lost = filler_chance(filler, 0.001) ? 1 + (int64_t)gsl_rng_uniform_int(filler->random, 1000) : 0;
    char *topic = string_format("kbench-%lld-%s-%d", (long long)version->campaign_id, trial->c->name, trial->block);
    int64_t id =
        put(filler, INTO_TRIAL,
            STORE_VALUES(value_integer(version->campaign_id), value_integer(version->case_ids[trial->case_index]),
                         value_integer(version->run_ids[trial->run_index]), value_integer(trial->block),
                         value_integer(trial->attempt), value_text(trial->status),
                         value_text(failed ? "the driver ended with status 1" : NULL), value_text("measured"),
                         value_text(filler_time(filler, 15)), value_text(topic), value_real(warmup_s),
                         value_real(duration_s), value_integer(trial->c->record_size_bytes), value_integer(sent),
                         value_integer(sent), value_integer(0), value_integer(sent - lost), value_integer(lost),
                         value_integer(filler_chance(filler, 0.0005) ? 7 : 0), value_integer(window),
                         value_real(failed ? (double)NAN : rate),
                         value_real(failed ? (double)NAN : rate * size / 1048576), value_real(latency->avg_ms),
                         value_real(latency->p50_ms), value_real(latency->p95_ms), value_real(latency->p99_ms),
                         value_real(latency->p999_ms), value_real(latency->max_ms), value_real(client_cpu_s),
                         value_real(filler_near(filler, 3, 0.1)), value_real(filler_near(filler, 0.2, 0.3)),
                         value_real(disturbed ? 5.5 : 0.1), value_real(filler_near(filler, 12, 0.2)),
                         value_real(filler_near(filler, 2, 0.5)), value_real(0), value_integer(300000000),
                         value_integer(window), value_real(warmup_s + duration_s + 0.2),
                         value_real(filler_near(filler, 0.7, 0.1)), value_real(filler_near(filler, 0.4, 0.1)),
                         value_text(library_of(trial->run->driver)), value_text(version->client_version),
                         value_text("4.3.1"), value_text("local"),
                         value_text("{\"client\":\"4.3.1\",\"runtime\":\"17.0.15\"}"), value_text("driver --job -"),
                         value_text("count"), value_real(client_cpu_s * 0.6), value_real(filler_near(filler, 60, 0.1)),
                         value_integer((int64_t)(rate * duration_s * (size + 12))), value_real(0.05),
                         value_real(filler_near(filler, 20, 0.3)), value_real(filler_near(filler, 30, 0.3)),
                         value_real(gsl_ran_gaussian(filler->random, 2)), value_real(gsl_rng_uniform(filler->random))));
    free(topic);
    return id;
}

static inline void put_settings(struct filler *filler, const struct trial *trial, int64_t id)
{
    const struct property_list *asked = &trial->c->producer;
    for (size_t i = 0; i < asked->count && i < SETTINGS_PER_TRIAL; i++) {
        const struct property *property = &asked->items[i];
        put(filler, INTO_SETTING,
            STORE_VALUES(value_integer(id), value_integer((int64_t)i), value_text(property->name),
                         value_text(property->name), value_text(property->value), value_text(property->value),
                         value_integer(1)));
    }
}

static inline void put_intervals(struct filler *filler, const struct version *version, const struct trial *trial,
                                 const struct latency *latency, int64_t id)
{
    static const int64_t lengths_ms[] = {100, 1000};
    double speed = speed_of(version, trial);
    if (!version->intervals && !filler_chance(filler, 1.0 / RARE_INTERVALS))
        return;
    for (int length = 0; length < 2; length++)
        for (int64_t at = 0; at < 11000; at += lengths_ms[length]) {
            int64_t records = (int64_t)filler_near(filler, speed * (double)lengths_ms[length] / 1000, 0.1);
            put(filler, INTO_INTERVAL,
                STORE_VALUES(value_integer(id), value_integer(lengths_ms[length]), value_integer(at),
                             value_integer(records), value_integer(records * trial->c->record_size_bytes),
                             value_integer(0), value_integer((int64_t)(latency->p50_ms * 1e6)),
                             value_integer((int64_t)(latency->p99_ms * 1e6)),
                             value_integer((int64_t)(latency->max_ms * 1e6)), value_real(0.4)));
        }
}

/* With all that belongs to it. */
static inline void put_trial(struct filler *filler, const struct version *version, const struct trial *trial)
{
    const struct latency *latency = latency_of(filler, version, trial);
    int64_t id = put_trial_row(filler, version, trial, latency);
    put_settings(filler, trial, id);
    put_intervals(filler, version, trial, latency, id);
    put(filler, INTO_LATENCY, STORE_VALUES(value_integer(id), value_text("producer"), value_text(latency->payload)));
    if (string_equal(trial->status, "disturbed"))
        put(filler, INTO_DISTURBANCE,
            STORE_VALUES(value_integer(id), value_text("steal"), value_real(0.055), value_real(0.02)));
    if (string_equal(trial->status, "failed"))
        put(filler, INTO_EVENT,
            STORE_VALUES(value_integer(id), value_integer(0), value_integer(900), value_text("stderr"),
                         value_text("org.apache.kafka.common.errors.TimeoutException: 3 record(s) expired")));
    filler->trials_left--;
}

#endif

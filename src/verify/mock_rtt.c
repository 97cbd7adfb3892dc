/* SPDX-License-Identifier: Apache-2.0 */
/* Point: a round-trip time that the mock cluster adds is measured as that time. */
#include "base/clock.h"
#include "measure/histogram.h"
#include "verify/trials.h"

#include "base/banned.h"

/*
 * What is between the time that a response is due and its sample. The mock cluster sleeps in whole milliseconds, rounded up, until a
 * response is due (librdkafka's rdkafka_mock.c, rd_kafka_mock_cluster_thread_main), and the client's thread may sleep as long
 * before it sends: p50 is late by two such sleeps at most. Once in a hundred records the driver may have missed the wake-up
 * too, and then finds the report when its poll ends: 10 ms (WAIT_MS in src/drivers/c/producer.c, the bound of wait() in
 * src/drivers/python/kbench_driver.py). No record is early, but for what the histogram's three digits round off.
 */
#define SLEEPS_MS 2
#define POLL_MS 10
#define COUNTER_SHARE (1.0 / 1024)

static const int round_trips_ms[] = {1, 5, 20, 100};
static const char *const runs[] = {"c", "confluent-python"};

static bool read_minimum(const struct trials *trials, const struct store_result_row *row, double *minimum_ms,
                         struct error *error)
{
    char *payload = store_read_latency(trials->store, row->trial_id, error);
    struct histogram *histogram = payload ? histogram_decode(payload, error) : NULL;
    if (histogram)
        *minimum_ms = (double)histogram_min(histogram) / NS_PER_MS;
    histogram_free(histogram);
    free(payload);
    return histogram != NULL;
}

static void judge(struct verification *verification, const struct store_result_row *row, int rtt_ms, double minimum_ms,
                  const char *part)
{
    double counter_ms = rtt_ms * COUNTER_SHARE;
    int p50_bound_ms = rtt_ms + SLEEPS_MS, p99_bound_ms = rtt_ms + SLEEPS_MS + POLL_MS;
    bool passes = minimum_ms >= rtt_ms - counter_ms && row->latency_p50_ms <= p50_bound_ms + counter_ms &&
                  row->latency_p99_ms <= p99_bound_ms + counter_ms;
    trials_tell(verification, row, part, passes,
                string_format("min ≥ %d, p50 ≤ %d, p99 ≤ %d ms", rtt_ms, p50_bound_ms, p99_bound_ms),
                string_format("min %.3f, p50 %.3f, p99 %.3f ms", minimum_ms, row->latency_p50_ms, row->latency_p99_ms),
                string_format("two sleeps of librdkafka, %d ms, more than the round trip at p50; a poll of the "
                              "client, %d ms, on top at p99",
                              SLEEPS_MS, POLL_MS));
}

static bool check_run(struct verification *verification, const struct trials *trials, int rtt_ms, const char *run,
                      struct error *error)
{
    char *part = string_format("%dms-%s", rtt_ms, run);
    const struct store_result_row *row = trials_need(verification, trials, "fixed-rate", run, part);
    double minimum_ms;
    bool ok = !row || read_minimum(trials, row, &minimum_ms, error);
    if (row && ok)
        judge(verification, row, rtt_ms, minimum_ms, part);
    free(part);
    return ok;
}

static bool check_round_trip(struct verification *verification, int rtt_ms, struct error *error)
{
    struct trials trials;
    char *definition = string_format("mock-rtt-%d", rtt_ms);
    bool ok = trials_run(verification, definition, &trials, error);
    for (size_t i = 0; ok && i < sizeof runs / sizeof *runs; i++)
        ok = check_run(verification, &trials, rtt_ms, runs[i], error);
    trials_release(&trials);
    free(definition);
    return ok;
}

static bool check(struct verification *verification, struct error *error)
{
    for (size_t i = 0; i < sizeof round_trips_ms / sizeof *round_trips_ms; i++)
        if (!check_round_trip(verification, round_trips_ms[i], error))
            return false;
    return true;
}

const struct verification_point point_mock_rtt = {
    .name = "mock-rtt",
    .truth = "an injected round-trip time is the latency",
    .check = check,
};

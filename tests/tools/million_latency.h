/* SPDX-License-Identifier: Apache-2.0 */
/* Some hundred latency histograms that trials take in turn: their percentiles are what their payloads say. */
#ifndef KBENCH_TESTS_TOOLS_MILLION_LATENCY_H
#define KBENCH_TESTS_TOOLS_MILLION_LATENCY_H

#include "measure/histogram.h"
#include "tools/million_database.h"

#define LATENCY_COUNT 400
#define LATENCY_VALUES                                                                                                 \
    32 /* distinct ones in each: fewer than a trial's, so that a payload has 250 bytes and not 2,000 */
#define LATENCY_LOWEST_MS 0.5  /* median of the first of them */
#define LATENCY_HIGHEST_MS 2e3 /* and of the last */

struct latency {
    char *payload;
    double avg_ms, p50_ms, p95_ms, p99_ms, p999_ms, max_ms;
};

static inline double latency_ms(const struct histogram *histogram, double percentile)
{
    return (double)histogram_percentile(histogram, percentile) / 1e6;
}

static inline void latency_draw(gsl_rng *random, double median_ms, struct latency *latency)
{
    struct error error = ERROR_INIT;
    struct histogram *histogram = histogram_new_latency();
    for (int i = 0; i < LATENCY_VALUES; i++) {
        double ms = median_ms * gsl_ran_lognormal(random, 0, 0.5);
        histogram_record(histogram, (int64_t)(ms * 1e6), 1 + (int64_t)gsl_rng_uniform_int(random, 100000));
    }
    *latency = (struct latency){
        .payload = histogram_encode(histogram, &error),
        .avg_ms = histogram_mean(histogram) / 1e6,
        .p50_ms = latency_ms(histogram, 50),
        .p95_ms = latency_ms(histogram, 95),
        .p99_ms = latency_ms(histogram, 99),
        .p999_ms = latency_ms(histogram, 99.9),
        .max_ms = (double)histogram_max(histogram) / 1e6,
    };
    histogram_free(histogram);
    if (!latency->payload) {
        fprintf(stderr, "million: %s\n", error.message);
        exit(2);
    }
}

static inline void latencies_draw(gsl_rng *random, struct latency latencies[LATENCY_COUNT])
{
    for (int i = 0; i < LATENCY_COUNT; i++)
        latency_draw(random, LATENCY_LOWEST_MS * pow(LATENCY_HIGHEST_MS / LATENCY_LOWEST_MS, (double)i / LATENCY_COUNT),
                     &latencies[i]);
}

static inline void latencies_release(struct latency latencies[LATENCY_COUNT])
{
    for (int i = 0; i < LATENCY_COUNT; i++)
        free(latencies[i].payload);
}

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* What a broker's own meters counted, by the file that BrokerMetrics.java writes beside it. Pure. Internal to this room. */
#ifndef KBENCH_CLUSTER_BROKER_METRICS_H
#define KBENCH_CLUSTER_BROKER_METRICS_H

#include <stdint.h>

/* The agent's period; it is never shorter. */
#define BROKER_METRICS_PERIOD_NS (INT64_C(250) * 1000 * 1000)
/* No line is longer: three numbers of 64 bits. */
#define BROKER_METRICS_LINE_BYTES 64

struct broker_metrics {
    double idle_share; /* how much of the span the request handlers waited for work, 0 to 1 */
    double bytes_in;   /* of the producers' batches */
};

/*
 * The figures of [from_ns, to_ns), CLOCK_MONOTONIC, linear between the lines before and behind each bound. NAN where the lines do
 * not cover the span, where a meter was not there and where it began anew (the broker was started again). A handler counts a
 * wait of up to 300 ms when that ends: handlers with nothing to do are known no better than by 0.3 s at each bound.
 */
void broker_metrics_between(const char *lines, int64_t from_ns, int64_t to_ns, struct broker_metrics *metrics);

/* The time of the last whole line; INT64_MIN when there is none. */
int64_t broker_metrics_end_ns(const char *lines);

#endif

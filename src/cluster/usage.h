/* SPDX-License-Identifier: Apache-2.0 */
/* What the brokers of a cluster can tell of how busy they were. Only those that kbench has started tell it. */
#ifndef KBENCH_CLUSTER_USAGE_H
#define KBENCH_CLUSTER_USAGE_H

#include <stdint.h>

#include "cluster/cluster.h"

/* NAN: not known. */
struct cluster_usage {
    double idle_share; /* of the time, how long the request handlers of the busiest broker waited for work: 0 to 1 */
    double bytes_in;   /* record batches as producers sent them, all topics of all brokers; replication not counted */
    double gc_s;       /* how long the broker with most of it stood still for garbage collection */
    double gc_max_ms;  /* the longest of these pauses of any broker */
};

/*
 * Over [from_ns, to_ns) of CLOCK_MONOTONIC. A local broker tells of itself every 250 ms and its figures are linear between; so
 * this waits until all have told of `to_ns`, at most a second behind it, when the call comes earlier. A broker that was started
 * again meanwhile, or one without the agent (there was no JDK to compile it), leaves idle_share and bytes_in unknown.
 */
void cluster_usage(const struct cluster *cluster, int64_t from_ns, int64_t to_ns, struct cluster_usage *usage);

/* Where local brokers keep their logs (Kafka's sense: data); NULL for other kinds of clusters. The cluster's. */
const char *cluster_data_folder(const struct cluster *cluster);

#endif

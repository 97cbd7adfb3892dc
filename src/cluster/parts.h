/* SPDX-License-Identifier: Apache-2.0 */
/* What a struct cluster is made of. Internal to this room. */
#ifndef KBENCH_CLUSTER_PARTS_H
#define KBENCH_CLUSTER_PARTS_H

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include "cluster/admin.h"
#include "cluster/cluster.h"
#include "cluster/local.h"

/* Said by preflight and by a start without one. */
#define CLUSTER_NO_ZOOKEEPER "a local cluster with 'mode: zookeeper' is not built yet; use 'mode: kraft'"

struct cluster {
    const struct cluster_definition *definition; /* the caller's */
    struct redactor *redactor;                   /* the caller's; may be NULL */
    struct admin admin;
    struct local *local;           /* NULL unless kind: local */
    rd_kafka_mock_cluster_t *mock; /* NULL unless kind: mock */
    char *bootstrap_servers;
    struct property_list client_properties;
    char *broker_version;
    int broker_count;
    struct string_list topics; /* made here and not yet deleted */
};

/* Wait until `brokers` brokers (0: those that the cluster lists, at least one) are listed and each answers by itself.
 * Fails at once when a local broker ends, when the cluster turns us away or when a signal asks to stop. */
bool cluster_await_brokers(struct cluster *cluster, int brokers, int timeout_ms, struct error *error);

/* Mock: let the broker (from 1; 0: all) answer so much later than it would. The responses that wait already wait as long. */
void fault_set_rtt(struct cluster *cluster, int broker, int64_t rtt_ms);

/* The sum over partitions of their end offsets (high watermarks). A new topic begins at 0, so that this is what was ever stored,
 * also where the start has moved since: by retention, or in the mock, which keeps the last 5 MiB of a partition. */
bool cluster_sum_end_offsets(struct cluster *cluster, const char *topic, int partitions, int64_t *sum,
                             struct error *error);

#endif

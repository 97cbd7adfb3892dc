/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one client handle that a cluster keeps alive for its administration, and what it last complained about. Internal to
 * this room. librdkafka writes nothing to the terminal; its complaints come back in error messages instead.
 */
#ifndef KBENCH_CLUSTER_ADMIN_H
#define KBENCH_CLUSTER_ADMIN_H

#include <librdkafka/rdkafka.h>

#include "base/error.h"
#include "experiment/experiment.h"

struct admin {
    rd_kafka_t *client;
    int reason_rank;  /* how much the complaint tells, see admin.c */
    char reason[512]; /* the last complaint of the highest rank, "" when there was none */
};

/* `properties` are librdkafka's own names. The struct must not move until admin_close(). */
bool admin_open(struct admin *admin, const struct property_list *properties, struct error *error);
void admin_close(struct admin *admin); /* harmless when not open */

/* Let the client's callbacks run: complaints arrive only here and in admin_await(). */
void admin_serve(struct admin *admin);
/* The cluster is there and turns us away (authentication, TLS): waiting will not help. */
bool admin_is_refused(const struct admin *admin);
void admin_forget_reason(struct admin *admin);

/* The next result on `queue`, or NULL after `timeout_ms`; the caller destroys it. Each operation has a queue of its own, so
 * that a late result of an earlier one is never taken for it. */
rd_kafka_event_t *admin_await(struct admin *admin, rd_kafka_queue_t *queue, int timeout_ms);
/* An options object with the timeouts set; the caller destroys it. */
rd_kafka_AdminOptions_t *admin_options(struct admin *admin, rd_kafka_admin_op_t operation, int timeout_ms);

/* Node ids of the brokers that the cluster lists now; the caller frees `*ids`. -1 when nobody answers in time. */
int admin_list_brokers(struct admin *admin, int timeout_ms, int32_t **ids);
/*
 * DescribeConfigs of each broker, answered by that broker itself, all at once. events[i] belongs to ids[i] and is
 * destroyed by the caller; it is NULL or holds an error where there was no answer. Returns how many answered.
 */
int admin_describe_brokers(struct admin *admin, const int32_t *ids, int count, int timeout_ms,
                           rd_kafka_event_t **events);

#endif

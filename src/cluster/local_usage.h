/* SPDX-License-Identifier: Apache-2.0 */
/* How the JVMs of local brokers are made to tell of themselves, and what they have told. Internal to this room. */
#ifndef KBENCH_CLUSTER_LOCAL_USAGE_H
#define KBENCH_CLUSTER_LOCAL_USAGE_H

#include "cluster/local.h"
#include "cluster/usage.h"

/* Append the arguments by which a broker's JVM logs its pauses and runs the agent that writes its meters. */
void local_usage_push_arguments(const struct local *local, const struct broker *broker, struct string_list *arguments);

/* As cluster_usage(). */
void local_usage(const struct local *local, int64_t from_ns, int64_t to_ns, struct cluster_usage *usage);

#endif

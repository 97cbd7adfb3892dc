/* SPDX-License-Identifier: Apache-2.0 */
/* Faults on purpose: brokers that stand still, and brokers that are killed and come back. */
#include <signal.h>

#include "cluster/parts.h"

#include "base/banned.h"

/*
 * A response goes when the round-trip time in force has passed since it was made, and is looked at again when that time changes: one
 * that is longer than any fault holds all back, 0 lets all go. (Any other time would not do: where a response waited, the mock
 * does not look again before that wait is over. So a pause and an injected round-trip time exclude each other.)
 */
#define HELD_MS (7 * 86400 * 1000)

static bool is_meant(int broker, int wanted)
{
    return wanted == 0 || wanted == broker;
}

void fault_set_rtt(struct cluster *cluster, int broker, int64_t rtt_ms)
{
    for (int id = 1; id <= cluster->definition->brokers; id++)
        if (is_meant(id, broker))
            rd_kafka_mock_broker_set_rtt(cluster->mock, id, (int)rtt_ms);
}

static void drop_connections(struct cluster *cluster, int broker)
{
    for (int id = 1; id <= cluster->definition->brokers; id++)
        if (is_meant(id, broker))
            rd_kafka_mock_broker_set_down(cluster->mock, id);
}

static void accept_connections(struct cluster *cluster, int broker)
{
    for (int id = 1; id <= cluster->definition->brokers; id++)
        if (is_meant(id, broker))
            rd_kafka_mock_broker_set_up(cluster->mock, id);
}

void cluster_begin_fault(struct cluster *cluster, const struct fault *fault)
{
    bool is_pause = fault->kind == FAULT_PAUSE;
    if (cluster->local && is_pause)
        local_signal(cluster->local, fault->broker, SIGSTOP);
    else if (cluster->local)
        local_kill_broker(cluster->local, fault->broker);
    else if (cluster->mock && is_pause)
        fault_set_rtt(cluster, fault->broker, HELD_MS);
    else if (cluster->mock)
        drop_connections(cluster, fault->broker);
}

bool cluster_end_fault(struct cluster *cluster, const struct fault *fault, struct error *error)
{
    bool is_pause = fault->kind == FAULT_PAUSE;
    if (cluster->local && is_pause)
        local_signal(cluster->local, fault->broker, SIGCONT);
    else if (cluster->local)
        return local_relaunch(cluster->local, fault->broker, error);
    else if (cluster->mock && is_pause)
        fault_set_rtt(cluster, fault->broker, 0);
    else if (cluster->mock)
        accept_connections(cluster, fault->broker);
    return true;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "runner/trial_usage.h"

#include <math.h>

#include "cluster/usage.h"

#include "base/banned.h"

static double absent_if_negative(double value)
{
    return value < 0 ? NAN : value;
}

static void take_machine(struct store_trial *row, const struct sampler_usage *usage)
{
    row->client_cpu_s = absent_if_negative(usage->client_cpu_s);
    row->client_busiest_thread_cpu_s = absent_if_negative(usage->client_busiest_thread_cpu_s);
    row->broker_cpu_s = absent_if_negative(usage->broker_cpu_s);
    row->other_cpu_s = absent_if_negative(usage->other_cpu_s);
    row->steal_percent = absent_if_negative(usage->steal_percent);
    row->stall_cpu_percent = absent_if_negative(usage->stall_cpu_percent);
    row->stall_io_percent = absent_if_negative(usage->stall_io_percent);
    row->stall_memory_percent = absent_if_negative(usage->stall_memory_percent);
    row->disk_busy_percent = absent_if_negative(usage->disk_busy_percent);
    row->dirty_bytes_max = usage->dirty_bytes_max < 0 ? STORE_ABSENT : usage->dirty_bytes_max;
    row->frequency_mhz = absent_if_negative(usage->frequency_mhz);
}

static void take_brokers(struct store_trial *row, const struct cluster_usage *usage)
{
    row->broker_idle_percent = 100 * usage->idle_share;
    row->broker_bytes_in = isnan(usage->bytes_in) ? STORE_ABSENT : (int64_t)(usage->bytes_in + 0.5);
    row->broker_gc_s = usage->gc_s;
    row->broker_gc_max_ms = usage->gc_max_ms;
}

void trial_usage_take(struct trial *trial, const struct execution *execution, int64_t from_ns, int64_t to_ns)
{
    struct sampler_usage of_machine;
    struct cluster_usage of_brokers;
    sampler_usage(execution->sampler, from_ns, to_ns, &of_machine);
    cluster_usage(execution->request->cluster, from_ns, to_ns, &of_brokers);
    take_machine(&trial->row, &of_machine);
    take_brokers(&trial->row, &of_brokers);
}

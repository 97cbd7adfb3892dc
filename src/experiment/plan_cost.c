/* SPDX-License-Identifier: Apache-2.0 */
#include "experiment/plan_cost.h"

#include <math.h>

#include "experiment/units.h"

#include "base/banned.h"

/* Topic, drivers' start and end, verification. */
#define TRIAL_ALLOWANCE_S 2.5
/* Reading a topic back: the reader's start, and then what Kafka's own consumer did of 100-byte records beside busy neighbours. */
#define READER_START_S 2.0
#define READ_RECORDS_PER_SEC 400000.0
/* After the trial, until a local broker that was killed is back and in sync. */
#define BROKER_RETURN_S 10.0
/* Start of a local cluster, and driving it until it is steady. */
#define LOCAL_START_S 60.0

/* What Kafka adds to a record in a batch, with its share of the batch's own head. */
#define RECORD_OVERHEAD_BYTES 20
#define MEBIBYTE (INT64_C(1) << 20)
#define BROKER_OFF_HEAP_BYTES (256 * MEBIBYTE)
#define JVM_HEAP_DEFAULT_BYTES (512 * MEBIBYTE)
#define CLIENT_BYTES (256 * MEBIBYTE) /* a client beside its heap and its buffer of records */
#define PAYLOAD_BYTES (8 * MEBIBYTE)
#define BUFFER_DEFAULT_BYTES (32 * MEBIBYTE) /* buffer.memory of Kafka's Java client */

static double lower(double a, double b)
{
    return a < b ? a : b;
}

/* Records/s of all producers of a case, when one of them without a fixed rate does at most these. */
static double rate_of(const struct experiment_case *c, double records_per_sec, double bytes_per_sec)
{
    if (c->rate_per_sec > 0)
        return c->rate_per_sec;
    int producers = c->producers > 0 ? c->producers : 1;
    return lower(records_per_sec * producers, bytes_per_sec / (double)(c->record_size_bytes + RECORD_OVERHEAD_BYTES));
}

/* Seconds in which a trial sends, when its records decide. */
static double sending_s(const struct experiment_case *c, double rate)
{
    return c->records ? (double)c->records / rate : (double)(c->warmup_ms + c->duration_ms) / 1000;
}

static bool kills_brokers(const struct experiment_case *c)
{
    for (size_t i = 0; i < c->fault_count; i++)
        if (c->faults[i].kind == FAULT_KILL)
            return true;
    return false;
}

double plan_trial_s(const struct experiment_case *c)
{
    double rate = rate_of(c, PLAN_EXPECTED_RECORDS_PER_SEC, PLAN_EXPECTED_BYTES_PER_SEC);
    double seconds = sending_s(c, rate) + TRIAL_ALLOWANCE_S;
    if (c->verify == VERIFY_CONTENT)
        seconds += READER_START_S + rate * sending_s(c, rate) / READ_RECORDS_PER_SEC;
    return kills_brokers(c) ? seconds + BROKER_RETURN_S : seconds;
}

double plan_start_s(const struct experiment *experiment)
{
    return experiment->cluster.kind == CLUSTER_LOCAL ? LOCAL_START_S : 0;
}

static double topic_bytes(const struct experiment_case *c)
{
    double rate = rate_of(c, PLAN_MOST_RECORDS_PER_SEC, PLAN_MOST_BYTES_PER_SEC / c->replication_factor);
    double records = c->records ? (double)c->records : rate * sending_s(c, rate);
    return records * (double)(c->record_size_bytes + RECORD_OVERHEAD_BYTES) * c->replication_factor;
}

static int shift_of(char unit)
{
    switch (unit) {
    case 'g':
    case 'G': return 30;
    case 'm':
    case 'M': return 20;
    case 'k':
    case 'K': return 10;
    default: return 0;
    }
}

/* The heap of a JVM by its last -Xmx; `fallback` when it has none that can be read. */
static int64_t heap_bytes(const struct string_list *jvm, int64_t fallback)
{
    int64_t heap = fallback;
    for (size_t i = 0; i < jvm->count; i++) {
        if (!string_starts_with(jvm->items[i], "-Xmx"))
            continue;
        char *unit;
        long long number = strtoll(jvm->items[i] + strlen("-Xmx"), &unit, 10);
        if (number > 0 && number < INT64_MAX >> shift_of(*unit))
            heap = (int64_t)number << shift_of(*unit);
    }
    return heap;
}

static int64_t client_bytes(const struct experiment_case *c, const struct experiment_run *run)
{
    const char *written = property_list_get(&c->producer, "buffer.memory");
    int64_t buffer = BUFFER_DEFAULT_BYTES;
    if (written)
        units_read_integer(written, &buffer);
    int64_t one = heap_bytes(&run->jvm, JVM_HEAP_DEFAULT_BYTES) + buffer + CLIENT_BYTES;
    return one * (c->producers + c->consumers);
}

static int64_t brokers_bytes(const struct cluster_definition *cluster)
{
    if (cluster->kind != CLUSTER_LOCAL)
        return 0;
    return cluster->brokers * (heap_bytes(&cluster->jvm, 1024 * MEBIBYTE) + BROKER_OFF_HEAP_BYTES);
}

void plan_cost(const struct experiment *experiment, struct plan *plan)
{
    double before = 0, disk = 0;
    int64_t clients = 0;
    plan->expected_s = plan->count ? plan_start_s(experiment) : 0;
    for (size_t i = 0; i < plan->count; i++) {
        const struct experiment_pair *pair = &experiment->pairs[plan->steps[i].pair];
        const struct experiment_case *c = &experiment->cases[pair->case_index];
        double topic = topic_bytes(c);
        int64_t client = client_bytes(c, &experiment->runs[pair->run_index]);
        plan->expected_s += plan_trial_s(c);
        if (i < plan->least_count)
            plan->least_expected_s = plan->expected_s;
        disk = before + topic > disk ? before + topic : disk;
        before = topic;
        clients = client > clients ? client : clients;
    }
    plan->disk_bytes = experiment->cluster.kind == CLUSTER_LOCAL ? (int64_t)lower(ceil(disk), 9e18) : 0;
    plan->memory_bytes = brokers_bytes(&experiment->cluster) + clients + PAYLOAD_BYTES;
}

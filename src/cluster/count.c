/* SPDX-License-Identifier: Apache-2.0 */
/* How many records a topic has stored. */
#include "base/clock.h"
#include "cluster/parts.h"

#include "base/banned.h"

#define COUNT_TIMEOUT_MS 10000
#define OFFSETS_TIMEOUT_MS 3000
#define PAUSE_MS 20
/* Two equal sums this far apart are steady. */
#define STEADY_MS 100
/* Records that were acknowledged and are not there yet get longer before they count as lost. */
#define MISSING_MS 2000

/* A new leader or a new connection may need a moment, so one refusal is not believed. */
static bool end_offset(struct cluster *cluster, const char *topic, int partition, int64_t *end, struct error *error)
{
    int64_t deadline_ns = clock_monotonic_ns() + OFFSETS_TIMEOUT_MS * NS_PER_MS;
    for (;;) {
        int64_t low;
        rd_kafka_resp_err_t code =
            rd_kafka_query_watermark_offsets(cluster->admin.client, topic, partition, &low, end, OFFSETS_TIMEOUT_MS);
        admin_serve(&cluster->admin);
        if (!code)
            return true;
        if (!cluster_is_alive(cluster, error))
            return false;
        if (clock_monotonic_ns() > deadline_ns)
            return error_set(error, ERROR_UNAVAILABLE, "cannot read the offsets of the topic '%s', partition %d: %s",
                             topic, partition, rd_kafka_err2str(code));
        clock_sleep_ms(PAUSE_MS);
    }
}

bool cluster_sum_end_offsets(struct cluster *cluster, const char *topic, int partitions, int64_t *sum,
                             struct error *error)
{
    *sum = 0;
    for (int i = 0; i < partitions; i++) {
        int64_t end;
        if (!end_offset(cluster, topic, i, &end, error))
            return false;
        *sum += end;
    }
    return true;
}

bool cluster_await_records(struct cluster *cluster, const char *topic, int partitions, int64_t expected,
                           int64_t *records, struct error *error)
{
    int64_t start_ns = clock_monotonic_ns(), steady_since_ns = start_ns, previous = -1;
    for (;;) {
        int64_t now_ns = clock_monotonic_ns();
        if (!cluster_sum_end_offsets(cluster, topic, partitions, records, error))
            return false;
        if (*records != previous)
            steady_since_ns = now_ns;
        else if (now_ns - steady_since_ns >= (*records >= expected ? STEADY_MS : MISSING_MS) * NS_PER_MS)
            return true;
        previous = *records;
        if (now_ns - start_ns > COUNT_TIMEOUT_MS * NS_PER_MS)
            return error_set(error, ERROR_UNAVAILABLE, "the records of the topic '%s' do not settle within %d s", topic,
                             COUNT_TIMEOUT_MS / 1000);
        clock_sleep_ms(STEADY_MS + 1);
    }
}

bool cluster_count_records(struct cluster *cluster, const char *topic, int partitions, int64_t *records,
                           struct error *error)
{
    return cluster_await_records(cluster, topic, partitions, 0, records, error);
}

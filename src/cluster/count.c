/* SPDX-License-Identifier: Apache-2.0 */
/* Which offsets a topic has, and so how many records it has stored. */
#include "base/clock.h"
#include "cluster/parts.h"

#include "base/banned.h"

#define SETTLE_TIMEOUT_MS 10000
#define OFFSETS_TIMEOUT_MS 3000
#define PAUSE_MS 20
/* Two equal sums this far apart are steady. */
#define STEADY_MS 100
/* Records that were acknowledged and are not there yet get longer before they count as lost. */
#define MISSING_MS 2000

/* A new leader or a new connection may need a moment, so one refusal is not believed. */
static bool read_range(struct cluster *cluster, const char *topic, int partition, struct cluster_range *range,
                       struct error *error)
{
    int64_t deadline_ns = clock_monotonic_ns() + OFFSETS_TIMEOUT_MS * NS_PER_MS;
    for (;;) {
        rd_kafka_resp_err_t code = rd_kafka_query_watermark_offsets(cluster->admin.client, topic, partition,
                                                                    &range->begin, &range->end, OFFSETS_TIMEOUT_MS);
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

bool cluster_read_ranges(struct cluster *cluster, const char *topic, int partitions, struct cluster_range *ranges,
                         struct error *error)
{
    for (int i = 0; i < partitions; i++)
        if (!read_range(cluster, topic, i, &ranges[i], error))
            return false;
    return true;
}

bool cluster_sum_end_offsets(struct cluster *cluster, const char *topic, int partitions, int64_t *sum,
                             struct error *error)
{
    *sum = 0;
    for (int i = 0; i < partitions; i++) {
        struct cluster_range range;
        if (!read_range(cluster, topic, i, &range, error))
            return false;
        *sum += range.end;
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
        if (now_ns - start_ns > SETTLE_TIMEOUT_MS * NS_PER_MS)
            return error_set(error, ERROR_UNAVAILABLE, "the records of the topic '%s' do not settle within %d s", topic,
                             SETTLE_TIMEOUT_MS / 1000);
        clock_sleep_ms(STEADY_MS + 1);
    }
}

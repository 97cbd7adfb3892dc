/* SPDX-License-Identifier: Apache-2.0 */
/* Readiness, asked of the brokers themselves. */
#include "base/clock.h"
#include "base/interrupt.h"
#include "cluster/parts.h"

#include "base/banned.h"

#define LIST_TIMEOUT_MS 250
#define ANSWER_TIMEOUT_MS 2000
#define PAUSE_MS 20
#define SCRAM_FIXED_VERSION 0x020601ff /* of librdkafka */

static bool all_answer(struct cluster *cluster, const int32_t *ids, int count)
{
    if (cluster->mock) /* knows no DescribeConfigs; its brokers are there as soon as they are listed */
        return true;
    rd_kafka_event_t **events = memory_zeroed((size_t)count, sizeof *events);
    int answered = admin_describe_brokers(&cluster->admin, ids, count, ANSWER_TIMEOUT_MS, events);
    for (int i = 0; i < count; i++)
        if (events[i])
            rd_kafka_event_destroy(events[i]);
    free(events);
    return answered == count;
}

/*
 * Listed, answering, still listed: a broker that died is listed until its session ends, so that a list alone may be old; one
 * that answers has registered anew, and one that is listed after that takes part again.
 */
static bool is_whole(struct cluster *cluster, int brokers, int *listed)
{
    int32_t *ids, *again;
    bool whole = false;
    *listed = admin_list_brokers(&cluster->admin, LIST_TIMEOUT_MS, &ids);
    if (*listed >= (brokers > 0 ? brokers : 1) && all_answer(cluster, ids, *listed)) {
        int count = admin_list_brokers(&cluster->admin, LIST_TIMEOUT_MS, &again);
        whole = count >= *listed && rd_kafka_controllerid(cluster->admin.client, 0) >= 0;
        cluster->broker_count = count > 0 ? count : 0;
        free(again);
    }
    free(ids);
    return whole;
}

static bool not_whole(const struct cluster *cluster, int brokers, int listed, int timeout_ms, struct error *error)
{
    const char *reason = cluster->admin.reason;
    struct text state = TEXT_INIT;
    if (listed < 0)
        text_append(&state, "nobody answers");
    else if (brokers > 0 && listed < brokers)
        text_append_format(&state, "only %d of %d brokers are there", listed, brokers);
    else
        text_append_format(&state, "not all of its %d brokers answer", listed);
    error_set(error, ERROR_UNAVAILABLE, "the cluster at '%s' is not ready after %d s: %s%s%s",
              cluster->bootstrap_servers, timeout_ms / 1000, state.bytes, reason[0] ? "; " : "", reason);
    text_release(&state);
    return false;
}

/* librdkafka repeated its nonce in SCRAM's last message until 2.6.1. Brokers before 4.0 let that pass, later ones call it a wrong
 * password. */
static const char *refusal_hint(const struct cluster *cluster)
{
    const char *mechanism = property_list_get(&cluster->client_properties, "sasl.mechanism");
    if (!mechanism || !string_starts_with(mechanism, "SCRAM-") || rd_kafka_version() >= SCRAM_FIXED_VERSION)
        return "";
    return "; brokers since Kafka 4.0 refuse every login by SCRAM of this librdkafka, it must be 2.6.1 or newer";
}

static bool refused(const struct cluster *cluster, struct error *error)
{
    return error_set(error, ERROR_UNAVAILABLE, "the cluster at '%s' refuses: %s%s", cluster->bootstrap_servers,
                     cluster->admin.reason, refusal_hint(cluster));
}

bool cluster_await_brokers(struct cluster *cluster, int brokers, int timeout_ms, struct error *error)
{
    int64_t deadline_ns = clock_monotonic_ns() + timeout_ms * NS_PER_MS;
    int listed = -1;
    admin_forget_reason(&cluster->admin);
    while (clock_monotonic_ns() < deadline_ns) {
        if (interrupt_count() > 0)
            return error_set(error, ERROR_INTERRUPTED, "interrupted while waiting for the cluster");
        if (!cluster_is_alive(cluster, error))
            return false;
        if (is_whole(cluster, brokers, &listed))
            return true;
        if (admin_is_refused(&cluster->admin))
            return refused(cluster, error);
        clock_sleep_ms(PAUSE_MS);
    }
    return not_whole(cluster, brokers, listed, timeout_ms, error);
}

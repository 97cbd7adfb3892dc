/* SPDX-License-Identifier: Apache-2.0 */
#include "cluster/admin.h"

#include "base/clock.h"
#include "base/text.h"

#include "base/banned.h"

enum reason_rank { RANK_NONE, RANK_OTHER, RANK_CONNECTION, RANK_NAME, RANK_REFUSED };

/* "All brokers are down" only repeats what the complaint about each broker has said better. */
static enum reason_rank rank_of(rd_kafka_resp_err_t code)
{
    switch (code) {
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
    case RD_KAFKA_RESP_ERR__SSL: return RANK_REFUSED;
    case RD_KAFKA_RESP_ERR__RESOLVE: return RANK_NAME;
    case RD_KAFKA_RESP_ERR__TRANSPORT: return RANK_CONNECTION;
    default: return RANK_OTHER;
    }
}

static void on_error(rd_kafka_t *client, int code, const char *reason, void *opaque)
{
    (void)client;
    struct admin *admin = opaque;
    int rank = (int)rank_of((rd_kafka_resp_err_t)code);
    if (rank < admin->reason_rank)
        return;
    admin->reason_rank = rank;
    snprintf(admin->reason, sizeof admin->reason, "%s", reason);
}

static void on_log(const rd_kafka_t *client, int level, const char *facility, const char *line)
{
    (void)client;
    (void)level;
    (void)facility;
    (void)line;
}

static bool set_property(rd_kafka_conf_t *conf, const char *name, const char *value, struct error *error)
{
    char reason[256];
    if (rd_kafka_conf_set(conf, name, value, reason, sizeof reason) == RD_KAFKA_CONF_OK)
        return true;
    return error_set(error, ERROR_INPUT, "client property '%s': %s", name, reason);
}

bool admin_open(struct admin *admin, const struct property_list *properties, struct error *error)
{
    /*
     * A consumer's handle, not a producer's: a producer's asks for topics in a way that lets the brokers create them. It
     * joins no group and reads nothing. A broker that has just come up should be found at once, not after 10 s.
     */
    static const struct {
        const char *name, *value;
    } own[] = {
        {"client.id", "kbench-admin"},  {"allow.auto.create.topics", "false"}, {"isolation.level", "read_uncommitted"},
        {"reconnect.backoff.ms", "50"}, {"reconnect.backoff.max.ms", "250"},
    };
    *admin = (struct admin){.client = NULL};
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (!set_property(conf, own[i].name, own[i].value, error))
            goto failed;
    for (size_t i = 0; i < properties->count; i++)
        if (!set_property(conf, properties->items[i].name, properties->items[i].value, error))
            goto failed;
    rd_kafka_conf_set_opaque(conf, admin);
    rd_kafka_conf_set_error_cb(conf, on_error);
    rd_kafka_conf_set_log_cb(conf, on_log);
    char reason[512];
    admin->client = rd_kafka_new(RD_KAFKA_CONSUMER, conf, reason, sizeof reason);
    if (!admin->client) {
        error_set(error, ERROR_INPUT, "the client properties of the cluster do not work: %s", reason);
        goto failed;
    }
    return true;
failed:
    rd_kafka_conf_destroy(conf);
    return false;
}

void admin_close(struct admin *admin)
{
    if (!admin->client)
        return;
    rd_kafka_destroy_flags(admin->client, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
    admin->client = NULL;
}

void admin_serve(struct admin *admin)
{
    rd_kafka_poll(admin->client, 0);
}

bool admin_is_refused(const struct admin *admin)
{
    return admin->reason_rank == RANK_REFUSED;
}

void admin_forget_reason(struct admin *admin)
{
    admin_serve(admin);
    admin->reason_rank = RANK_NONE;
    admin->reason[0] = '\0';
}

rd_kafka_event_t *admin_await(struct admin *admin, rd_kafka_queue_t *queue, int timeout_ms)
{
    int64_t deadline_ns = clock_monotonic_ns() + timeout_ms * NS_PER_MS;
    for (;;) {
        int64_t left_ms = (deadline_ns - clock_monotonic_ns()) / NS_PER_MS;
        int slice_ms = left_ms < 0 ? 0 : left_ms > 100 ? 100 : (int)left_ms;
        rd_kafka_event_t *event = rd_kafka_queue_poll(queue, slice_ms);
        admin_serve(admin);
        if (event || left_ms <= 0)
            return event;
    }
}

rd_kafka_AdminOptions_t *admin_options(struct admin *admin, rd_kafka_admin_op_t operation, int timeout_ms)
{
    rd_kafka_AdminOptions_t *options = rd_kafka_AdminOptions_new(admin->client, operation);
    char reason[256];
    rd_kafka_AdminOptions_set_request_timeout(options, timeout_ms, reason, sizeof reason);
    /* How long the controller may take before it answers; not a thing that DescribeConfigs has. */
    if (operation != RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS)
        rd_kafka_AdminOptions_set_operation_timeout(options, timeout_ms, reason, sizeof reason);
    return options;
}

int admin_list_brokers(struct admin *admin, int timeout_ms, int32_t **ids)
{
    *ids = NULL;
    const struct rd_kafka_metadata *metadata;
    rd_kafka_resp_err_t code = rd_kafka_metadata(admin->client, 0, NULL, &metadata, timeout_ms);
    admin_serve(admin);
    if (code)
        return -1;
    int count = metadata->broker_cnt;
    *ids = memory_zeroed((size_t)count, sizeof **ids);
    for (int i = 0; i < count; i++)
        (*ids)[i] = metadata->brokers[i].id;
    rd_kafka_metadata_destroy(metadata);
    return count;
}

static void ask_broker(struct admin *admin, rd_kafka_queue_t *queue, int32_t id, size_t index, int timeout_ms)
{
    char name[16];
    snprintf(name, sizeof name, "%d", id);
    rd_kafka_AdminOptions_t *options = admin_options(admin, RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, timeout_ms);
    rd_kafka_AdminOptions_set_opaque(options, (void *)(uintptr_t)index);
    rd_kafka_ConfigResource_t *resource = rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_BROKER, name);
    rd_kafka_DescribeConfigs(admin->client, &resource, 1, options, queue);
    rd_kafka_ConfigResource_destroy(resource);
    rd_kafka_AdminOptions_destroy(options);
}

int admin_describe_brokers(struct admin *admin, const int32_t *ids, int count, int timeout_ms,
                           rd_kafka_event_t **events)
{
    int answered = 0;
    rd_kafka_queue_t *queue = rd_kafka_queue_new(admin->client);
    for (int i = 0; i < count; i++) {
        events[i] = NULL;
        ask_broker(admin, queue, ids[i], (size_t)i, timeout_ms);
    }
    /* Each request gives one event, at the latest at its own timeout; the wait is longer so that none is left behind. */
    for (int i = 0; i < count; i++) {
        rd_kafka_event_t *event = admin_await(admin, queue, timeout_ms + 1000);
        if (!event)
            break;
        events[(uintptr_t)rd_kafka_event_opaque(event)] = event;
        /* Codes of librdkafka itself are negative; the others are a broker's answer, even when it says no. */
        if (rd_kafka_event_error(event) >= 0)
            answered++;
    }
    rd_kafka_queue_destroy(queue);
    return answered;
}

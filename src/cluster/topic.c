/* SPDX-License-Identifier: Apache-2.0 */
/* Topics: made, waited for, deleted; and the list of those that are ours. */
#include "base/clock.h"
#include "cluster/parts.h"

#include "base/banned.h"

#define CONTROLLER_TIMEOUT_MS 10000
#define READY_TIMEOUT_MS 15000
#define METADATA_TIMEOUT_MS 3000
#define PAUSE_MS 20

static void forget_topic(struct cluster *cluster, const char *topic)
{
    struct string_list kept = {.items = NULL};
    for (size_t i = 0; i < cluster->topics.count; i++)
        if (!string_equal(cluster->topics.items[i], topic))
            string_list_push(&kept, cluster->topics.items[i]);
    string_list_release(&cluster->topics);
    cluster->topics = kept;
}

void cluster_keep_topic(struct cluster *cluster, const char *topic)
{
    forget_topic(cluster, topic);
}

/* A topic that the brokers cannot make as it was asked for is the definition's fault, anything else the cluster's. */
static enum error_category category_of(rd_kafka_resp_err_t code)
{
    switch (code) {
    case RD_KAFKA_RESP_ERR_INVALID_CONFIG:
    case RD_KAFKA_RESP_ERR_INVALID_PARTITIONS:
    case RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR:
    case RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION:
    case RD_KAFKA_RESP_ERR_POLICY_VIOLATION:
    case RD_KAFKA_RESP_ERR__INVALID_ARG: return ERROR_INPUT;
    default: return ERROR_UNAVAILABLE;
    }
}

/* The outcome of an operation on one topic; `reason` gets words for it, the result being freed with the event. */
static rd_kafka_resp_err_t topic_outcome(struct admin *admin, rd_kafka_queue_t *queue, struct text *reason)
{
    rd_kafka_event_t *event = admin_await(admin, queue, CONTROLLER_TIMEOUT_MS + 1000);
    if (!event) {
        text_append(reason, "no answer");
        return RD_KAFKA_RESP_ERR__TIMED_OUT;
    }
    size_t count = 0;
    const rd_kafka_topic_result_t **results = NULL;
    rd_kafka_resp_err_t code = rd_kafka_event_error(event);
    const char *words = rd_kafka_event_error_string(event);
    if (!code && rd_kafka_event_CreateTopics_result(event))
        results = rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event), &count);
    else if (!code && rd_kafka_event_DeleteTopics_result(event))
        results = rd_kafka_DeleteTopics_result_topics(rd_kafka_event_DeleteTopics_result(event), &count);
    if (count > 0) {
        code = rd_kafka_topic_result_error(results[0]);
        words = rd_kafka_topic_result_error_string(results[0]);
    }
    if (code)
        text_append(reason, words ? words : rd_kafka_err2str(code));
    rd_kafka_event_destroy(event);
    return code;
}

static bool request_topic(struct cluster *cluster, const char *topic, int partitions, int replication_factor,
                          const struct property_list *config, struct error *error)
{
    struct admin *admin = &cluster->admin;
    char refusal[512];
    rd_kafka_NewTopic_t *new_topic =
        rd_kafka_NewTopic_new(topic, partitions, replication_factor, refusal, sizeof refusal);
    if (!new_topic)
        return error_set(error, ERROR_INPUT, "cannot make the topic '%s': %s", topic, refusal);
    for (size_t i = 0; config && i < config->count; i++)
        rd_kafka_NewTopic_set_config(new_topic, config->items[i].name, config->items[i].value);
    struct text reason = TEXT_INIT;
    rd_kafka_queue_t *queue = rd_kafka_queue_new(admin->client);
    rd_kafka_AdminOptions_t *options = admin_options(admin, RD_KAFKA_ADMIN_OP_CREATETOPICS, CONTROLLER_TIMEOUT_MS);
    rd_kafka_CreateTopics(admin->client, &new_topic, 1, options, queue);
    rd_kafka_resp_err_t code = topic_outcome(admin, queue, &reason);
    /* Without an answer it may be there all the same: ours to delete. What a broker refused is not. */
    if (code <= 0 || code == RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT)
        string_list_push(&cluster->topics, topic);
    if (code)
        error_set(error, category_of(code), "cannot make the topic '%s': %s", topic, reason.bytes);
    rd_kafka_AdminOptions_destroy(options);
    rd_kafka_queue_destroy(queue);
    rd_kafka_NewTopic_destroy(new_topic);
    text_release(&reason);
    return code == RD_KAFKA_RESP_ERR_NO_ERROR;
}

static bool make_mock_topic(struct cluster *cluster, const char *topic, int partitions, int replication_factor,
                            struct error *error)
{
    if (replication_factor > cluster->definition->brokers) /* the mock would make fewer replicas and not say so */
        return error_set(error, ERROR_INPUT, "cannot make the topic '%s': %d replicas, but only %d brokers", topic,
                         replication_factor, cluster->definition->brokers);
    rd_kafka_resp_err_t code = rd_kafka_mock_topic_create(cluster->mock, topic, partitions, replication_factor);
    if (code)
        return error_set(error, category_of(code), "cannot make the topic '%s': %s", topic, rd_kafka_err2str(code));
    string_list_push(&cluster->topics, topic);
    return true;
}

/* Empty when the topic is whole, else what is missing. */
static void find_missing(const struct rd_kafka_metadata *metadata, int partitions, int replication_factor,
                         struct text *missing)
{
    text_clear(missing);
    const struct rd_kafka_metadata_topic *topic = metadata->topic_cnt == 1 ? &metadata->topics[0] : NULL;
    if (!topic || topic->err || topic->partition_cnt != partitions) {
        text_append_format(missing, "%d of %d partitions are there", topic ? topic->partition_cnt : 0, partitions);
        return;
    }
    for (int i = 0; i < partitions && missing->length == 0; i++) {
        const struct rd_kafka_metadata_partition *partition = &topic->partitions[i];
        if (partition->leader < 0)
            text_append_format(missing, "partition %d has no leader", partition->id);
        else if (partition->isr_cnt < replication_factor)
            text_append_format(missing, "partition %d has %d of %d replicas in sync", partition->id, partition->isr_cnt,
                               replication_factor);
    }
}

bool cluster_await_topic(struct cluster *cluster, const char *topic, int partitions, int replication_factor,
                         struct error *error)
{
    bool ok = false;
    struct text missing = TEXT_INIT;
    rd_kafka_topic_t *handle = rd_kafka_topic_new(cluster->admin.client, topic, NULL);
    if (!handle)
        return error_set(error, ERROR_UNAVAILABLE, "topic '%s': %s", topic, rd_kafka_err2str(rd_kafka_last_error()));
    int64_t deadline_ns = clock_monotonic_ns() + READY_TIMEOUT_MS * NS_PER_MS;
    while (clock_monotonic_ns() < deadline_ns) {
        const struct rd_kafka_metadata *metadata;
        if (!cluster_is_alive(cluster, error))
            goto done;
        rd_kafka_resp_err_t code = rd_kafka_metadata(cluster->admin.client, 0, handle, &metadata, METADATA_TIMEOUT_MS);
        admin_serve(&cluster->admin);
        if (code) {
            text_clear(&missing);
            text_append(&missing, rd_kafka_err2str(code));
        } else {
            find_missing(metadata, partitions, replication_factor, &missing);
            rd_kafka_metadata_destroy(metadata);
        }
        ok = missing.length == 0;
        if (ok)
            goto done;
        clock_sleep_ms(PAUSE_MS);
    }
    error_set(error, ERROR_UNAVAILABLE, "the topic '%s' is not ready after %d s: %s", topic, READY_TIMEOUT_MS / 1000,
              missing.bytes);
done:
    rd_kafka_topic_destroy(handle);
    text_release(&missing);
    return ok;
}

bool cluster_create_topic(struct cluster *cluster, const char *topic, int partitions, int replication_factor,
                          const struct property_list *config, struct error *error)
{
    bool made = cluster->mock ? make_mock_topic(cluster, topic, partitions, replication_factor, error)
                              : request_topic(cluster, topic, partitions, replication_factor, config, error);
    if (!made || !cluster_await_topic(cluster, topic, partitions, replication_factor, error))
        return false;
    /* A leader that is known may not lead yet: it does when it tells its offsets, which are those that counting starts from. */
    int64_t records;
    if (!cluster_sum_end_offsets(cluster, topic, partitions, &records, error))
        return false;
    return records == 0 || error_set(error, ERROR_UNAVAILABLE, "the new topic '%s' is not empty: it has %lld records",
                                     topic, (long long)records);
}

/* By the list of all topics: to ask for one by its name can bring it back where brokers make topics by themselves. */
bool cluster_has_lost_topic(struct cluster *cluster, const char *topic)
{
    const struct rd_kafka_metadata *metadata;
    if (rd_kafka_metadata(cluster->admin.client, 1, NULL, &metadata, METADATA_TIMEOUT_MS))
        return false;
    bool found = false;
    for (int i = 0; i < metadata->topic_cnt && !found; i++)
        found = string_equal(metadata->topics[i].topic, topic);
    rd_kafka_metadata_destroy(metadata);
    return !found;
}

static bool request_deletion(struct cluster *cluster, const char *topic, struct error *error)
{
    struct admin *admin = &cluster->admin;
    struct text reason = TEXT_INIT;
    rd_kafka_queue_t *queue = rd_kafka_queue_new(admin->client);
    rd_kafka_AdminOptions_t *options = admin_options(admin, RD_KAFKA_ADMIN_OP_DELETETOPICS, CONTROLLER_TIMEOUT_MS);
    rd_kafka_DeleteTopic_t *deletion = rd_kafka_DeleteTopic_new(topic);
    rd_kafka_DeleteTopics(admin->client, &deletion, 1, options, queue);
    rd_kafka_resp_err_t code = topic_outcome(admin, queue, &reason);
    /* Gone already is as good as deleted. */
    bool ok = code == RD_KAFKA_RESP_ERR_NO_ERROR || code == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART;
    if (!ok)
        error_set(error, ERROR_UNAVAILABLE, "cannot delete the topic '%s': %s", topic, reason.bytes);
    rd_kafka_DeleteTopic_destroy(deletion);
    rd_kafka_AdminOptions_destroy(options);
    rd_kafka_queue_destroy(queue);
    text_release(&reason);
    return ok;
}

bool cluster_delete_topic(struct cluster *cluster, const char *topic, struct error *error)
{
    if (!string_list_contains(&cluster->topics, topic))
        return error_set(error, ERROR_INPUT, "the topic '%s' was not made by kbench and is not deleted", topic);
    /* The mock cannot delete; it bounds what it keeps of each topic, and goes with this process. */
    if (!cluster->mock && !request_deletion(cluster, topic, error))
        return false;
    forget_topic(cluster, topic);
    return true;
}

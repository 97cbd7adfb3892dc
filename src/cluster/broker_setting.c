/* SPDX-License-Identifier: Apache-2.0 */
/* What the brokers say of their own configuration. */
#include "cluster/parts.h"

#include "base/banned.h"

#define ANSWER_TIMEOUT_MS 10000

static const char *source_name(rd_kafka_ConfigSource_t source)
{
    switch (source) {
    case RD_KAFKA_CONFIG_SOURCE_DYNAMIC_TOPIC_CONFIG: return "topic";
    case RD_KAFKA_CONFIG_SOURCE_DYNAMIC_BROKER_CONFIG: return "dynamic-broker";
    case RD_KAFKA_CONFIG_SOURCE_DYNAMIC_DEFAULT_BROKER_CONFIG: return "dynamic-default";
    case RD_KAFKA_CONFIG_SOURCE_STATIC_BROKER_CONFIG: return "static";
    case RD_KAFKA_CONFIG_SOURCE_DEFAULT_CONFIG: return "default";
    default: return "unknown";
    }
}

static void add_setting(const struct cluster *cluster, int broker, const rd_kafka_ConfigEntry_t *entry,
                        struct broker_setting_list *settings)
{
    const char *name = rd_kafka_ConfigEntry_name(entry), *value = rd_kafka_ConfigEntry_value(entry);
    bool secret = rd_kafka_ConfigEntry_is_sensitive(entry) || redact_is_secret_property(name);
    settings->items = memory_resized(settings->items, settings->count + 1, sizeof *settings->items);
    settings->items[settings->count++] = (struct broker_setting){
        .broker = broker,
        .name = string_copy(name),
        .value = secret              ? string_copy(REDACTED)
                 : cluster->redactor ? redactor_apply(cluster->redactor, value)
                                     : string_copy(value),
        .source = source_name(rd_kafka_ConfigEntry_source(entry)),
    };
}

static int compare_settings(const void *a, const void *b)
{
    const struct broker_setting *left = a, *right = b;
    return left->broker != right->broker ? (left->broker > right->broker) - (left->broker < right->broker)
                                         : strcmp(left->name, right->name);
}

/* The entries of one broker's answer. */
static bool add_answer(const struct cluster *cluster, int32_t broker, rd_kafka_event_t *event,
                       struct broker_setting_list *settings, struct error *error)
{
    if (!event || rd_kafka_event_error(event))
        return error_set(error, ERROR_UNAVAILABLE, "broker %d does not tell its configuration: %s", broker,
                         event ? rd_kafka_event_error_string(event) : "no answer");
    size_t count, entry_count;
    const rd_kafka_ConfigResource_t **resources =
        rd_kafka_DescribeConfigs_result_resources(rd_kafka_event_DescribeConfigs_result(event), &count);
    for (size_t i = 0; i < count; i++) {
        if (rd_kafka_ConfigResource_error(resources[i]))
            return error_set(error, ERROR_UNAVAILABLE, "broker %d does not tell its configuration: %s", broker,
                             rd_kafka_ConfigResource_error_string(resources[i]));
        const rd_kafka_ConfigEntry_t **entries = rd_kafka_ConfigResource_configs(resources[i], &entry_count);
        for (size_t j = 0; j < entry_count; j++)
            add_setting(cluster, broker, entries[j], settings);
    }
    return true;
}

bool cluster_describe_brokers(struct cluster *cluster, struct broker_setting_list *settings, struct error *error)
{
    *settings = (struct broker_setting_list){.items = NULL};
    if (cluster->mock)
        return true;
    int32_t *ids;
    int count = admin_list_brokers(&cluster->admin, ANSWER_TIMEOUT_MS, &ids);
    if (count < 0)
        return error_set(error, ERROR_UNAVAILABLE, "the cluster does not answer: %s", cluster->admin.reason);
    bool ok = true;
    rd_kafka_event_t **events = memory_zeroed((size_t)count, sizeof *events);
    admin_describe_brokers(&cluster->admin, ids, count, ANSWER_TIMEOUT_MS, events);
    for (int i = 0; i < count; i++) {
        ok = ok && add_answer(cluster, ids[i], events[i], settings, error);
        if (events[i])
            rd_kafka_event_destroy(events[i]);
    }
    if (ok && settings->count > 0)
        qsort(settings->items, settings->count, sizeof *settings->items, compare_settings);
    else if (!ok)
        broker_setting_list_release(settings);
    free(events);
    free(ids);
    return ok;
}

void broker_setting_list_release(struct broker_setting_list *settings)
{
    for (size_t i = 0; i < settings->count; i++) {
        free(settings->items[i].name);
        free(settings->items[i].value);
    }
    free(settings->items);
    *settings = (struct broker_setting_list){.items = NULL};
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "client.h"

#include <stdlib.h>

#include "base/redact.h"
#include "base/text.h"

#include "base/banned.h"

#define CONNECT_TIMEOUT_MS 30000

static bool configure(rd_kafka_conf_t *configuration, const struct job *job, struct error *error)
{
    char problem[512];
    if (rd_kafka_conf_set(configuration, "bootstrap.servers", job->bootstrap_servers, problem, sizeof(problem)))
        return error_set(error, ERROR_INPUT, "bootstrap.servers: %s", problem);
    for (void *at = json_object_iter(job->settings); at; at = json_object_iter_next(job->settings, at)) {
        const char *name = json_object_iter_key(at);
        char *value = json_scalar_text(json_object_iter_value(at));
        bool is_set = rd_kafka_conf_set(configuration, name, value, problem, sizeof(problem)) == RD_KAFKA_CONF_OK;
        free(value);
        if (!is_set)
            return error_set(error, ERROR_INPUT, "setting \"%s\": %s", name, problem);
    }
    return true;
}

/* The connection is up and the topic known before the driver says that it is ready. */
static bool await_topic(const struct client *client, struct error *error)
{
    const char *name = rd_kafka_topic_name(client->topic);
    const struct rd_kafka_metadata *metadata;
    rd_kafka_resp_err_t problem = rd_kafka_metadata(client->handle, 0, client->topic, &metadata, CONNECT_TIMEOUT_MS);
    if (problem)
        return error_set(error, ERROR_UNAVAILABLE, "topic \"%s\": %s", name, rd_kafka_err2str(problem));
    problem = metadata->topic_cnt == 1 ? metadata->topics[0].err : RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART;
    rd_kafka_metadata_destroy(metadata);
    return !problem || error_set(error, ERROR_UNAVAILABLE, "topic \"%s\": %s", name, rd_kafka_err2str(problem));
}

bool client_open(struct client *client, rd_kafka_type_t type, rd_kafka_conf_t *configuration, const struct job *job,
                 struct error *error)
{
    *client = (struct client){0};
    char problem[512];
    if (!configure(configuration, job, error)) {
        rd_kafka_conf_destroy(configuration);
        return false;
    }
    client->handle = rd_kafka_new(type, configuration, problem, sizeof(problem));
    if (!client->handle) {
        rd_kafka_conf_destroy(configuration); /* the client's own only once it was made */
        return error_set(error, ERROR_INPUT, "librdkafka refused the configuration: %s", problem);
    }
    client->topic = rd_kafka_topic_new(client->handle, job->topic, NULL);
    if (!client->topic)
        return error_set(error, ERROR_INPUT, "topic \"%s\": %s", job->topic, rd_kafka_err2str(rd_kafka_last_error()));
    return await_topic(client, error);
}

static void add_setting(json_t *settings, const char *name, const char *value)
{
    /* Addresses of callbacks are no settings, and differ each time. */
    if (string_starts_with(value, "0x"))
        return;
    json_object_set_new(settings, name, json_string(redact_is_secret_property(name) ? REDACTED : value));
}

/* `pairs`, as rd_kafka_conf_dump() makes them, are freed. */
static void add_pairs(json_t *settings, const char **pairs, size_t count)
{
    for (size_t i = 0; i + 1 < count; i += 2)
        add_setting(settings, pairs[i], pairs[i + 1]);
    rd_kafka_conf_dump_free(pairs, count);
}

/* The dump has no aliases; what the job called `linger.ms` is reported under that name as well. */
static void add_handed_over(json_t *settings, const struct client *client, const struct job *job)
{
    for (void *at = json_object_iter(job->settings); at; at = json_object_iter_next(job->settings, at)) {
        const char *name = json_object_iter_key(at);
        char value[512];
        size_t size = sizeof(value);
        if (!json_object_get(settings, name) &&
            rd_kafka_conf_get(rd_kafka_conf(client->handle), name, value, &size) == RD_KAFKA_CONF_OK)
            add_setting(settings, name, value);
    }
}

json_t *client_settings(const struct client *client, const struct job *job)
{
    json_t *settings = json_object();
    size_t count;
    /* The topic's first: what both levels have (a topic's compression is "inherit") is in force as the client's. */
    rd_kafka_topic_conf_t *topic = rd_kafka_default_topic_conf_dup(client->handle);
    const char **pairs = rd_kafka_topic_conf_dump(topic, &count);
    add_pairs(settings, pairs, count);
    rd_kafka_topic_conf_destroy(topic);
    rd_kafka_conf_t *configuration = rd_kafka_conf_dup(rd_kafka_conf(client->handle));
    pairs = rd_kafka_conf_dump(configuration, &count);
    add_pairs(settings, pairs, count);
    rd_kafka_conf_destroy(configuration);
    add_handed_over(settings, client, job);
    return settings;
}

void client_release(struct client *client)
{
    if (client->topic)
        rd_kafka_topic_destroy(client->topic);
    if (client->handle)
        rd_kafka_destroy(client->handle);
    *client = (struct client){0};
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The life of a cluster of each kind, and what it tells of itself. */
#include "cluster/cluster.h"

#include "base/interrupt.h"
#include "cluster/client_properties.h"
#include "cluster/parts.h"

#include "base/banned.h"

/* Three brokers take about 10 s of two idle cores, and longer where others compute too: one that dies is seen at once, so that
 * patience costs nothing. An external cluster answers at once or not at all. */
#define LOCAL_START_TIMEOUT_MS 150000
#define EXTERNAL_TIMEOUT_MS 10000
#define MOCK_TIMEOUT_MS 5000
/* Starts with other ports, when somebody took one between finding and using it. */
#define PORT_ATTEMPTS 3

static bool open_admin(struct cluster *cluster, struct error *error)
{
    struct property_list native = {.items = NULL};
    bool ok = client_properties_translate(&cluster->client_properties, &native, error);
    if (cluster->bootstrap_servers)
        property_list_set(&native, "bootstrap.servers", cluster->bootstrap_servers);
    ok = ok && admin_open(&cluster->admin, &native, error);
    property_list_release(&native);
    return ok;
}

static bool try_start_local(struct cluster *cluster, const struct cluster_options *options, struct error *error)
{
    cluster->local = local_new(cluster->definition, options->data_folder, options->log_folder, error);
    if (!cluster->local || !local_launch(cluster->local, error))
        return false;
    cluster->bootstrap_servers = local_bootstrap_servers(cluster->local);
    return open_admin(cluster, error) &&
           cluster_await_brokers(cluster, cluster->definition->brokers, LOCAL_START_TIMEOUT_MS, error);
}

static void drop_local(struct cluster *cluster)
{
    admin_close(&cluster->admin);
    local_free(cluster->local);
    cluster->local = NULL;
    free(cluster->bootstrap_servers);
    cluster->bootstrap_servers = NULL;
}

static bool start_local(struct cluster *cluster, const struct cluster_options *options, struct error *error)
{
    if (cluster->definition->mode == CLUSTER_ZOOKEEPER)
        return error_set(error, ERROR_INPUT, CLUSTER_NO_ZOOKEEPER);
    cluster->broker_version = string_copy(cluster->definition->kafka_version);
    for (int attempt = 1;; attempt++) {
        if (try_start_local(cluster, options, error))
            return true;
        if (attempt == PORT_ATTEMPTS || !cluster->local || !local_lost_a_port(cluster->local))
            return false;
        if (error)
            *error = (struct error)ERROR_INIT;
        drop_local(cluster);
    }
}

/* Kafka tells its version to no client. Brokers before 4.0 have a setting that says it, nearly. */
static char *ask_version(struct cluster *cluster)
{
    struct broker_setting_list settings;
    char *version = NULL;
    if (cluster_describe_brokers(cluster, &settings, NULL)) {
        for (size_t i = 0; i < settings.count && !version; i++)
            if (string_equal(settings.items[i].name, "inter.broker.protocol.version"))
                version = string_copy(settings.items[i].value);
        broker_setting_list_release(&settings);
    }
    return version ? version : string_copy("unknown");
}

void cluster_learn_secrets(const struct cluster_definition *definition, struct redactor *redactor)
{
    struct property_list resolved = {.items = NULL};
    if (definition->bootstrap_servers)
        free(client_properties_expand(definition->bootstrap_servers, redactor, NULL));
    for (size_t i = 0; i < definition->client.count; i++) {
        const struct property_list one = {.items = &definition->client.items[i], .count = 1};
        client_properties_resolve(&one, redactor, &resolved, NULL);
    }
    property_list_release(&resolved);
}

static bool start_external(struct cluster *cluster, struct error *error)
{
    const struct cluster_definition *definition = cluster->definition;
    cluster->bootstrap_servers = client_properties_expand(definition->bootstrap_servers, cluster->redactor, error);
    if (!cluster->bootstrap_servers ||
        !client_properties_resolve(&definition->client, cluster->redactor, &cluster->client_properties, error) ||
        !open_admin(cluster, error) || !cluster_await_brokers(cluster, 0, EXTERNAL_TIMEOUT_MS, error))
        return false;
    cluster->broker_version = ask_version(cluster);
    return true;
}

/* The mock's brokers are threads of this process, on ports of their own; the handle that hosts them also administers them. */
static bool start_mock(struct cluster *cluster, struct error *error)
{
    if (!open_admin(cluster, error))
        return false;
    cluster->mock = rd_kafka_mock_cluster_new(cluster->admin.client, cluster->definition->brokers);
    if (!cluster->mock)
        return error_set(error, ERROR_UNAVAILABLE, "librdkafka cannot start its mock cluster");
    cluster->bootstrap_servers = string_copy(rd_kafka_mock_cluster_bootstraps(cluster->mock));
    cluster->broker_version = string_format("librdkafka mock %s", rd_kafka_version_str());
    rd_kafka_brokers_add(cluster->admin.client, cluster->bootstrap_servers);
    if (!cluster_await_brokers(cluster, cluster->definition->brokers, MOCK_TIMEOUT_MS, error))
        return false;
    fault_set_rtt(cluster, 0, cluster->definition->rtt_ms);
    return true;
}

static bool start(struct cluster *cluster, const struct cluster_options *options, struct error *error)
{
    switch (cluster->definition->kind) {
    case CLUSTER_LOCAL: return start_local(cluster, options, error);
    case CLUSTER_EXTERNAL: return start_external(cluster, error);
    case CLUSTER_MOCK: return start_mock(cluster, error);
    }
    return false;
}

/* What librdkafka or a broker said may repeat what it was given. */
static void redact_message(const struct redactor *redactor, struct error *error)
{
    if (!redactor || !error)
        return;
    char *message = redactor_apply(redactor, error->message);
    snprintf(error->message, sizeof error->message, "%s", message);
    free(message);
}

struct cluster *cluster_start(const struct cluster_definition *definition, const struct cluster_options *options,
                              struct error *error)
{
    struct cluster *cluster = memory_zeroed(1, sizeof *cluster);
    cluster->definition = definition;
    cluster->redactor = options->redactor;
    if (start(cluster, options, error))
        return cluster;
    redact_message(cluster->redactor, error);
    cluster_stop(cluster);
    return NULL;
}

/* By an impatient user's second signal the topics stay. */
static void delete_left_topics(struct cluster *cluster)
{
    if (cluster->definition->kind != CLUSTER_EXTERNAL || !cluster->admin.client)
        return;
    while (cluster->topics.count > 0 && interrupt_count() < 2 &&
           cluster_delete_topic(cluster, cluster->topics.items[cluster->topics.count - 1], NULL))
        ;
}

void cluster_stop(struct cluster *cluster)
{
    if (!cluster)
        return;
    delete_left_topics(cluster);
    if (cluster->mock)
        rd_kafka_mock_cluster_destroy(cluster->mock);
    admin_close(&cluster->admin);
    local_free(cluster->local);
    string_list_release(&cluster->topics);
    property_list_release(&cluster->client_properties);
    free(cluster->bootstrap_servers);
    free(cluster->broker_version);
    free(cluster);
}

const char *cluster_bootstrap_servers(const struct cluster *cluster)
{
    return cluster->bootstrap_servers;
}

const struct property_list *cluster_client_properties(const struct cluster *cluster)
{
    return &cluster->client_properties;
}

const char *cluster_broker_version(const struct cluster *cluster)
{
    return cluster->broker_version;
}

int cluster_broker_count(const struct cluster *cluster)
{
    return cluster->broker_count;
}

int cluster_broker_pids(const struct cluster *cluster, pid_t *pids, int capacity)
{
    int count = 0;
    for (int i = 0; cluster->local && i < cluster->local->count && count < capacity; i++)
        if (cluster->local->brokers[i].process.pid > 0)
            pids[count++] = cluster->local->brokers[i].process.pid;
    return count;
}

bool cluster_is_alive(struct cluster *cluster, struct error *error)
{
    return !cluster->local || local_is_alive(cluster->local, error);
}

bool cluster_revive(struct cluster *cluster, struct error *error)
{
    if (!cluster->local)
        return true;
    return local_relaunch(cluster->local, 0, error) &&
           cluster_await_brokers(cluster, cluster->definition->brokers, LOCAL_START_TIMEOUT_MS, error);
}

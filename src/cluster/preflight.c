/* SPDX-License-Identifier: Apache-2.0 */
/* What can be known to be missing before anything is started. */
#include <sys/resource.h>

#include "base/file.h"
#include "cluster/client_properties.h"
#include "cluster/java.h"
#include "cluster/parts.h"
#include "cluster/ports.h"

#include "base/banned.h"

#define JAVA_VERSION_MIN 17
/* Kafka opens a few files for each partition and a socket for each client. */
#define OPEN_FILES_MIN 4096

static void check_jars(const struct cluster_definition *definition, struct string_list *problems)
{
    char *folder = java_kafka_folder(definition->kafka_version);
    char *jar = string_format("%s/kafka_%s-%s.jar", folder, definition->scala_version, definition->kafka_version);
    if (!file_exists(jar))
        string_list_push_format(problems, "Kafka %s is not there ('%s'); 'make setup' gets the version that it pins",
                                definition->kafka_version, jar);
    free(jar);
    free(folder);
}

static void check_java(struct string_list *problems)
{
    struct error error = ERROR_INIT;
    int version = java_version(&error);
    if (version == 0)
        string_list_push_format(problems, "Java %d or newer is needed for the brokers: %s; 'make setup' installs it",
                                JAVA_VERSION_MIN, error.message);
    else if (version < JAVA_VERSION_MIN)
        string_list_push_format(problems, "the brokers need Java %d or newer, '%s' is %d; JAVA_HOME chooses another",
                                JAVA_VERSION_MIN, "java", version);
}

/* A JVM raises its own limit as far as the hard one allows. */
static void check_open_files(struct string_list *problems)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_max != RLIM_INFINITY && limit.rlim_max < OPEN_FILES_MIN)
        string_list_push_format(problems, "a process may open only %llu files, brokers need %d; see 'ulimit -Hn'",
                                (unsigned long long)limit.rlim_max, OPEN_FILES_MIN);
}

static void check_ports(int brokers, struct string_list *problems)
{
    struct error error = ERROR_INIT;
    int *ports = memory_zeroed((size_t)brokers, 2 * sizeof *ports);
    if (!ports_find(ports, 2 * brokers, &error))
        string_list_push(problems, error.message);
    free(ports);
}

static void check_local(const struct cluster_definition *definition, struct string_list *problems)
{
    if (definition->mode == CLUSTER_ZOOKEEPER) {
        string_list_push(problems, CLUSTER_NO_ZOOKEEPER);
        return;
    }
    const char *owned = local_owned_property(&definition->config);
    if (owned)
        string_list_push_format(problems, "cluster: config: '%s' is set by kbench itself and cannot be given", owned);
    check_jars(definition, problems);
    check_java(problems);
    check_open_files(problems);
    check_ports(definition->brokers, problems);
}

static void check_external(const struct cluster_definition *definition, struct string_list *problems)
{
    struct error error = ERROR_INIT;
    struct property_list resolved = {.items = NULL}, native = {.items = NULL};
    bool all_resolved = true;
    char *servers = client_properties_expand(definition->bootstrap_servers, NULL, &error);
    if (!servers)
        string_list_push_format(problems, "cluster: bootstrap.servers: %s", error.message);
    /* Each property by itself, so that all that is wrong is said at once. */
    for (size_t i = 0; i < definition->client.count; i++) {
        const struct property_list one = {.items = &definition->client.items[i], .count = 1};
        if (client_properties_resolve(&one, NULL, &resolved, &error))
            continue;
        string_list_push_format(problems, "cluster: %s", error.message);
        all_resolved = false;
    }
    if (all_resolved && !client_properties_translate(&resolved, &native, &error))
        string_list_push_format(problems, "cluster: %s", error.message);
    free(servers);
    property_list_release(&resolved);
    property_list_release(&native);
}

bool cluster_preflight(const struct cluster_definition *definition, struct string_list *problems)
{
    size_t before = problems->count;
    switch (definition->kind) {
    case CLUSTER_LOCAL: check_local(definition, problems); break;
    case CLUSTER_EXTERNAL: check_external(definition, problems); break;
    case CLUSTER_MOCK: break;
    }
    return problems->count == before;
}

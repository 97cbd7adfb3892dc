/* SPDX-License-Identifier: Apache-2.0 */
/* What stands in a local broker's server.properties: our defaults, the definition's `config` over them, and what only kbench can
 * know over both. */
#include "base/file.h"
#include "cluster/local.h"
#include "cluster/ports.h"

#include "base/banned.h"

static const char *const owned[] = {
    "process.roles",
    "node.id",
    "broker.id",
    "listeners",
    "advertised.listeners",
    "early.start.listeners",
    "inter.broker.listener.name",
    "security.inter.broker.protocol",
    "listener.security.protocol.map",
    "controller.listener.names",
    "controller.quorum.voters",
    "controller.quorum.bootstrap.servers",
    "controller.quorum.auto.join.enable",
    "log.dir",
    "log.dirs",
    "metadata.log.dir",
};

const char *local_owned_property(const struct property_list *config)
{
    for (size_t i = 0; i < config->count; i++)
        for (size_t j = 0; j < sizeof owned / sizeof *owned; j++)
            if (string_equal(config->items[i].name, owned[j]))
                return owned[j];
    return NULL;
}

static void set_number(struct property_list *properties, const char *name, int value)
{
    char *text = string_format("%d", value);
    property_list_set(properties, name, text);
    free(text);
}

/*
 * Where kbench leaves Kafka's defaults, and why:
 * - a topic is made by the Admin API or not at all: a client that comes late must not bring a deleted one back;
 * - segments of a deleted topic go at once, before their pages are written to the disk in the middle of a later trial;
 * - internal topics cannot have more replicas than there are brokers.
 */
static void set_defaults(const struct local *local, struct property_list *properties)
{
    static const char *const replications[] = {"offsets.topic.replication.factor",
                                               "transaction.state.log.replication.factor",
                                               "share.coordinator.state.topic.replication.factor"};
    static const char *const in_sync[] = {"transaction.state.log.min.isr", "share.coordinator.state.topic.min.isr"};
    property_list_set(properties, "auto.create.topics.enable", "false");
    property_list_set(properties, "log.segment.delete.delay.ms", "100");
    for (size_t i = 0; local->count < 3 && i < sizeof replications / sizeof *replications; i++)
        set_number(properties, replications[i], local->count);
    for (size_t i = 0; local->count < 2 && i < sizeof in_sync / sizeof *in_sync; i++)
        set_number(properties, in_sync[i], local->count);
}

static void set_owned(const struct local *local, const struct broker *broker, struct property_list *properties)
{
    struct text voters = TEXT_INIT;
    for (int i = 0; i < local->count; i++)
        text_append_format(&voters, "%s%d@" LOOPBACK ":%d", i ? "," : "", local->brokers[i].id,
                           local->brokers[i].controller_port);
    char *listeners =
        string_format("CLIENT://" LOOPBACK ":%d,CONTROLLER://" LOOPBACK ":%d", broker->port, broker->controller_port);
    property_list_set(properties, "process.roles", "broker,controller");
    set_number(properties, "node.id", broker->id);
    property_list_set(properties, "listeners", listeners);
    property_list_set(properties, "inter.broker.listener.name", "CLIENT");
    property_list_set(properties, "controller.listener.names", "CONTROLLER");
    property_list_set(properties, "listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    property_list_set(properties, "controller.quorum.voters", voters.bytes);
    property_list_set(properties, "log.dirs", broker->data_folder);
    free(listeners);
    text_release(&voters);
}

/* As java.util.Properties reads it. Bytes above 127 would be taken for ISO 8859-1, and no property of Kafka's has any. */
static void append_escaped(struct text *file, const char *string)
{
    for (const char *at = string; *at; at++) {
        if (*at == '\n')
            text_append(file, "\\n");
        else if (*at == '\r')
            text_append(file, "\\r");
        else {
            if (strchr("\\ \t=:#!", *at))
                text_append_char(file, '\\');
            text_append_char(file, *at);
        }
    }
}

static bool write_properties(const char *path, const struct property_list *properties, struct error *error)
{
    struct text file = TEXT_INIT;
    for (size_t i = 0; i < properties->count; i++) {
        append_escaped(&file, properties->items[i].name);
        text_append_char(&file, '=');
        append_escaped(&file, properties->items[i].value);
        text_append_char(&file, '\n');
    }
    bool ok = file_write(path, file.bytes, file.length, error);
    text_release(&file);
    return ok;
}

char *local_logging_file(const struct local *local)
{
    return string_format("%s/log4j2.properties", local->data_folder);
}

/* Everything to standard output, which is the broker's log file, as is what the JVM itself has to say. */
static bool write_logging(const struct local *local, struct error *error)
{
    static const char logging[] = "status = error\n"
                                  "appender.console.type = Console\n"
                                  "appender.console.name = console\n"
                                  "appender.console.layout.type = PatternLayout\n"
                                  "appender.console.layout.pattern = [%d] %p %m (%c)%n\n"
                                  "rootLogger.level = info\n"
                                  "rootLogger.appenderRef.console.ref = console\n";
    char *path = local_logging_file(local);
    bool ok = file_write(path, logging, sizeof logging - 1, error);
    free(path);
    return ok;
}

bool local_write_config(const struct local *local, struct error *error)
{
    const struct property_list *config = &local->definition->config;
    bool ok = write_logging(local, error);
    for (int i = 0; ok && i < local->count; i++) {
        struct property_list properties = {.items = NULL};
        set_defaults(local, &properties);
        for (size_t j = 0; j < config->count; j++)
            property_list_set(&properties, config->items[j].name, config->items[j].value);
        set_owned(local, &local->brokers[i], &properties);
        ok = write_properties(local->brokers[i].config_file, &properties, error);
        property_list_release(&properties);
    }
    return ok;
}

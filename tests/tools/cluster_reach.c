/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cluster_reach FILE make|keep TOPIC: start or reach the cluster of a definition, say what it is, make a topic there, count its
 * records, and stop. With `make` the topic is left to cluster_stop(), with `keep` it shall stay. Exit status as kbench's.
 */
#include "base/file.h"
#include "base/interrupt.h"
#include "cluster/cluster.h"

#include "base/banned.h"

static bool use(struct cluster *cluster, const char *topic, bool keep, struct error *error)
{
    struct broker_setting_list settings;
    int64_t records;
    if (!cluster_describe_brokers(cluster, &settings, error))
        return false;
    printf("version %s\nbrokers %d\nsettings %zu\n", cluster_broker_version(cluster), cluster_broker_count(cluster),
           settings.count);
    broker_setting_list_release(&settings);
    if (!cluster_create_topic(cluster, topic, 2, 1, NULL, error) ||
        !cluster_await_records(cluster, topic, 2, 0, &records, error))
        return false;
    printf("records %lld\n", (long long)records);
    if (keep)
        cluster_keep_topic(cluster, topic);
    return true;
}

static bool reach(const struct cluster_definition *definition, const char *topic, bool keep, struct error *error)
{
    bool ok = false;
    struct redactor redactor = {{0}};
    struct string_list problems = {0};
    struct cluster_options options = {.data_folder = "data", .log_folder = "logs", .redactor = &redactor};
    if (!cluster_preflight(definition, &problems))
        error_set(error, ERROR_UNAVAILABLE, "%s", problems.items[0]);
    else {
        struct cluster *cluster = cluster_start(definition, &options, error);
        ok = cluster && use(cluster, topic, keep, error);
        cluster_stop(cluster);
    }
    string_list_release(&problems);
    redactor_release(&redactor);
    return ok;
}

int main(int argc, char **argv)
{
    struct error error = ERROR_INIT;
    struct error_list errors = {0};
    struct text content = TEXT_INIT;
    if (argc != 4)
        return 2;
    interrupt_install();
    if (file_read(argv[1], 1 << 20, &content, &error)) {
        struct experiment *experiment = experiment_parse(argv[1], content.bytes, content.length, &errors);
        if (experiment)
            reach(&experiment->cluster, argv[3], string_equal(argv[2], "keep"), &error);
        else
            error = errors.items[0];
        experiment_free(experiment);
    }
    if (error.message[0])
        fprintf(stderr, "%s\n", error.message);
    error_list_release(&errors);
    text_release(&content);
    return error_exit_status(&error);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The process that holds a cluster to play with between `kbench cluster up` and `down`. The brokers are its children and die
 * with it, however it ends.
 */
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "commands/cluster_files.h"
#include "commands/definition.h"
#include "runner/lock.h"

#include "base/banned.h"

#define LOOK_MS 200
#define DEFAULT_DEFINITION "experiments/v2.yaml"

/* Where there is no definition at all: three brokers as Kafka comes. */
static char default_kafka_version[] = "4.3.1", default_scala_version[] = "2.13";
static const struct cluster_definition default_cluster = {
    .kind = CLUSTER_LOCAL,
    .mode = CLUSTER_KRAFT,
    .kafka_version = default_kafka_version,
    .scala_version = default_scala_version,
    .brokers = 3,
};

/* `*experiment` owns what the result points to; NULL with the built-in cluster. */
static const struct cluster_definition *find_definition(const char *file, struct experiment **experiment,
                                                        struct error *error)
{
    char *path = file ? string_copy(file) : string_format("%s/" DEFAULT_DEFINITION, file_home());
    const struct cluster_definition *definition = NULL;
    *experiment = NULL;
    if (!file && !file_exists(path)) {
        definition = &default_cluster;
    } else if ((*experiment = definition_load(path, NULL, error))) {
        definition = &(*experiment)->cluster;
        if (definition->kind != CLUSTER_LOCAL) {
            error_set(error, ERROR_INPUT, "the cluster of '%s' is of kind %s; only a local one can be brought up", path,
                      cluster_kind_name(definition->kind));
            definition = NULL;
        }
    }
    free(path);
    return definition;
}

static bool check(const struct cluster_definition *definition, struct error *error)
{
    struct string_list problems = {.items = NULL};
    bool ok = cluster_preflight(definition, &problems);
    if (!ok) {
        struct text all = TEXT_INIT;
        for (size_t i = 0; i < problems.count; i++)
            text_append_format(&all, "%s%s", i ? "\n" : "", problems.items[i]);
        error_set(error, ERROR_UNAVAILABLE, "%s", all.bytes);
        text_release(&all);
    }
    string_list_release(&problems);
    return ok;
}

/* The one line that `up` waits for; after it nobody reads. */
static void announce(const struct cluster *cluster)
{
    printf("%s\n", cluster_bootstrap_servers(cluster));
    fflush(stdout);
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere >= 0) {
        dup2(nowhere, STDOUT_FILENO);
        close(nowhere);
    }
}

/* Until a signal comes. A broker that ends is told and not started again: whoever plays may have meant it. */
static bool hold(struct cluster *cluster, struct error *error)
{
    bool was_alive = true;
    while (interrupt_count() == 0) {
        struct error problem = ERROR_INIT;
        bool alive = cluster_is_alive(cluster, &problem);
        if (alive != was_alive && !cluster_files_write(cluster, problem.message, error))
            return false;
        was_alive = alive;
        clock_sleep_ms(LOOK_MS);
    }
    return true;
}

bool cluster_supervise(const char *definition_file, struct error *error)
{
    static const struct cluster_options options = {.data_folder = CLUSTER_DATA_FOLDER,
                                                   .log_folder = CLUSTER_LOG_FOLDER};
    bool ok = false;
    int lock;
    struct experiment *experiment = NULL;
    struct cluster *cluster = NULL;
    signal(SIGHUP, SIG_IGN); /* the terminal may go, the cluster stays */
    if (!lock_take(CLUSTER_LOCK_FILE, &lock, error)) {
        long other = cluster_files_supervisor();
        return other > 0 && error_set(error, ERROR_UNAVAILABLE, "process %ld is bringing a cluster up", other);
    }
    const struct cluster_definition *definition = find_definition(definition_file, &experiment, error);
    if (!definition || !check(definition, error))
        goto done;
    cluster = cluster_start(definition, &options, error);
    if (!cluster || !cluster_files_write(cluster, "", error))
        goto done;
    announce(cluster);
    ok = hold(cluster, error);
done:
    cluster_stop(cluster);
    if (!cluster_files_clean(ok ? error : NULL))
        ok = false;
    experiment_free(experiment);
    close(lock);
    return ok;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "cluster/local.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <unistd.h>

#include "base/file.h"
#include "cluster/broker_log.h"
#include "cluster/java.h"
#include "cluster/local_usage.h"
#include "cluster/ports.h"

#include "base/banned.h"

static char *absolute(const char *path)
{
    char *resolved = realpath(path, NULL);
    return resolved ? resolved : string_copy(path);
}

static void broker_init(const struct local *local, struct broker *broker, int id)
{
    *broker = (struct broker){
        .id = id,
        .process = PROCESS_INIT,
        .config_file = string_format("%s/broker-%d.properties", local->data_folder, id),
        .data_folder = string_format("%s/broker-%d", local->data_folder, id),
        .log_file = string_format("%s/broker-%d.log", local->log_folder, id),
    };
}

struct local *local_new(const struct cluster_definition *definition, const char *data_folder, const char *log_folder,
                        struct error *error)
{
    if (!file_remove_tree(data_folder, error) || !file_make_folder(data_folder, error) ||
        !file_make_folder(log_folder, error))
        return NULL;
    struct local *local = memory_zeroed(1, sizeof *local);
    char *jars = java_kafka_folder(definition->kafka_version);
    local->definition = definition;
    local->data_folder = absolute(data_folder);
    local->log_folder = absolute(log_folder);
    local->jar_folder = absolute(jars);
    local->count = definition->brokers;
    local->brokers = memory_zeroed((size_t)local->count, sizeof *local->brokers);
    for (int i = 0; i < local->count; i++)
        broker_init(local, &local->brokers[i], i + 1);
    free(jars);
    return local;
}

static bool choose_ports(struct local *local, struct error *error)
{
    int *ports = memory_zeroed((size_t)local->count, 2 * sizeof *ports);
    bool ok = ports_find(ports, 2 * local->count, error);
    for (int i = 0; ok && i < local->count; i++) {
        local->brokers[i].port = ports[2 * i];
        local->brokers[i].controller_port = ports[2 * i + 1];
    }
    free(ports);
    return ok;
}

static bool broker_start(const struct local *local, struct broker *broker, struct error *error)
{
    bool ok = false;
    struct string_list arguments = {.items = NULL};
    /* Appended to: the log of a broker that died stays. */
    int log = open(broker->log_file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (log < 0) {
        error_set_errno(error, errno, "cannot write '%s'", broker->log_file);
        goto done;
    }
    broker->log_start = lseek(log, 0, SEEK_END);
    local_jvm_for_broker(local, &arguments);
    local_usage_push_arguments(local, broker, &arguments);
    string_list_push(&arguments, "kafka.Kafka");
    string_list_push(&arguments, broker->config_file);
    struct process_spec spec = {
        .arguments = (const char *const *)arguments.items,
        .directory = local->log_folder, /* where a crashing JVM leaves its hs_err file */
        .output = PROCESS_FD,
        .output_fd = log,
        .error_output = PROCESS_FD,
        .error_output_fd = log,
    };
    broker->result = (struct process_result){.exited = false};
    broker->is_killed = false;
    ok = process_start(&broker->process, &spec, error) || error_prefix(error, "broker %d", broker->id);
done:
    if (log >= 0)
        close(log);
    string_list_release(&arguments);
    return ok;
}

bool local_launch(struct local *local, struct error *error)
{
    if (!choose_ports(local, error) || !local_write_config(local, error) || !local_format(local, error))
        return false;
    return local_relaunch(local, 0, error);
}

/* Not running: never started, or ended (and reaped now, when nobody has looked since). */
static bool broker_is_down(struct broker *broker)
{
    return broker->process.pid == 0 || process_wait(&broker->process, 0, &broker->result);
}

static bool is_meant(const struct broker *broker, int id)
{
    return id == 0 || id == broker->id;
}

bool local_relaunch(struct local *local, int id, struct error *error)
{
    for (int i = 0; i < local->count; i++) {
        struct broker *broker = &local->brokers[i];
        if (!is_meant(broker, id))
            continue;
        if (broker->is_killed) /* it may still be about to die */
            process_end(&broker->process, SIGKILL, 0, &broker->result);
        if (broker_is_down(broker) && !broker_start(local, broker, error))
            return false;
    }
    return true;
}

/* Always false. One that was killed can say nothing of it: then the log's end tells what it was at. */
static bool tell_end(const struct broker *broker, struct error *error)
{
    struct text log = TEXT_INIT;
    bool killed = broker->result.signal != 0;
    if (killed)
        broker_log_append_tail(broker->log_file, &log);
    else
        broker_log_append_complaints(broker->log_file, broker->log_start, &log);
    error_set(error, ERROR_UNAVAILABLE, "broker %d %s %d; the end of its log '%s':\n%s", broker->id,
              killed ? "was ended by signal" : "ended with exit status",
              killed ? broker->result.signal : broker->result.status, broker->log_file, log.bytes);
    text_release(&log);
    return false;
}

bool local_is_alive(struct local *local, struct error *error)
{
    for (int i = 0; i < local->count; i++)
        if (!local->brokers[i].is_killed && broker_is_down(&local->brokers[i]))
            return tell_end(&local->brokers[i], error);
    return true;
}

bool local_lost_a_port(const struct local *local)
{
    for (int i = 0; i < local->count; i++)
        if (local->brokers[i].process.pid == 0 &&
            broker_log_says(local->brokers[i].log_file, local->brokers[i].log_start, "Address already in use"))
            return true;
    return false;
}

void local_signal(struct local *local, int id, int signal)
{
    for (int i = 0; i < local->count; i++)
        if (is_meant(&local->brokers[i], id) && local->brokers[i].process.pid > 0)
            kill(-local->brokers[i].process.pid, signal);
}

void local_kill_broker(struct local *local, int id)
{
    local_signal(local, id, SIGKILL);
    for (int i = 0; i < local->count; i++)
        if (is_meant(&local->brokers[i], id))
            local->brokers[i].is_killed = true;
}

/*
 * SIGKILL and no shutdown: the data is thrown away, so there is nothing to be written out, and three combined nodes that shut
 * down together take about 6 s because each waits for a controller quorum that is going away with it.
 */
void local_kill(struct local *local)
{
    local_signal(local, 0, SIGKILL);
    for (int i = 0; i < local->count; i++) {
        process_end(&local->brokers[i].process, SIGKILL, 0, &local->brokers[i].result);
        process_release(&local->brokers[i].process);
    }
}

void local_free(struct local *local)
{
    if (!local)
        return;
    local_kill(local);
    /* What cannot be removed is harmless: the next start empties the folder or says why it cannot. */
    file_remove_tree(local->data_folder, NULL);
    for (int i = 0; i < local->count; i++) {
        free(local->brokers[i].config_file);
        free(local->brokers[i].data_folder);
        free(local->brokers[i].log_file);
    }
    free(local->brokers);
    free(local->data_folder);
    free(local->log_folder);
    free(local->jar_folder);
    free(local);
}

char *local_bootstrap_servers(const struct local *local)
{
    struct text servers = TEXT_INIT;
    for (int i = 0; i < local->count; i++)
        text_append_format(&servers, "%s" LOOPBACK ":%d", i ? "," : "", local->brokers[i].port);
    return text_detach(&servers);
}

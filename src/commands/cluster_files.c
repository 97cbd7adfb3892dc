/* SPDX-License-Identifier: Apache-2.0 */
#include "commands/cluster_files.h"

#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "runner/lock.h"

#include "base/banned.h"

#define BROKERS_MAX 64
#define STATE_BYTES_MAX 65536

long cluster_files_supervisor(void)
{
    return lock_holder(CLUSTER_LOCK_FILE);
}

bool cluster_files_write(const struct cluster *cluster, const char *problem, struct error *error)
{
    pid_t pids[BROKERS_MAX];
    int count = cluster_broker_pids(cluster, pids, BROKERS_MAX);
    json_t *brokers = json_array();
    for (int i = 0; i < count; i++)
        json_array_append_new(brokers, json_integer(pids[i]));
    json_t *state = json_pack("{s:i, s:s, s:s, s:o, s:s}", "pid", (int)getpid(), "bootstrap_servers",
                              cluster_bootstrap_servers(cluster), "kafka", cluster_broker_version(cluster),
                              "broker_pids", brokers, "problem", problem);
    char *line = json_line(state);
    bool ok = file_write(CLUSTER_STATE_FILE, line, strlen(line), error);
    free(line);
    json_decref(state);
    return ok;
}

json_t *cluster_files_read(struct error *error)
{
    struct text content = TEXT_INIT;
    json_t *state = NULL;
    if (file_read(CLUSTER_STATE_FILE, STATE_BYTES_MAX, &content, NULL))
        state = json_parse(content.bytes, content.length, NULL);
    /* Of another supervisor: the present one has not come so far. */
    if (state && json_get_integer(state, "pid", 0) != cluster_files_supervisor()) {
        json_decref(state);
        state = NULL;
    }
    text_release(&content);
    if (!state)
        error_set(error, ERROR_UNAVAILABLE, "the cluster of process %ld is not ready yet", cluster_files_supervisor());
    return state;
}

bool cluster_files_clean(struct error *error)
{
    return file_remove_tree(CLUSTER_DATA_FOLDER, error) && file_remove_tree(CLUSTER_STATE_FILE, error);
}

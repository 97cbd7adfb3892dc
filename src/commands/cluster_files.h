/* SPDX-License-Identifier: Apache-2.0 */
/* What `kbench cluster` leaves in the working copy while a cluster is up, and how its parts find one another by it. */
#ifndef KBENCH_COMMANDS_CLUSTER_FILES_H
#define KBENCH_COMMANDS_CLUSTER_FILES_H

#include "base/error.h"
#include "cluster/cluster.h"

#define CLUSTER_FOLDER "results/cluster"
#define CLUSTER_DATA_FOLDER CLUSTER_FOLDER "/data"
#define CLUSTER_LOG_FOLDER CLUSTER_FOLDER "/logs"
#define CLUSTER_SUPERVISOR_LOG CLUSTER_LOG_FOLDER "/supervisor.log"
#define CLUSTER_STATE_FILE "results/cluster.json"
/* Held by the supervisor as long as it lives, so that a state file is never believed that a dead one has left. */
#define CLUSTER_LOCK_FILE "results/cluster.lock"

/* The supervisor's process id, or 0 when no cluster is up in this working copy. */
long cluster_files_supervisor(void);

/* Say what there is; `problem` is "" while the cluster is whole. */
bool cluster_files_write(const struct cluster *cluster, const char *problem, struct error *error);
/* NULL and `error` when the cluster is not ready yet. New reference; the keys are those that cluster_files_write() sets. */
json_t *cluster_files_read(struct error *error);

/* Remove what a supervisor that is gone may have left. The logs stay. */
bool cluster_files_clean(struct error *error);

/* The hidden `kbench cluster supervise [FILE]`: start the cluster, say its bootstrap servers on standard output, hold it
 * until a signal comes. */
bool cluster_supervise(const char *definition_file, struct error *error);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The brokers of a local cluster: combined broker and controller JVMs on loopback ports. Internal to this room. Knows nothing
 * of clients: whether the cluster is ready is asked in await.h.
 *
 * The order: local_new, local_launch, … local_is_alive, local_relaunch …, local_free.
 */
#ifndef KBENCH_CLUSTER_LOCAL_H
#define KBENCH_CLUSTER_LOCAL_H

#include <sys/types.h>

#include "base/error.h"
#include "base/process.h"
#include "experiment/experiment.h"

struct broker {
    int id; /* node id, from 1 */
    int port, controller_port;
    struct process process;       /* pid 0: not running */
    struct process_result result; /* how it ended */
    bool is_killed;               /* on purpose, and not started again yet: no failure */
    char *config_file;            /* server.properties */
    char *data_folder;
    char *log_file;
    off_t log_start; /* where the log of the present process begins */
};

struct local {
    const struct cluster_definition *definition; /* the caller's; outlives this */
    char *data_folder, *log_folder, *jar_folder; /* absolute */
    struct broker *brokers;
    int count;
};

/* Makes the log folder and an empty data folder. */
struct local *local_new(const struct cluster_definition *definition, const char *data_folder, const char *log_folder,
                        struct error *error);
/* Choose ports, format the storage, start all brokers; does not wait for them. Once only: another try is another local_new(). */
bool local_launch(struct local *local, struct error *error);
/* Start the broker of this id (0: all of them) again if it has ended, with the same ports and data. */
bool local_relaunch(struct local *local, int id, struct error *error);
/* False with the exit status and the end of the log of the first broker that has ended, other than by local_kill_broker().
 * Never waits. */
bool local_is_alive(struct local *local, struct error *error);
/* Whether a broker ended because somebody else had taken its port. */
bool local_lost_a_port(const struct local *local);
/* Send `signal` to the broker of this id (0: all of them) where it runs. */
void local_signal(struct local *local, int id, int signal);
/* kill -9 the broker of this id (0: all of them) on purpose; does not wait for its end. */
void local_kill_broker(struct local *local, int id);
/* End all brokers and wait for them. */
void local_kill(struct local *local);
/* local_kill(), and the data folder goes. NULL is allowed. */
void local_free(struct local *local);
/* "127.0.0.1:p,…"; the caller frees. */
char *local_bootstrap_servers(const struct local *local);

/* ---- local_config.c ---- */
/* The first property of the definition's `config` that kbench must set itself, or NULL. */
const char *local_owned_property(const struct property_list *config);
/* Write the server.properties of every broker, and the logging configuration. */
bool local_write_config(const struct local *local, struct error *error);
/* Path of the logging configuration; the caller frees. */
char *local_logging_file(const struct local *local);

/* ---- local_format.c ---- */
/* Make the folders of all brokers with a new cluster's metadata in them. */
bool local_format(const struct local *local, struct error *error);

/* ---- local_jvm.c ---- */
/* Append the program, the JVM's arguments and the class path; what to run comes behind. */
void local_jvm_for_tool(const struct local *local, struct string_list *arguments);
void local_jvm_for_broker(const struct local *local, struct string_list *arguments);

#endif

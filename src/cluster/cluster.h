/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A Kafka cluster: one that kbench starts (local), one that is already there (external), or librdkafka's mock. Callers see
 * no difference. All topic work goes through librdkafka's Admin API. Knows nothing of client languages or of SQL.
 *
 * cluster_start() … cluster_stop() bracket its life; struct cluster owns its processes and folders. Not thread-safe: one
 * thread uses it, the main one (the brokers die with that thread).
 */
#ifndef KBENCH_CLUSTER_CLUSTER_H
#define KBENCH_CLUSTER_CLUSTER_H

#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"
#include "base/redact.h"
#include "experiment/experiment.h"

struct cluster;

struct cluster_options {
    const char *data_folder;   /* local: brokers' logs (Kafka's sense: data); emptied at start, removed at stop */
    const char *log_folder;    /* local: the brokers' own log files, kept */
    struct redactor *redactor; /* gets the values of ${env:…} */
};

/* Everything that is missing for this cluster (jars, java, ports, open-files limit, unset ${env:…}), appended to
 * `problems` as lines; starts nothing. True when there is nothing. */
bool cluster_preflight(const struct cluster_definition *definition, struct string_list *problems);

/* The values of ${env:…} that are set, and passwords: before anything of a campaign is stored. cluster_start() does it too. */
void cluster_learn_secrets(const struct cluster_definition *definition, struct redactor *redactor);

/* Start (local, mock) or reach (external) it and wait until all brokers and a controller answer. NULL: `error`. The
 * definition and the redactor stay the caller's and must outlive the cluster. */
struct cluster *cluster_start(const struct cluster_definition *definition, const struct cluster_options *options,
                              struct error *error);
/* End the brokers, wait for them, remove the data folder. Topics still listed as created are deleted first on external. */
void cluster_stop(struct cluster *cluster);

const char *cluster_bootstrap_servers(const struct cluster *cluster);
/* Client properties that every client needs to reach it (security…), ${env:…} replaced: secrets! Canonical names. A
 * login comes as sasl.username and sasl.password, in whatever form the definition has it. */
const struct property_list *cluster_client_properties(const struct cluster *cluster);
/* "4.3.1", or what the brokers' ApiVersions/DescribeConfigs tell for external, or "librdkafka mock 2.0.2". */
const char *cluster_broker_version(const struct cluster *cluster);
int cluster_broker_count(const struct cluster *cluster);
/* Process ids of local brokers, for CPU accounting; returns how many were written (0 for external and mock). */
int cluster_broker_pids(const struct cluster *cluster, pid_t *pids, int capacity);

/* True while all local brokers live. A dead one fills `error` with its exit status and its log's last lines. Cheap: call
 * it several times a second. */
bool cluster_is_alive(struct cluster *cluster, struct error *error);
/* Start dead local brokers again and wait until the cluster is whole. */
bool cluster_revive(struct cluster *cluster, struct error *error);

/*
 * Faults on purpose, of local and mock clusters. Pause: a local broker's process stands still (SIGSTOP … SIGCONT); a mock broker
 * goes on taking requests and holds all responses back until the end (not with an injected round-trip time). Kill: a local broker gets kill -9 and is started again
 * at the end, which does not wait until it is up (cluster_revive() does); a mock broker drops its connections, refuses new ones until
 * the end, and keeps its records. cluster_is_alive() takes no notice of a broker that was killed in this way.
 */
void cluster_begin_fault(struct cluster *cluster, const struct fault *fault);
bool cluster_end_fault(struct cluster *cluster, const struct fault *fault, struct error *error);

/* Create a topic and wait until every partition has a leader and a full ISR. Recorded as created by this campaign. */
bool cluster_create_topic(struct cluster *cluster, const char *topic, int partitions, int replication_factor,
                          const struct property_list *config, struct error *error);
/* Wait until every partition of a topic has a leader and a full ISR. */
bool cluster_await_topic(struct cluster *cluster, const char *topic, int partitions, int replication_factor,
                         struct error *error);
/* Delete one topic that cluster_create_topic() made; any other name is refused. */
bool cluster_delete_topic(struct cluster *cluster, const char *topic, struct error *error);

/* Whether a topic made here is gone, which is then somebody else's doing. False when the cluster does not tell. */
bool cluster_has_lost_topic(struct cluster *cluster, const char *topic);

/* Leave a topic where it is: cluster_stop() will not delete it, and cluster_delete_topic() no longer may. */
void cluster_keep_topic(struct cluster *cluster, const char *topic);

/* What a topic made here has stored: its end offsets − those it began with, which were 0. Waited for until steady (what acks=0
 * sent and acks=1 replicates may still be on its way). As long as fewer than `expected` are there, steady takes 2 s and not 0.1 s,
 * so that a stalled broker is not taken for loss. */
bool cluster_await_records(struct cluster *cluster, const char *topic, int partitions, int64_t expected,
                           int64_t *records, struct error *error);

/* The offsets of each partition: of the first record that is still there, and behind the last one. `ranges` has room for
 * `partitions` of them. */
struct cluster_range {
    int64_t begin, end;
};
bool cluster_read_ranges(struct cluster *cluster, const char *topic, int partitions, struct cluster_range *ranges,
                         struct error *error);

struct broker_setting {
    int broker;         /* node id */
    char *name, *value; /* value "<redacted>" for sensitive ones, NULL when the broker tells none */
    const char
        *source; /* static storage: "default", "static", "dynamic-broker", "dynamic-default", "topic", "group"… */
};
struct broker_setting_list {
    struct broker_setting *items;
    size_t count;
};
/* DescribeConfigs of every broker. The caller frees with broker_setting_list_release(). Mock clusters answer nothing: count 0. */
bool cluster_describe_brokers(struct cluster *cluster, struct broker_setting_list *settings, struct error *error);
void broker_setting_list_release(struct broker_setting_list *settings);

#endif

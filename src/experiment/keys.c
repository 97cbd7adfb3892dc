/* SPDX-License-Identifier: Apache-2.0 */
#include "experiment/keys_table.h"

#include "experiment/metric.h"

#include "base/banned.h"

/* The order of the names is that of the enums in experiment.h. */
static const char *const cluster_kinds[] = {"local", "external", "mock", NULL};
static const char *const cluster_modes[] = {"kraft", "zookeeper", NULL};
static const char *const workloads[] = {"produce", "consume", "end-to-end", "produce-consume", NULL};
static const char *const record_keys[] = {"none", "random", "sequential", NULL};
static const char *const verifications[] = {"count", "content", NULL};
static const char *const arrival_processes[] = {"constant", "poisson", NULL};
static const char *const fault_kinds[] = {"pause", "kill", NULL};

#define ON_LOCAL (1u << CLUSTER_LOCAL)
#define ON_EXTERNAL (1u << CLUSTER_EXTERNAL)
#define ON_MOCK (1u << CLUSTER_MOCK)

static const struct key cluster_keys[] = {
    {"kind", KEY_ENUM, AT(cluster_definition, kind), .fallback = "local", .names = cluster_kinds,
     .help = "local: started for the campaign; external: already running; mock: librdkafka's own mock"},
    {"mode", KEY_ENUM, AT(cluster_definition, mode), .fallback = "kraft", .names = cluster_modes, .only = ON_LOCAL,
     .help = "how the brokers agree (local)"},
    {"kafka", KEY_STRING, AT(cluster_definition, kafka_version), .optional = true, .only = ON_LOCAL,
     .help = "Maven version of the broker (local, needed there)"},
    {"zookeeper", KEY_STRING, AT(cluster_definition, zookeeper_version), .optional = true, .only = ON_LOCAL,
     .help = "version of ZooKeeper (needed with mode zookeeper, only there)"},
    {"scala", KEY_STRING, AT(cluster_definition, scala_version), .fallback = "2.13", .only = ON_LOCAL,
     .help = "Scala version of the broker's build, in quotes (local)"},
    {"brokers", KEY_INTEGER, AT(cluster_definition, brokers), .fallback = "3", IN(1, 100), .only = ON_LOCAL | ON_MOCK,
     .help = "number of brokers (local, mock)"},
    {"jvm", KEY_STRINGS, AT(cluster_definition, jvm), .fallback = "-Xms1g -Xmx1g", .only = ON_LOCAL,
     .help = "arguments of the brokers' JVMs (local)"},
    {"config", KEY_PROPERTIES, AT(cluster_definition, config), .only = ON_LOCAL,
     .help = "server.properties, over the broker's defaults (local)"},
    {"rtt", KEY_DURATION, AT(cluster_definition, rtt_ms), .optional = true, .only = ON_MOCK, IN(1, 1000),
     .help = "round-trip time that the brokers add to each response (mock)"},
    {"bootstrap.servers", KEY_STRING, AT(cluster_definition, bootstrap_servers), .optional = true, .only = ON_EXTERNAL,
     .help = "host:port,host:port (external, needed there)"},
    {"client", KEY_PROPERTIES, AT(cluster_definition, client), .only = ON_EXTERNAL,
     .help = "properties every client needs to get in; ${env:NAME} is replaced when used (external)"},
    {0},
};
static const struct key_table cluster_table = {.what = "the cluster",
                                               .keys = cluster_keys,
                                               .selector = &cluster_keys[0]};

static const struct key record_table_keys[] = {
    {"size", KEY_SIZE, AT(experiment_case, record_size_bytes), .fallback = "100", IN(1, 100 << 20),
     .help = "bytes of a record's value"},
    {"key", KEY_ENUM, AT(experiment_case, record_key), .fallback = "none", .names = record_keys,
     .help = "a record's key"},
    {"compressibility", KEY_REAL, AT(experiment_case, record_compressibility), .fallback = "0", IN(0, 1),
     .help = "0: random bytes … 1: constant"},
    {0},
};
static const struct key_table record_table = {.what = "record", .keys = record_table_keys};

static const struct key load_keys[] = {
    {"producers", KEY_INTEGER, AT(experiment_case, producers), .fallback = "1", IN(0, 1000),
     .help = "producer processes"},
    {"consumers", KEY_INTEGER, AT(experiment_case, consumers), .fallback = "0", IN(0, 1000),
     .help = "consumer processes"},
    {"rate", KEY_RATE, AT(experiment_case, rate_per_sec), .fallback = "max", IN(0.001, 1e9),
     .help = "max (closed loop) or records/s of all producers together (open loop)"},
    {"arrivals", KEY_ENUM, AT(experiment_case, arrivals), .fallback = "constant", .names = arrival_processes,
     .help = "at a rate: evenly spaced, or a Poisson process drawn from the seed"},
    {0},
};
static const struct key_table load_table = {.what = "load", .keys = load_keys};

static const struct key measure_keys[] = {
    {"warmup", KEY_DURATION, AT(experiment_case, warmup_ms), .fallback = "3s", IN(0, 86400000),
     .help = "cut from the front of each trial"},
    {"duration", KEY_DURATION, AT(experiment_case, duration_ms), .optional = true, IN(100, 86400000),
     .instead_of = "records", .help = "length of the window; default 8s, unless records is given"},
    {"records", KEY_COUNT, AT(experiment_case, records), .optional = true, IN(1, 1e15), .instead_of = "duration",
     .help = "a number of records instead of a duration"},
    {"samples", KEY_BOOLEAN, AT(experiment_case, samples), .fallback = "true",
     .help = "false: drivers only count, no latency (shows the cost of the instrument)"},
    {0},
};
static const struct key_table measure_table = {.what = "measure", .keys = measure_keys};

static const struct key topic_keys[] = {
    {"partitions", KEY_INTEGER, AT(experiment_case, partitions), .required = true, IN(1, 10000), .help = "partitions"},
    {"replication.factor", KEY_INTEGER, AT(experiment_case, replication_factor), .required = true, IN(1, 100),
     .help = "replicas of each partition, the leader among them"},
    {"config", KEY_PROPERTIES, AT(experiment_case, topic_config), .help = "the topic's own settings"},
    {0},
};
static const struct key_table topic_table = {.what = "the topic", .keys = topic_keys};

static const struct key fault_keys[] = {
    {"at", KEY_DURATION, AT(fault, at_ms), .required = true, IN(0, 86400000),
     .help = "after the trial's start, its warm-up included"},
    {"do", KEY_ENUM, AT(fault, kind), .required = true, .names = fault_kinds,
     .help = "pause: the brokers stand still; kill: kill -9, started again afterwards"},
    {"broker", KEY_INTEGER, AT(fault, broker), .fallback = "0", IN(0, 100), .help = "from 1; 0: all of them"},
    {"for", KEY_DURATION, AT(fault, for_ms), .required = true, IN(1, 86400000), .help = "how long"},
    {0},
};
static const struct key_table fault_table = {"the fault", fault_keys, sizeof(struct fault),
                                             offsetof(struct fault, position), NULL};

static const struct key case_table_keys[] = {
    {"name", KEY_CASE_NAME, AT(experiment_case, name), .required = true, .not_in_defaults = true,
     .help = "the case's name: lower-case letters, digits, dots and hyphens"},
    {"title", KEY_STRING, AT(experiment_case, title), .not_in_defaults = true, .help = "for tables; default: the name"},
    {"sweep", KEY_SWEEP, .not_in_defaults = true,
     .help = "one case per value of a key such as record.size or producer.batch.size; a grid of several keys"},
    {"workload", KEY_ENUM, AT(experiment_case, workload), .fallback = "produce", .names = workloads,
     .help = "what the clients do"},
    {"record", KEY_GROUP, .table = &record_table, .help = "what is sent"},
    {"load", KEY_GROUP, .table = &load_table, .help = "how it is sent"},
    {"measure", KEY_GROUP, .table = &measure_table, .help = "how long"},
    {"verify", KEY_ENUM, AT(experiment_case, verify), .fallback = "count", .names = verifications,
     .help = "count: by the brokers' offsets; content: every record is read back"},
    {"faults", KEY_LIST, AT(experiment_case, faults), .table = &fault_table,
     .count_offset = offsetof(struct experiment_case, fault_count),
     .help = "what is done to the brokers while a trial runs, on purpose"},
    {"topic", KEY_GROUP, .required = true, .table = &topic_table, .help = "the topic made for each trial"},
    {"producer", KEY_PROPERTIES, AT(experiment_case, producer), .help = "producer settings, by Kafka's own names"},
    {"consumer", KEY_PROPERTIES, AT(experiment_case, consumer), .help = "consumer settings, by Kafka's own names"},
    {0},
};
const struct key_table case_keys = {"the case", case_table_keys, sizeof(struct experiment_case),
                                    offsetof(struct experiment_case, position), NULL};

static const struct key run_keys[] = {
    {"name", KEY_NAME, AT(experiment_run, name), .required = true, .help = "the run's name"},
    {"title", KEY_STRING, AT(experiment_run, title), .help = "for tables; default: the name"},
    {"driver", KEY_NAME, AT(experiment_run, driver), .required = true,
     .position_offset = offsetof(struct experiment_run, driver_position), .help = "a folder of src/drivers"},
    {"version", KEY_STRING, AT(experiment_run, version), .optional = true,
     .help = "version of the client library; default: the one that was set up"},
    {"jvm", KEY_STRINGS, AT(experiment_run, jvm), .help = "arguments of the client's JVM"},
    {"config", KEY_PROPERTIES, AT(experiment_run, config), .help = "settings by the client's own names"},
    {"allow-unsupported", KEY_STRINGS, AT(experiment_run, allow_unsupported),
     .help = "Kafka settings that this client may leave unapplied; the report says so"},
    {0},
};
static const struct key_table run_table = {"the run", run_keys, sizeof(struct experiment_run),
                                           offsetof(struct experiment_run, position), NULL};

static const struct key exclusion_keys[] = {
    {"case", KEY_CASE_NAME, AT(exclusion, case_name), .required = true, .help = "a case; of a sweep: one or all of it"},
    {"run", KEY_NAME, AT(exclusion, run_name), .required = true, .help = "a run"},
    {"reason", KEY_STRING, AT(exclusion, reason), .required = true, .help = "why the pair is not measured"},
    {0},
};
static const struct key_table exclusion_table = {"the exclusion", exclusion_keys, sizeof(struct exclusion), 0, NULL};

#define CLAIM_SIDE(side, needed)                                                                                       \
    {"case",                                                                                                           \
     KEY_CASE_NAME,                                                                                                    \
     .offset = offsetof(struct claim, side##_case),                                                                    \
     .required = (needed),                                                                                             \
     .optional = !(needed),                                                                                            \
     .help = "a case"},                                                                                                \
        {"run",                                                                                                        \
         KEY_NAME,                                                                                                     \
         .offset = offsetof(struct claim, side##_run),                                                                 \
         .required = (needed),                                                                                         \
         .optional = !(needed),                                                                                        \
         .help = "a run"},                                                                                             \
        {"version", KEY_NAME, .offset = offsetof(struct claim, side##_version), .optional = true,                      \
         .help = "another version that was measured; default: this one"},                                              \
        {"published", KEY_NAME, .offset = offsetof(struct claim, side##_published), .optional = true,                  \
         .help = "the version of a published table, instead of measured figures"},                                     \
        {0},

static const struct key claim_of_keys[] = {CLAIM_SIDE(of, true)};
static const struct key_table claim_of_table = {.what = "the pair", .keys = claim_of_keys};

static const struct key claim_to_keys[] = {CLAIM_SIDE(to, false)};
static const struct key_table claim_to_table = {.what = "the pair", .keys = claim_to_keys};

static const struct key claim_keys[] = {
    {"name", KEY_NAME, AT(claim, name), .required = true, .help = "the claim's name"},
    {"quote", KEY_STRING, AT(claim, quote), .required = true, .help = "the sentence"},
    {"metric", KEY_METRIC, AT(claim, metric), .required = true, .names = metric_names,
     .help = "a column of the results, or latency_p<percentile>_ms"},
    {"of", KEY_GROUP, .required = true, .table = &claim_of_table, .help = "the pair whose figure is divided"},
    {"to", KEY_GROUP, .optional = true, .table = &claim_to_table,
     .help = "the pair it is divided by; without it the figure itself is judged, by `range`"},
    {"ratio", KEY_RANGE, AT(claim, ratio), .optional = true, IN(0, 1e9),
     .help = "[low, high]: the claim holds when the ratio lies within"},
    {"range", KEY_RANGE, AT(claim, range), .optional = true, IN(0, 1e15),
     .help = "[low, high]: the claim holds when the figure lies within; where there is no `to`"},
    {0},
};
static const struct key_table claim_table = {"the claim", claim_keys, sizeof(struct claim),
                                             offsetof(struct claim, position), NULL};

static const struct key report_keys[] = {
    {"baseline", KEY_NAME, AT(experiment_report, baseline),
     .help = "runs are shown relative to this one; default: the first"},
    {"percentiles", KEY_REALS, AT(experiment_report, percentiles), .fallback = "50 95 99 99.9",
     .count_offset = offsetof(struct experiment_report, percentile_count), IN(0, 100),
     .help = "of the latency, rising"},
    {"published", KEY_NAME, AT(experiment_report, published), .optional = true,
     .help = "the version of a published table: the claims are judged on its figures too"},
    {0},
};
static const struct key_table report_table = {.what = "report", .keys = report_keys};

static const struct key root_keys[] = {
    {"version", KEY_NAME, AT(experiment, version), .required = true, .help = "must equal the file's name"},
    {"title", KEY_STRING, AT(experiment, title), .required = true, .help = "the post's title"},
    {"supersedes", KEY_NAME, AT(experiment, supersedes), .optional = true,
     .help = "the version that the report compares with"},
    {"changes", KEY_STRINGS, AT(experiment, changes), .help = "the changelog entry for this version"},
    {"cluster", KEY_GROUP, AT(experiment, cluster), .required = true, .table = &cluster_table,
     .help = "what is measured against"},
    {"defaults", KEY_DEFAULTS, .table = &case_keys,
     .help = "anything that a case may hold; a case overrides key by key"},
    {"cases", KEY_LIST, AT(experiment, cases), .required = true, .table = &case_keys,
     .count_offset = offsetof(struct experiment, case_count), .help = "configurations"},
    {"runs", KEY_LIST, AT(experiment, runs), .required = true, .table = &run_table,
     .count_offset = offsetof(struct experiment, run_count), .help = "client languages and libraries"},
    {"exclude", KEY_LIST, AT(experiment, exclusions), .table = &exclusion_table,
     .count_offset = offsetof(struct experiment, exclusion_count), .help = "pairs that are not measured"},
    {"design", KEY_GROUP, AT(experiment, design), .table = &design_keys, .help = "how often and in what order"},
    {"claims", KEY_LIST, AT(experiment, claims), .table = &claim_table,
     .count_offset = offsetof(struct experiment, claim_count),
     .help = "sentences with the measurement that makes them true"},
    {"report", KEY_GROUP, AT(experiment, report), .table = &report_table, .help = "how results are shown"},
    {0},
};
const struct key_table experiment_keys = {.what = "the definition", .keys = root_keys};

bool key_applies(const struct key_table *table, const struct key *key, const void *base)
{
    if (!key->only)
        return true;
    unsigned selected;
    memcpy(&selected, (const char *)base + table->selector->offset, sizeof selected);
    return key->only & 1u << selected;
}

const struct key *key_table_find(const struct key_table *table, const char *name)
{
    for (const struct key *key = table->keys; key->name; key++)
        if (string_equal(key->name, name))
            return key;
    return NULL;
}

void *key_pointer(const void *base, size_t offset)
{
    void *pointer;
    memcpy(&pointer, (const char *)base + offset, sizeof pointer);
    return pointer;
}

size_t key_count(const struct key *key, const void *base)
{
    size_t count;
    memcpy(&count, (const char *)base + key->count_offset, sizeof count);
    return count;
}

const char *cluster_kind_name(enum cluster_kind kind)
{
    return cluster_kinds[kind];
}

const char *cluster_mode_name(enum cluster_mode mode)
{
    return cluster_modes[mode];
}

const char *workload_name(enum workload workload)
{
    return workloads[workload];
}

const char *record_key_name(enum record_key key)
{
    return record_keys[key];
}

const char *verify_name(enum verify verify)
{
    return verifications[verify];
}

const char *arrivals_name(enum arrivals arrivals)
{
    return arrival_processes[arrivals];
}

const char *fault_kind_name(enum fault_kind kind)
{
    return fault_kinds[kind];
}

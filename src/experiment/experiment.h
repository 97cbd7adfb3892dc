/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An experiment as its definition says it (see README, "The definition"): the tree that the YAML file is turned into,
 * with every default filled in and every sweep expanded. Pure: no network, no database, no clock.
 *
 * experiment_parse() makes it, experiment_free() frees it with all that it points to. All strings are owned by the
 * experiment and never NULL unless said. Lists keep the order of the file.
 */
#ifndef KBENCH_EXPERIMENT_EXPERIMENT_H
#define KBENCH_EXPERIMENT_EXPERIMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"

/* Where a value stands in the definition: 1-based. */
struct position {
    int line, column;
};

/* One property of Kafka's: name and value as text, as a properties file would hold them. */
struct property {
    char *name;
    char *value;
    struct position position; /* of the value */
};

struct property_list {
    struct property *items;
    size_t count;
};

/* The value of `name`, or NULL. */
const char *property_list_get(const struct property_list *list, const char *name);
/* Set or replace; copies. */
void property_list_set(struct property_list *list, const char *name, const char *value);
void property_list_release(struct property_list *list);

enum cluster_kind { CLUSTER_LOCAL, CLUSTER_EXTERNAL, CLUSTER_MOCK };
enum cluster_mode { CLUSTER_KRAFT, CLUSTER_ZOOKEEPER };

struct cluster_definition {
    enum cluster_kind kind;
    enum cluster_mode mode;
    char *kafka_version;     /* Maven version of the broker; NULL unless local */
    char *zookeeper_version; /* NULL unless mode: zookeeper */
    char *scala_version;
    int brokers;
    struct string_list jvm;      /* arguments of the brokers' JVMs */
    struct property_list config; /* server.properties */
    char *bootstrap_servers;     /* external; else NULL */
    int64_t rtt_ms;              /* mock: round-trip time that the brokers add to each response; 0: none */
    struct property_list client; /* external: client properties; values may hold ${env:NAME}, not yet replaced */
};

enum workload { WORKLOAD_PRODUCE, WORKLOAD_CONSUME, WORKLOAD_END_TO_END, WORKLOAD_PRODUCE_CONSUME };
enum record_key { KEY_NONE, KEY_RANDOM, KEY_SEQUENTIAL };
enum verify { VERIFY_COUNT, VERIFY_CONTENT };
enum arrivals { ARRIVALS_CONSTANT, ARRIVALS_POISSON };

/* What is done to the brokers while a trial runs, on purpose. */
enum fault_kind { FAULT_PAUSE, FAULT_KILL };
struct fault {
    enum fault_kind kind; /* pause: SIGSTOP and SIGCONT; kill: kill -9, started again afterwards */
    int64_t at_ms;        /* after the trial's start, warm-up included */
    int64_t for_ms;
    int broker; /* 1-based; 0: all */
    struct position position;
};

/* A case, defaults applied, sweeps expanded. A swept case is named "<name>[record.size=10]" ("[a=1,b=2]" for a grid). */
struct experiment_case {
    char *name;
    char *title;
    struct position position;
    enum workload workload;
    int64_t record_size_bytes;
    enum record_key record_key;
    double record_compressibility; /* 0 = random bytes … 1 = constant */
    int producers, consumers;
    double rate_per_sec;    /* 0: max (closed loop) */
    enum arrivals arrivals; /* at a rate: evenly spaced, or a Poisson process */
    int64_t warmup_ms;      /* cut from the front of each trial */
    int64_t duration_ms;    /* the window; 0 when `records` decides */
    int64_t records;        /* 0 when `duration_ms` decides */
    enum verify verify;
    struct fault *faults;
    size_t fault_count;
    bool samples; /* false: drivers only count (the cost of the instrument); `measure: {samples: off}` */
    int partitions;
    int replication_factor;
    struct property_list topic_config;
    struct property_list producer; /* canonical Kafka names */
    struct property_list consumer;
};

/* A run: a client language or library. */
struct experiment_run {
    char *name;
    char *title;
    struct position position;
    char *driver; /* a folder's name in src/drivers */
    struct position driver_position;
    char *version;                        /* of the client library, or NULL: the one that was set up */
    struct string_list jvm;               /* arguments of the client's JVM, where it has one */
    struct property_list config;          /* the client's own names */
    struct string_list allow_unsupported; /* canonical names */
};

struct experiment_pair {
    int case_index, run_index;
};

/*
 * A sentence of the post with the measurement that would make it true: one pair's metric divided by that of another, or the
 * metric of one pair alone. A side is of this version unless it names another one that was measured, or a published table.
 */
struct claim {
    char *name, *quote;
    char *metric; /* a column of the results, such as "records_per_sec" */
    char *of_case, *of_run, *of_version, *of_published;
    char *to_case, *to_run, *to_version, *to_published; /* to_case and to_run NULL: no ratio, `range` is the bound */
    double ratio[2]; /* low, high: the claim holds when the ratio lies within; NAN: there is no `to` */
    double range[2]; /* the same of the figure itself; NAN: there is a `to` */
    struct position position;
};

/*
 * What makes a trial count as disturbed. Shares of the window's time unless said; INFINITY: no such rule. A trial is judged when
 * it has ended, by what was measured while it ran; what was not measured breaks no rule.
 */
struct disturbance_rules {
    double steal;     /* of all cores' time, taken by a hypervisor */
    double other_cpu; /* of all cores' time, used by processes that are neither client, broker nor kbench */
    double stall_cpu, stall_io, stall_memory; /* pressure stall information, "some" */
    double frequency; /* by how much the cores ran slower than in the campaign's fastest trial */
    double broker_gc; /* the broker that stood still most for its garbage collector */
    double trend;     /* change of the throughput over the window, where Mann-Kendall's p is below 0.05 */
    double dirty_bytes;
    int repeats; /* of a disturbed trial */
};

struct experiment {
    char *file; /* as given */
    char *version, *title;
    char *supersedes; /* or NULL */
    struct string_list changes;
    struct cluster_definition cluster;
    struct experiment_case *cases;
    size_t case_count;
    struct experiment_run *runs;
    size_t run_count;
    struct experiment_pair *pairs; /* cases × runs without the exclusions, case by case */
    size_t pair_count;
    struct exclusion {
        char *case_name; /* of a sweep: one of its cases, or all of them by the name before the bracket */
        char *run_name, *reason;
    } * exclusions;
    size_t exclusion_count;
    struct experiment_design {
        int trials_min, trials_max; /* equal unless `precision` is given */
        double precision;           /* 0: none; 0.03 for 3 % */
        enum design_order { ORDER_BLOCKED, ORDER_RANDOM, ORDER_SEQUENTIAL } order;
        uint64_t seed;
        int64_t warmup_ms;  /* the cluster is driven until its throughput is steady, at most this long; 0: not at all */
        int64_t timeout_ms; /* for one trial, from the start of its drivers to their end */
        int retries;
        struct disturbance_rules disturbance;
    } design;
    struct claim *claims;
    size_t claim_count;
    struct experiment_report {
        char *baseline; /* a run's name */
        double *percentiles;
        size_t percentile_count;
        char *published; /* the version of a published table that the claims are judged on too, or NULL */
    } report;
    char *as_written; /* the bytes of the file */
    char *canonical;  /* the canonical form: defaults filled in, keys sorted, YAML that parses to the same experiment */
    char sha256[65];  /* of `canonical`, hexadecimal */
};

/* All errors of one parse, in the order of their place. */
struct error_list {
    struct error *items;
    size_t count;
};
void error_list_add(struct error_list *errors, const struct error *error); /* copies */
void error_list_sort(struct error_list *errors);                           /* by line and column */
void error_list_release(struct error_list *errors);

/* A definition of more bytes than this is refused. */
#define EXPERIMENT_LENGTH_MAX (1024 * 1024)

/*
 * Parse `length` bytes of a definition named `file` (for messages, and for the check of `version` against its name).
 * NULL when there is an error; then `errors` has at least one, in the order of their place. Length and nesting are
 * bounded, anchors, aliases and tags are refused. The canonical form parses too, to the same experiment with the same identity.
 * Driver names and their settings are not checked here: that is driver_check_experiment() in src/driver.
 */
struct experiment *experiment_parse(const char *file, const char *bytes, size_t length, struct error_list *errors);
void experiment_free(struct experiment *experiment);

/* "kraft", "produce", … as the definition spells them. */
const char *cluster_kind_name(enum cluster_kind kind);
const char *cluster_mode_name(enum cluster_mode mode);
const char *workload_name(enum workload workload);
const char *record_key_name(enum record_key key);
const char *verify_name(enum verify verify);
const char *arrivals_name(enum arrivals arrivals);
const char *fault_kind_name(enum fault_kind kind);
const char *design_order_name(enum design_order order);

int experiment_find_case(const struct experiment *experiment, const char *name);              /* index or -1 */
int experiment_find_run(const struct experiment *experiment, const char *name);               /* index or -1 */
int experiment_find_pair(const struct experiment *experiment, int case_index, int run_index); /* index or -1 */
/* Whether `name` means the case: its whole name, or for one of a sweep the name before the bracket. */
bool experiment_case_matches(const struct experiment_case *c, const char *name);

#endif

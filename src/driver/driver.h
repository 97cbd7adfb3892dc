/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A driver: what its folder's driver.yaml says (struct driver), and a running one (struct driver_process). Speaks the
 * driver protocol (README, "Drivers"), translates canonical settings into the client's own. Knows nothing of SQL.
 */
#ifndef KBENCH_DRIVER_DRIVER_H
#define KBENCH_DRIVER_DRIVER_H

#include "base/error.h"
#include "base/json.h"
#include "base/process.h"
#include "base/redact.h"
#include "experiment/experiment.h"

#define DRIVER_PROTOCOL_VERSION 1

/* One line of the settings map. */
struct driver_setting {
    char *canonical; /* Kafka's name */
    char *native;    /* the client's; NULL when unsupported or always the same */
    enum driver_value_type { VALUE_STRING, VALUE_INTEGER, VALUE_REAL, VALUE_BOOLEAN } type; /* in the job's JSON */
    double scale; /* native number = canonical number × scale (bytes to KiB: 0.0009765625, rounded up); 0: as it is */
    char *unsupported; /* the reason, or NULL */
    char *always;      /* the one value that the client has, without being told, or NULL */
};

struct driver {
    char *name;   /* folder's name */
    char *folder; /* its path */
    char *title, *language, *library;
    bool is_tool;                /* gives its own figures (source 'tool'), no samples */
    bool is_test;                /* no client: for tests of kbench, and to copy from */
    bool is_delivering;          /* its records reach the topic; false: what the brokers stored says nothing about it */
    bool is_reading;             /* it can read a topic back: driver_start_reader() */
    char *default_version;       /* of the client library, for {version}; or NULL */
    struct string_list clusters; /* kinds it can be used with: local, external, mock */
    struct string_list workloads;
    struct string_list command;  /* with {java} {python} {build} {driver} {jvm} {version} not yet replaced */
    struct string_list requires; /* files (or glob patterns) that must exist, same placeholders: what set-up makes */
    char *setup_hint;            /* what to type when something is missing, or NULL */
    bool passes_unknown;         /* canonical properties not in the map go through under their own name */
    struct driver_setting *settings;
    size_t setting_count;
    char *settings_from; /* the driver whose map this is a copy of, where two share a client library; or NULL */
    struct position settings_from_position;
};

struct driver_list {
    struct driver *items;
    size_t count;
};

/* Read every src/drivers/<name>/driver.yaml below file_home(), and those of the folders (of a driver, or of several) in the
 * environment variable KBENCH_DRIVERS, with colons between them. In the order of their names. */
bool driver_list_load(struct driver_list *list, struct error *error);
void driver_list_release(struct driver_list *list);
const struct driver *driver_list_find(const struct driver_list *list, const char *name);
/* Whether its `requires` are there; `missing` (may be NULL) gets a line with what is missing and how to get it. */
bool driver_is_available(const struct driver *driver, struct text *missing);
/* The same for the version that a run asks for; NULL: the default one. */
bool driver_version_is_available(const struct driver *driver, const char *version, struct text *missing);

/* Check the runs of an experiment against the drivers: unknown driver (with nearest name), workload, cluster kind, settings that
 * a client cannot honour and that the run does not allow. Appends to `errors` with the definition's places. A workload
 * that no driver at all supports is not an error here: it is not built yet, which is for `kbench run` to say. */
void driver_check_experiment(const struct driver_list *list, const struct experiment *experiment,
                             struct error_list *errors);

/* One setting of a trial, as it was asked for, handed over and confirmed. */
struct setting_record {
    char *canonical; /* Kafka's name, or NULL for a native-only one */
    char *native;    /* the client's name, or NULL when not supported */
    char *requested; /* the definition's value as text, or NULL when only reported */
    char *handed;    /* what the client was given for it, in its own unit, or NULL */
    char *in_force;  /* as the client reports it, or NULL when it does not tell */
    bool applied;    /* requested, and handed to the client or always so; false also when another setting won over it */
    bool differs;    /* requested, and the client reports another value than that */
    bool secret;     /* the texts above are REDACTED */
};
struct setting_list {
    struct setting_record *items;
    size_t count;
};
void setting_list_release(struct setting_list *list);

/* Everything one driver process of a trial needs to know. */
struct driver_job {
    const struct experiment *experiment;
    const struct experiment_case *c;
    const struct experiment_run *run;
    const char *role; /* "producer" */
    const char *topic;
    const char *bootstrap_servers;
    const struct property_list *client_properties; /* of the cluster: security. May hold secrets */
    const char *payload_file;
    int64_t payload_records;
    const char *fifo; /* NULL: samples off */
    uint64_t seed;
    bool unlimited;   /* until stopped, whatever number of records the case says (the cluster's warm-up) */
    bool is_numbered; /* record i begins with the number sequence_base + i, 8 bytes big-endian */
    int64_t sequence_base;
    /* Intended times of a rate that is not constant, little-endian int64 offsets in ns, ascending, from 0 to below the span: record
     * i is intended at start + (i / records) * span_ns + offset[i mod records]. NULL: at equal distances. */
    const char *schedule_file;
    int64_t schedule_records, schedule_span_ns;
};

/* What a process that reads a topic back needs to know. Its settings are those of the cluster's client properties alone. */
struct driver_reader_job {
    const struct experiment *experiment;
    const char *topic;
    const char *bootstrap_servers;
    const struct property_list *client_properties; /* as in struct driver_job; or NULL */
    const struct driver_range {
        int32_t partition;
        int64_t begin, end; /* offsets: begin is read, end is not */
    } * ranges;
    size_t range_count;
    const char *fifo; /* gets a struct driver_item for each record */
};

/* What a reader writes for each record, little-endian. */
struct driver_item {
    int64_t sequence; /* the first 8 bytes of the record's value, big-endian; 0 when it has fewer */
    int64_t offset;
    int32_t partition;
    int32_t status; /* 0; 1: the value is too short to hold a sequence number */
};

/*
 * The settings a job hands over, translated: a JSON object of native names (new reference; it may hold secrets), and the list
 * with requested, handed and applied filled; in_force and differs come when the client is ready. ERROR_INPUT when one is
 * unsupported and not allowed, or its value is none for it. Pure.
 */
bool driver_translate(const struct driver *driver, const struct driver_job *job, json_t **settings,
                      struct setting_list *list, struct error *error);

struct driver_process; /* opaque: the child, its line buffers, its stderr (bounded: first and last 32 KiB kept) */

/* Start the program and hand it the job. */
struct driver_process *driver_start(const struct driver *driver, const struct driver_job *job, struct error *error);
/* The same for a driver that reads, in its default version: once started it comes to its end by itself. The reader of the
 * job's FIFO must have it open before driver_command_start(). */
struct driver_process *driver_start_reader(const struct driver *driver, const struct driver_reader_job *job,
                                           struct error *error);
/* STARTING → (ready) → READY → driver_command_start() → RUNNING → (done, exit 0) → DONE. */
enum driver_state { DRIVER_STARTING, DRIVER_READY, DRIVER_RUNNING, DRIVER_DONE, DRIVER_FAILED };
/* Wait at most `timeout_ms` (0: not at all, negative: for ever) until something happens, read what stdout and stderr have; the
 * state afterwards. DRIVER_FAILED fills `error`: a line that is not of the protocol, a wrong clock, an early exit (with
 * the end of its stderr). DRIVER_DONE only after exit status 0. Silence is not judged here; a signal ends the waiting. */
enum driver_state driver_poll(struct driver_process *process, int timeout_ms, struct error *error);
bool driver_command_start(struct driver_process *process, struct error *error);
/* No error when it has come to its end by itself in the meantime. */
bool driver_command_stop(struct driver_process *process, struct error *error);
pid_t driver_pid(const struct driver_process *process);

struct driver_outcome {
    int64_t sent, acked, failed; /* -1 before done */
    int64_t outstanding;         /* sent − acked − failed: records whose fate it never learnt; -1 before done */
    int64_t due;                 /* records that the rate wanted by the stop; -1: it has no rate, or does not tell */
    int64_t read;                /* a reader's records; -1 before done, and of others */
    json_t *errors;              /* {code: count} or NULL; borrowed */
    json_t *versions;            /* of ready, or NULL; borrowed */
    json_t *tool;                /* a tool's own figures, or NULL; borrowed */
    const struct setting_list *settings;
    const char *command_line;      /* redaction is the caller's */
    const char *stderr_text;       /* clean text; complete after the end, "" before */
    struct process_result process; /* CPU and memory, after the end */
};
/* What it refers to lives until driver_process_free(). */
void driver_outcome(const struct driver_process *process, struct driver_outcome *outcome);
/* End it if it still runs: SIGTERM, SIGKILL after grace_ms. The outcome stays readable. */
void driver_process_end(struct driver_process *process, int grace_ms);
/* End it at once if it still runs, and free everything. NULL is allowed. */
void driver_process_free(struct driver_process *process);

/*
 * Ask a driver what it is without any cluster (role "probe"): `versions` gets its versions (new reference). `run` (NULL: the
 * defaults) tells version and JVM arguments. driver_probe() waits, 30 s at most; the two halves let several start at once.
 */
bool driver_probe(const struct driver *driver, const struct experiment_run *run, json_t **versions,
                  struct error *error);
struct driver_process *driver_probe_start(const struct driver *driver, const struct experiment_run *run,
                                          struct error *error);
/* Waits for the end and frees `process`. */
bool driver_probe_finish(struct driver_process *process, json_t **versions, struct error *error);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Everything that a report of one version says, read from the database once and computed once. The writers only lay it
 * out: no writer computes a figure of its own. report_model_load(), the writers, report_model_release().
 *
 * Trials with status 'ok' make figures, and with `include_disturbed` those with status 'disturbed' too; the others are
 * counted beside them. Absent numbers are NAN or STORE_ABSENT.
 */
#ifndef KBENCH_REPORT_MODEL_H
#define KBENCH_REPORT_MODEL_H

#include "base/error.h"
#include "base/text.h"
#include "experiment/experiment.h"
#include "measure/histogram.h"
#include "report/bottleneck.h"
#include "report/claims.h"
#include "report/drift.h"
#include "statistics/interval.h"
#include "store/store.h"

/* The metrics of a trial that are summarised: columns of the view `results`, under their own names. */
enum report_metric {
    METRIC_RECORDS_PER_SEC,
    METRIC_MB_PER_SEC,
    METRIC_LATENCY_AVG,
    METRIC_LATENCY_P50,
    METRIC_LATENCY_P95,
    METRIC_LATENCY_P99,
    METRIC_LATENCY_P999,
    METRIC_LATENCY_MAX,
    METRIC_CLIENT_CPU,
    METRIC_BROKER_CPU,
    METRIC_CLIENT_RSS,
    METRIC_CLIENT_CPU_PER_RECORD, /* µs of CPU for a record acknowledged in the window */
    METRIC_RECORDS_PER_CLIENT_CPU,
    METRIC_BROKER_CPU_PER_MILLION,
    METRIC_WIRE_BYTES_PER_RECORD,
    METRIC_CLIENT_BUSIEST_THREAD,
    METRIC_FIRST_STATE = METRIC_CLIENT_BUSIEST_THREAD, /* from here on how busy something was: no ratio is formed */
    METRIC_CLIENT_CPU_PERCENT,                         /* of one core, all its threads */
    METRIC_BROKER_IDLE,
    METRIC_DISK_BUSY,
    METRIC_STALL_IO,
    METRIC_STEAL,
    METRIC_COUNT
};
const char *report_metric_name(enum report_metric metric);
/* A trial's value; NAN: absent. */
double report_metric_of(const struct store_result_row *row, enum report_metric metric);

/* The metrics whose ratio to the baseline a report draws conclusions from. */
enum { REPORT_COMPARED_COUNT = 4 };
extern const enum report_metric report_compared[REPORT_COMPARED_COUNT];

/* One figure over the trials of a pair. */
struct report_figure {
    struct interval value;  /* median of the trials' values */
    double lowest, highest; /* trial */
    double merged; /* of all trials' records together (percentiles: merged histograms; maximum); NAN: not known */
    struct interval ratio; /* to the baseline, paired by block; n 0: none */
};

/* A count added up over the trials that know it. */
struct report_sum {
    int64_t total;
    size_t known; /* of how many trials; 0: absent */
};

/* Records acknowledged per second over a trial, for the chart. */
struct report_series {
    double *at_s, *per_sec; /* middle of the interval, from the trial's start */
    size_t count;
};

struct report_trial {
    const struct store_result_row *row; /* of the model's results */
    double *percentiles;                /* ms, by the index of the definition's percentiles */
    struct report_series series;
};

/* What a client said of one setting, over all trials of the pair: distinct values, usually one or none. */
struct report_setting {
    char *canonical;
    struct string_list natives, requested, in_force;
    bool applied; /* in every trial that asked for it */
};

/* How many of a pair's disturbed trials broke a rule of the definition. */
struct report_broken_rule {
    const char *rule; /* of the model's disturbances */
    int trials;
};

struct report_pair {
    const struct experiment_case *c;
    const struct experiment_run *run;
    int run_index;
    bool is_tool, is_baseline;
    struct report_trial *trials; /* those that count, in the order of their blocks */
    size_t trial_count;
    int failed, disturbed, interrupted; /* all that there are, whether they count or not */
    struct report_broken_rule *broken_rules;
    size_t broken_rule_count;
    struct report_figure metrics[METRIC_COUNT];
    struct report_figure *percentiles; /* by the index of the definition's percentiles */
    struct histogram *latency;         /* merged over the trials, or NULL */
    struct report_sum sent, acked, failed_records, stored, lost, duplicated;
    struct report_setting *settings;
    size_t setting_count;
    struct string_list own_settings;     /* asked for under a name that is the client's alone: "name=value" */
    struct string_list clients, brokers; /* distinct versions, as text */
    struct bottleneck_evidence evidence;
    enum bottleneck bottleneck;
};

struct report_case {
    const struct experiment_case *c;
    struct report_pair *pairs; /* in the order of the definition's runs; excluded runs are not among them */
    size_t pair_count;
    bool has_trials;
    struct string_list at_ceiling; /* titles of runs that meet one limit which is not theirs; none or at least two */
};

struct report_environment {
    int64_t id;
    struct string_list names, values; /* the JSON, flattened to dotted names */
};

struct report_broker_setting {
    char *name, *value, *source; /* several brokers with different values: "1: a, 2: b" */
};

/* The version that measures what samples cost. */
#define REPORT_INSTRUMENT_VERSION "instrument"
/* The throughput with samples to that without. */
struct report_instrument {
    char *driver;
    struct interval ratio;
};

/* A comparison to the baseline whose verdict is another with the disturbed trials than without. */
struct report_changed_conclusion {
    const struct report_pair *pair;
    enum report_metric metric;
    int shown,
        other; /* -1: lower than the baseline, 0: no difference shown, 1: higher; as reported, and the other way */
};

/* The warm-up of the cluster before a campaign, as its notes have it. */
struct report_warmup {
    int64_t campaign_id;
    char *case_name, *run_name;
    double seconds, window_s;
    bool steady;
    double *rates; /* records/s of windows of `window_s` one after the other */
    size_t rate_count;
};

struct report_model {
    struct store_experiment_row row;
    struct experiment *experiment;
    bool include_disturbed;
    struct store_result_rows results;
    struct store_result_rows published; /* of the published table that the definition's report names; none: empty */
    struct store_disturbance_rows disturbances;
    struct report_changed_conclusion *changed; /* conclusions that hang on the disturbed trials */
    size_t changed_count;
    size_t conclusion_count; /* how many were compared: those with an interval, one way or the other */
    struct drift drift;      /* of the throughput over the blocks */
    struct report_warmup *warmups;
    size_t warmup_count;
    struct store_verification verification; /* id STORE_ABSENT: there is none */
    int verified_here;                      /* on the machine of all campaigns: 1, 0, or -1 for not known */
    struct report_case *cases;
    size_t case_count;
    int baseline; /* index of the run, or -1 */
    struct store_campaign_rows campaigns;
    struct report_environment *environments;
    size_t environment_count;
    struct report_broker_setting *broker_settings; /* those that are not at their default */
    size_t broker_setting_count;
    struct report_instrument *instrument; /* by driver; none when it was not measured in this database */
    size_t instrument_count;
    struct string_list validity; /* sentences, not escaped */
    struct report_claim *claims; /* as the definition has them, once report_claims_load() has judged them */
    size_t claim_count;
};

/* The report as the rules want it: disturbed trials make no figure. */
bool report_model_load(struct store *store, const char *version, struct report_model *model, struct error *error);
bool report_model_load_all(struct store *store, const char *version, bool include_disturbed, struct report_model *model,
                           struct error *error);
/* Of a certain revision; 0: the newest. */
bool report_model_load_revision(struct store *store, const char *version, int revision, bool include_disturbed,
                                struct report_model *model, struct error *error);
void report_model_release(struct report_model *model);
/* By the names of case and run, or NULL. */
const struct report_pair *report_model_find_pair(const struct report_model *model, const char *case_name,
                                                 const char *run_name);
/* The summaries that the view shows; strings point into the model. The caller frees the array. */
struct store_summary *report_model_summaries(const struct report_model *model, size_t *count);

/* Whether a trial is one that makes figures: whole, and not left out by a rule that the report goes by. */
bool report_counts(const struct report_model *model, const struct store_result_row *row);

/* The definition as it ran: the canonical form in the database, not a file that may have changed since. NULL: `error`. */
struct experiment *report_definition(const struct store_experiment_row *row, struct error *error);

/* Parts of report_model_load() with a file of their own. */
bool report_instrument_load(struct store *store, struct report_model *model, struct error *error);
void report_instrument_release(struct report_model *model);
bool report_pair_load(struct store *store, const struct report_model *model, struct report_pair *pair,
                      struct error *error);
/* Whether the number of a pair's trials was chosen by how narrow the interval of its throughput was. */
bool report_stops_by_precision(const struct experiment *experiment);
/* That the interval of a median of the trials is made at: higher where its width decided how many trials there are. */
double report_confidence(const struct report_model *model, enum report_metric metric);
void report_pair_compare(const struct report_model *model, struct report_pair *pair,
                         const struct report_pair *baseline);
void report_pair_release(struct report_pair *pair);
bool report_context_load(struct store *store, struct report_model *model, struct error *error);
void report_context_release(struct report_model *model);
bool report_environment_load(struct store *store, int64_t id, struct report_environment *environment,
                             struct error *error);
void report_environment_release(struct report_environment *environment);
bool report_verification_load(struct store *store, struct report_model *model, struct error *error);
void report_warmup_load(struct report_model *model);
void report_warmup_release(struct report_model *model);
/* What limited each pair, and whether pairs of a case met the same limit. After report_context_load(). */
void report_bottleneck_judge(struct report_model *model);
void report_drift_measure(struct report_model *model);
/* With the disturbed trials and without: which comparisons to the baseline come out otherwise. */
void report_conclusions_compare(struct report_model *model);
/* The same of the claims, as a sentence; after report_claims_load(). */
bool report_claims_compare(struct store *store, struct report_model *model, struct error *error);
/* What an interval of a ratio says: -1 lower, 1 higher, 0 no difference shown. */
int report_conclusion_of(const struct interval *ratio);
/* The value of an environment's JSON under its dotted name, or NULL. */
const char *report_environment_value(const struct report_environment *environment, const char *name);
void report_validity_state(struct report_model *model);

#endif

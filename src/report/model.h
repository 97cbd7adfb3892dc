/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Everything that a report of one version says, read from the database once and computed once. The writers only lay it
 * out: no writer computes a figure of its own. report_model_load(), the writers, report_model_release().
 *
 * Only trials with status 'ok' make figures; the others are counted beside them. Absent numbers are NAN or STORE_ABSENT.
 */
#ifndef KBENCH_REPORT_MODEL_H
#define KBENCH_REPORT_MODEL_H

#include "base/error.h"
#include "base/text.h"
#include "experiment/experiment.h"
#include "measure/histogram.h"
#include "statistics/interval.h"
#include "store/store.h"

/* The metrics of a trial that are summarised; named as the columns of the view `results`, and one that follows from them. */
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
    METRIC_COUNT
};
const char *report_metric_name(enum report_metric metric);

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

struct report_pair {
    const struct experiment_case *c;
    const struct experiment_run *run;
    int run_index;
    bool is_tool, is_baseline;
    struct report_trial *trials; /* the 'ok' ones */
    size_t trial_count;
    int failed, disturbed, interrupted; /* trials left out */
    struct report_figure metrics[METRIC_COUNT];
    struct report_figure *percentiles; /* by the index of the definition's percentiles */
    struct histogram *latency;         /* merged over the trials, or NULL */
    struct report_sum sent, acked, failed_records, stored, lost, duplicated;
    struct report_setting *settings;
    size_t setting_count;
    struct string_list clients, brokers; /* distinct versions, as text */
};

struct report_case {
    const struct experiment_case *c;
    struct report_pair *pairs; /* in the order of the definition's runs; excluded runs are not among them */
    size_t pair_count;
    bool has_trials;
};

struct report_environment {
    int64_t id;
    struct string_list names, values; /* the JSON, flattened to dotted names */
};

struct report_broker_setting {
    char *name, *value, *source; /* several brokers with different values: "1: a, 2: b" */
};

/* The throughput with samples to that without. */
struct report_instrument {
    char *driver;
    struct interval ratio;
};

struct report_model {
    struct store_experiment_row row;
    struct experiment *experiment;
    struct store_result_rows results;
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
};

bool report_model_load(struct store *store, const char *version, struct report_model *model, struct error *error);
void report_model_release(struct report_model *model);
/* The summaries that the view shows; strings point into the model. The caller frees the array. */
struct store_summary *report_model_summaries(const struct report_model *model, size_t *count);

/* The definition as it ran: the canonical form in the database, not a file that may have changed since. NULL: `error`. */
struct experiment *report_definition(const struct store_experiment_row *row, struct error *error);

/* Parts of report_model_load() with a file of their own. */
bool report_instrument_load(struct store *store, struct report_model *model, struct error *error);
void report_instrument_release(struct report_model *model);
bool report_pair_load(struct store *store, const struct report_model *model, struct report_pair *pair,
                      struct error *error);
void report_pair_compare(const struct report_model *model, struct report_pair *pair,
                         const struct report_pair *baseline);
void report_pair_release(struct report_pair *pair);
bool report_context_load(struct store *store, struct report_model *model, struct error *error);
void report_context_release(struct report_model *model);
void report_validity_state(struct report_model *model);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a published number comes from: one pair's figure with all that it was made of and all that was left out.
 * report_explain(), the writers, explanation_release(). Nothing is computed anew that the model has: figure, interval and ratio are
 * the model's own, shown as the tables show them, so that the explanation cannot say another number than they do.
 *
 * Pointers that are said to be borrowed point into the model, which must outlive the explanation. Absent numbers are NAN or
 * STORE_ABSENT.
 */
#ifndef KBENCH_REPORT_EXPLAIN_H
#define KBENCH_REPORT_EXPLAIN_H

#include "base/json.h"
#include "report/explain_metric.h"
#include "report/model.h"

/* Whether a trial of the pair is in the figure, and if not by which rule. */
enum explanation_fate {
    EXPLAINED_COUNTED,
    EXPLAINED_FAILED,
    EXPLAINED_DISTURBED,
    EXPLAINED_INTERRUPTED,
    EXPLAINED_SUPERSEDED, /* a later attempt of its block is whole, too */
    EXPLAINED_UNKNOWN,    /* whole, but has no value of this metric */
};
const char *explanation_fate_name(enum explanation_fate fate); /* "counted", "failed", … */

struct explanation_trial {
    const struct store_result_row *row; /* borrowed: block, attempt, started_at, campaign, environment, status */
    double value;                       /* of the metric, in the documentation's unit; NAN: absent */
    enum explanation_fate fate;
    char *why;          /* it does not count: a sentence without a full stop; NULL when it counts */
    char *command_line; /* of the client's driver; NULL: not recorded */
};

/* One block of the ratio to the baseline. */
struct explanation_block {
    int number;
    double own, baseline, ratio; /* `ratio` is own to baseline */
};

struct explanation_ratio {
    const struct report_pair *baseline; /* borrowed; NULL: no ratio is formed, `why_none` says why */
    const char *why_none;
    struct interval interval; /* the model's; n 0: no ratio */
    char *shown;              /* the estimate as the tables show it, "0.352" */
    char *shown_spread;       /* what stands behind it there, "[0.341, 0.360]" or "n<5" */
    struct explanation_block *blocks;
    size_t block_count;
};

/* A name of the environment whose values differ between the environments of the pair's trials. */
struct explanation_difference {
    const char *name;          /* borrowed */
    struct string_list values; /* in the order of `environments`; "(not there)" where one lacks it */
};

struct explanation {
    const struct report_model *model; /* borrowed, as the pair */
    const struct report_pair *pair;   /* its `settings` and `own_settings` say what was asked for and in force */
    char *metric;                     /* its name */
    const struct metric_documentation *document; /* unit, formula, meaning */
    double percentile;                           /* of a percentile; else NAN */
    const struct report_figure *figure;          /* borrowed; NULL: a sum */
    const struct report_sum *sum;                /* borrowed; NULL: a figure */
    bool merged;       /* a percentile from merged histograms; else the median of what a tool printed */
    char *shown;       /* the figure exactly as the tables show it: "747,418" */
    char *shown_range; /* what stands behind it there: "[740,000, 755,112]", "n<5 (12.1 to 13.0)", "(2.1 to 3.0)"; "" */
    double value;      /* the same, not rounded; NAN: there is none */
    struct interval interval; /* of the trials' median, with its method; n 0: none, as for a sum */
    double
        confidence;  /* of the interval: 0.95, or 0.97 where its width decided the number of trials; NAN: no interval */
    size_t counted;  /* trials with a value that are in the figure */
    int64_t records; /* in the merged histograms; STORE_ABSENT: there is none */
    int digits;      /* significant ones of the histograms; 0: there is none */
    struct explanation_trial *trials; /* all of the pair, in the order of block and attempt */
    size_t trial_count;
    struct explanation_ratio ratio;
    const struct store_campaign_row **campaigns; /* borrowed: those of the pair's trials, oldest first */
    size_t campaign_count;
    const struct report_environment **environments; /* borrowed: those of these campaigns */
    size_t environment_count;
    struct explanation_difference *differences;
    size_t difference_count;
    struct string_list command_lines; /* of the trials that count: distinct ones */
    char *sql;                        /* gives the trials that count, from the view results */
};

/* `metric` is one of metric_names_of(model), else it is ERROR_INPUT with the nearest name. Releases what it has when it fails. */
bool report_explain(struct store *store, const struct report_model *model, const struct report_pair *pair,
                    const char *metric, struct explanation *explanation, struct error *error);
void explanation_release(struct explanation *explanation);

/* Which pair "case/run" means (a case's name may hold a slash, a run's not). NULL and ERROR_INPUT with the nearest name when there
 * is none. */
const struct report_pair *report_explain_find(const struct report_model *model, const char *name, struct error *error);

/* How the figure and its interval were found, in words without a full stop. The caller frees. */
char *explanation_method(const struct explanation *explanation);

/* For people, in at most 120 columns but for single words that are longer; for programs, complete (new reference). */
void report_explain_text(const struct explanation *explanation, struct text *text);
json_t *report_explain_json(const struct explanation *explanation);

#endif

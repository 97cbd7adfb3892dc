/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The versions that belong together: the one that a model is of, those that it supersedes, those that supersede it, all their
 * revisions, and the published tables that they name. For each what its definition says of its changes, and apart from that what
 * kbench sees itself different to the one before: definition, environment, clients, brokers, settings, and results whose intervals
 * leave no doubt. history_load(), the writers, history_release().
 *
 * Published numbers stand beside measured ones and are never divided by them.
 */
#ifndef KBENCH_REPORT_HISTORY_H
#define KBENCH_REPORT_HISTORY_H

#include "base/json.h"
#include "report/compare.h"
#include "report/model.h"
#include "store/revision.h"

/* The metrics that the results of two revisions are compared by. */
enum { HISTORY_METRIC_COUNT = 3 };
extern const char *const history_metrics[HISTORY_METRIC_COUNT];

/* One metric of one pair that both revisions have trials of. */
struct history_result {
    char *case_name, *run_name;
    const char *metric;
    struct interval before, after, ratio; /* after to before */
    const char *verdict;                  /* as comparison_verdict() has it */
    bool changed;                         /* judged, and the interval of the ratio excludes 1 */
};

/* What kbench sees different to the revision before. */
struct history_step {
    size_t before;                             /* index of history's revisions */
    struct comparison_difference *differences; /* what was not asked for first */
    size_t difference_count;
    bool judged; /* false: not known to be of one machine, so that no result is called changed */
    struct history_result *results;
    size_t result_count;
    size_t changed, not_shown, too_few; /* of the results, where judged: changed; the interval holds 1; no interval */
    struct string_list only_before, only_after; /* pairs "case/run" that only one side has trials of */
};

struct history_revision {
    struct store_revision row;
    struct string_list changes; /* of the definition, as its author wrote them */
    char *published;            /* the published table that the definition names, or NULL */
    bool is_own;                /* the one that the history is of */
    struct history_step *step;  /* NULL: there is none before it in the database, or `problem` */
    char *problem; /* why its definition cannot be read, or why it is not compared; NULL: it is, or the first */
};

/* A table that others published and that a version of the history names or supersedes. */
struct history_table {
    char *version;
    struct store_publication_rows publications; /* what it is from */
    struct store_result_rows rows;
};

struct history {
    const struct report_model *model;   /* borrowed: of the version that the history is of */
    struct history_revision *revisions; /* what is superseded stands before what supersedes it */
    size_t revision_count;
    struct history_table *tables;
    size_t table_count;
    struct string_list unknown; /* superseded versions of which the database has nothing but the name */
    bool is_cut;                /* there are earlier versions than those that were read */
};

/* Releases what it has when it fails. The model must outlive the history. */
bool history_load(struct store *store, const struct report_model *model, struct history *history, struct error *error);
void history_release(struct history *history);

/* history_step.c: compares two revisions. NULL: `error`. */
struct history_step *history_step_new(struct store *store, const struct store_revision *before,
                                      const struct store_revision *after, struct error *error);
void history_step_free(struct history_step *step); /* NULL is no step */

/* "2016", "2014 to 2016" or "no date": when a table's numbers were published. The caller frees. */
char *history_table_years(const struct history_table *table);
/* Whether the author's list of changes is the same as that of the revision before of the same version. */
bool history_repeats_changes(const struct history *history, size_t index);
/* "v1, revision 3". The caller frees. */
char *history_name(const struct history_revision *revision);

/* Markdown: the table of versions; the changelog, newest first; published numbers beside the model's measured ones. Each without a
 * heading of its own; each nothing where there is nothing to tell. */
void report_markdown_versions(const struct history *history, struct text *text);
void report_markdown_changes(const struct history *history, struct text *text);
void report_markdown_published(const struct history *history, struct text *text);
/* All of it as the sections of report.md. */
void report_markdown_history(const struct history *history, struct text *text);
/* New reference. */
json_t *report_history_json(const struct history *history);

#endif

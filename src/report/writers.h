/* SPDX-License-Identifier: Apache-2.0 */
/* The writers: each turns the model into one format and computes nothing of its own. */
#ifndef KBENCH_REPORT_WRITERS_H
#define KBENCH_REPORT_WRITERS_H

#include "report/model.h"

struct history;

/* The charts of a case, then those of a version. */
enum report_chart {
    CHART_THROUGHPUT,
    CHART_RATIO, /* to the baseline, with intervals: a forest plot */
    CHART_LATENCY,
    CHART_TIMELINE,
    CHART_EFFICIENCY,
    CHART_VERSIONS, /* beside another version and the published table that the definition names */
    CHART_TRIALS,   /* all of them over the campaigns' time: of the version, or of one case */
    CHART_COUNT
};
const char *report_chart_name(enum report_chart chart);
int report_chart_from_name(const char *name); /* -1: none of that name */
/* Whether there is one for each case; else there is one for the version. */
bool report_chart_is_of_case(enum report_chart chart);

/*
 * <path>.svg of one chart. `other`: the version that CHART_VERSIONS shows beside this one, or NULL. `report_case`: NULL only where the
 * chart is of the version. Not `drawn`: the data have nothing for it to show, and nothing was written. gnuplot that is not there is
 * an error here (ERROR_UNAVAILABLE).
 * The SVG stands in a page as it is: it has a viewBox and no size, no script, no link, and ids that begin with the last part of
 * `path`, so that files of different names do not collide.
 */
bool report_chart_draw(const struct report_model *model, const struct report_model *other, enum report_chart chart,
                       const struct report_case *report_case, const char *path, bool *drawn, struct error *error);
/* SHA-256, hexadecimal, of all that the drawing depends on but the version of gnuplot: it tells whether a drawing is still that of the
 * database where another gnuplot, or none, is. Not `shown`: there is nothing to show. */
bool report_chart_source(const struct report_model *model, const struct report_model *other, enum report_chart chart,
                         const struct report_case *report_case, char source[65], bool *shown, struct error *error);
/* What is to be seen in it, with the main numbers, as one sentence: not escaped. Nothing where there is nothing to show. */
void report_chart_describe(const struct report_model *model, const struct report_model *other, enum report_chart chart,
                           const struct report_case *report_case, struct text *text);
/* CSS by which a dark page recolours charts inside it: a rule for each colour, all below `scope` (a selector). */
void report_chart_dark_style(const char *scope, struct text *text);
/* Why no chart can be drawn, or NULL; the caller frees. */
char *report_charts_missing(void);

struct report_charts {
    const struct report_model *other; /* that they were drawn with, or NULL */
    /* By case (of the version: one): the file's name in charts/ without its ending, or "" when there is none. */
    struct string_list names[CHART_COUNT];
    char *missing; /* why there are none at all, or NULL */
};

/* <out>/charts/<chart>-<case>.{dat,svg,png} and <chart>.… of the version. gnuplot that is not there is no error: `charts->missing`
 * says so. */
bool report_charts_write(const struct report_model *model, const struct report_model *other, const char *out_folder,
                         struct report_charts *charts, struct error *error);
void report_charts_release(struct report_charts *charts);

/* `charts` NULL: none were asked for. */
void report_markdown(const struct report_model *model, const struct report_charts *charts, struct text *text);
/* The section of a case in it; its other parts are in markdown.h. */
void report_markdown_case(const struct report_model *model, const struct report_case *report_case, struct text *text);

void report_csv_results(const struct report_model *model, struct text *text);
void report_csv_summary(const struct report_model *model, struct text *text);
void report_json(const struct report_model *model, const struct history *history, struct text *text);

#endif

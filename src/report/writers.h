/* SPDX-License-Identifier: Apache-2.0 */
/* The writers: each turns the model into one format and computes nothing of its own. */
#ifndef KBENCH_REPORT_WRITERS_H
#define KBENCH_REPORT_WRITERS_H

#include "report/model.h"

enum report_chart { CHART_THROUGHPUT, CHART_LATENCY, CHART_TIMELINE, CHART_EFFICIENCY, CHART_COUNT };

struct report_charts {
    struct string_list
        names[CHART_COUNT]; /* by case: the file's name in charts/ without its ending, or "" when there is none */
    char *missing;          /* why there are none at all, or NULL */
};

/* <out>/charts/<chart>-<case>.{dat,svg,png}. gnuplot that is not there is no error: `charts->missing` says so. */
bool report_charts_write(const struct report_model *model, const char *out_folder, struct report_charts *charts,
                         struct error *error);
void report_charts_release(struct report_charts *charts);

/* `charts` NULL: none were asked for. */
void report_markdown(const struct report_model *model, const struct report_charts *charts, struct text *text);
/* Parts of it with a file of their own. */
void report_markdown_case(const struct report_model *model, const struct report_case *report_case, struct text *text);
void report_markdown_efficiency(const struct report_case *report_case, struct text *text);
/* Appends what is to be said of the pair's settings to `notes`, and the notes' numbers to `text`. */
void report_markdown_footnotes(const struct report_pair *pair, int *number, struct text *text, struct text *notes);
void report_markdown_settings(const struct report_case *report_case, struct text *text);
void report_markdown_validity(const struct report_model *model, struct text *text);
void report_markdown_context(const struct report_model *model, struct text *text);
void report_markdown_claims(const struct report_model *model, struct text *text);

void report_csv_results(const struct report_model *model, struct text *text);
void report_csv_summary(const struct report_model *model, struct text *text);
void report_json(const struct report_model *model, struct text *text);

#endif

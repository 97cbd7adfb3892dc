/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the explanation share. */
#ifndef KBENCH_REPORT_EXPLAIN_PARTS_H
#define KBENCH_REPORT_EXPLAIN_PARTS_H

#include "report/explain.h"

/* Which metric of the model a name is; METRIC_COUNT: none. */
enum report_metric explain_metric_index(const char *name);

/* explain_trials.c: all trials of the pair, which of them count and why the others do not. */
bool explain_trials(struct store *store, struct explanation *explanation, struct error *error);
/* explain_ratio.c: the ratio to the baseline, block by block, or why there is none. */
void explain_ratio(struct explanation *explanation);
/* explain_context.c: campaigns, environments and what differs between them, command lines, the query; after explain_trials(). */
void explain_context(struct explanation *explanation);

/* explain_text_context.c: what stood around the trials, behind the figure and its trials. */
void explain_text_context(const struct explanation *explanation, struct text *text);

/* explain_lines.c: lines for people. A heading with an empty line in front; a paragraph that is broken at blanks to 120 columns, all
 * its lines indented; "name: value" as a paragraph. Text from outside is cleaned. */
void explain_heading(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void explain_paragraph(struct text *text, int indent, const char *string);
void explain_item(struct text *text, const char *name, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif

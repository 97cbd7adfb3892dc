/* SPDX-License-Identifier: Apache-2.0 */
/* Markdown: parts of the report that stand in other documents too, each without a heading of its own. All text from outside goes
 * through format_markdown(). The same database gives the same bytes. */
#ifndef KBENCH_REPORT_MARKDOWN_H
#define KBENCH_REPORT_MARKDOWN_H

#include "report/model.h"
#include "report/writers.h"

/* What it is of: version, revision, definition, campaigns. */
void report_markdown_head(const struct report_model *model, struct text *text);
/* The results of a case, with footnotes; the ratios to the baseline, nothing where there is none. */
void report_markdown_results(const struct report_model *model, const struct report_case *report_case,
                             struct text *text);
void report_markdown_ratios(const struct report_model *model, const struct report_case *report_case, struct text *text);
/* How claims are judged, then each quoted sentence with a row for each of its claims; nothing when there is no claim. */
void report_markdown_sentences(const struct report_model *model, struct text *text);
/* A row for each run: what its trials said that they are. */
void report_markdown_clients(const struct report_model *model, struct text *text);
/* The first environment whole, of the others what differs from it. */
void report_markdown_environments(const struct report_model *model, struct text *text);

#endif

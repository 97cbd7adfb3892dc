/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parts of report.md, of which some stand in other documents too. None has a heading of its own: that is the document's. All text
 * from outside goes through format_markdown(). The same database gives the same bytes.
 */
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
/* What a record cost and what limited the run; what differs between the clients beside the client. Nothing without trials. */
void report_markdown_efficiency(const struct report_case *report_case, struct text *text);
void report_markdown_settings(const struct report_case *report_case, struct text *text);
/* Appends what is to be said of the pair's settings to `notes`, and the notes' numbers to `text`. */
void report_markdown_footnotes(const struct report_pair *pair, int *number, struct text *text, struct text *notes);
/* The throughput of all cases and runs in one table. */
void report_markdown_glance(const struct report_model *model, struct text *text);
/* Each quoted sentence with a row for each of its claims; before them how claims are judged. Nothing when there is no claim. */
void report_markdown_sentences(const struct report_model *model, struct text *text);
void report_markdown_claims(const struct report_model *model, struct text *text);
/* What the tables' figures are. */
void report_markdown_reading(const struct report_model *model, struct text *text);
/* What has to be known before the figures are believed. */
void report_markdown_validity(const struct report_model *model, struct text *text);
/* The campaigns, their warm-ups, the trials that are in no figure. */
void report_markdown_campaigns(const struct report_model *model, struct text *text);
/* A row for each run: what its trials said that they are. */
void report_markdown_clients(const struct report_model *model, struct text *text);
/* The first environment whole, of the others what differs from it. */
void report_markdown_environments(const struct report_model *model, struct text *text);
/* Settings of the brokers that are not at their default. */
void report_markdown_brokers(const struct report_model *model, struct text *text);

#endif

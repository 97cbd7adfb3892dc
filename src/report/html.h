/* SPDX-License-Identifier: Apache-2.0 */
/*
 * HTML: the page of a version, one file that asks for nothing else, and parts of it for a document of somebody else's. All
 * text from outside goes through format_html(). The same database gives the same bytes.
 */
#ifndef KBENCH_REPORT_HTML_H
#define KBENCH_REPORT_HTML_H

#include "report/model.h"
#include "report/writers.h"

struct history;

/* Parts for a document: each a table, or several, with captions and header cells. They have no ids, no script, no style and
 * no links; the document's own style applies. */

/* The results of a case and, where the definition names a baseline, the ratios to it. */
void report_html_case(const struct report_model *model, const struct report_case *report_case, struct text *text);
/* Each quoted sentence with a row for each of its claims; nothing when there is no claim. */
void report_html_claims(const struct report_model *model, struct text *text);
/* The first environment whole, of the others what differs from it. */
void report_html_environment(const struct report_model *model, struct text *text);
/* The versions and revisions, and what changed from one to the next. */
void report_html_history(const struct history *history, struct text *text);

/* The page of a version. */
struct report_page {
    struct store *store; /* for where each number comes from */
    const struct report_model *model;
    const struct report_charts *charts; /* NULL: none were asked for */
    const char *charts_folder;          /* that their SVGs lie in */
    const struct history *history;      /* NULL: none */
};
/* Append the page. False: a chart, a trial, or the page's own style or script (below file_home()) cannot be read. */
bool report_html(const struct report_page *page, struct text *text, struct error *error);

/* The index over the versions of a database. A version whose page does not lie in `folder` as VERSION/report.html has no link. */
bool report_html_index(struct store *store, const char *folder, struct text *text, struct error *error);

#endif

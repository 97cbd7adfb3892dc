/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The page of a version, one file that asks for nothing else, and the index over all versions. All text from outside goes through
 * format_html(). The same database gives the same bytes. Parts of it for other documents: html_parts.h.
 */
#ifndef KBENCH_REPORT_HTML_H
#define KBENCH_REPORT_HTML_H

#include "report/model.h"
#include "report/writers.h"

struct history;

/* The page of a version. */
struct report_page {
    struct store *store; /* for where each number comes from */
    const struct report_model *model;
    const struct report_charts *charts; /* NULL: none were asked for */
    const char *charts_folder;          /* that their SVGs lie in */
    const struct history *history;
};
/* Append the page. False: a chart, a trial, or the page's own style or script (below file_home()) cannot be read. */
bool report_html(const struct report_page *page, struct text *text, struct error *error);

/* The index over the versions of a database. A version whose page does not lie in `folder` as VERSION/report.html has no link. */
bool report_html_index(struct store *store, const char *folder, struct text *text, struct error *error);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* What the HTML writers share: elements, tables and cells. Strings are escaped here, but where `markup` is said. */
#ifndef KBENCH_REPORT_HTML_PARTS_H
#define KBENCH_REPORT_HTML_PARTS_H

#include "report/format.h"
#include "report/html.h"

/* What is written to, and where it will stand. */
struct html {
    struct text *text;
    bool
        page; /* the page of a version: with ids, links to explanations, values to sort by; else a part for another document */
};

/* ---- html_parts.c: elements ---- */
/* <tag class="class">string</tag>; `class` NULL: none. */
void html_element(struct html *html, const char *tag, const char *class, const char *string);
void html_paragraph(struct html *html, const char *string);
/* <ul> of them; nothing when there are none. */
void html_list(struct html *html, const struct string_list *items);
/* A heading; on the page with an id, where there is one. */
void html_heading(struct html *html, int level, const char *id, const char *string);
/* Part of an id: what may not stand in one, or in a link to it, as _ and two hexadecimal digits. Different names stay different. */
void html_id(struct text *text, const char *name);
/* "case/run" or, of a metric, "case/run/metric": what `kbench explain` is asked, and the id of where the page answers it. The
 * caller frees. */
char *html_pair_id(const struct report_pair *pair, const char *metric);

/* A table in a container of its own to scroll in, up to its first header cell. `class`: for the page's style, or NULL. */
void html_table_begin(struct html *html, const char *class, const char *caption);
/* <th scope="col">; `sortable` (on the page): a click sorts the rows by it. */
void html_column(struct html *html, const char *title, const char *class);
void html_table_rows(struct html *html); /* the header ends, rows begin */
void html_table_end(struct html *html);
/* Two columns, names and values. */
void html_facts_begin(struct html *html, const char *caption);
void html_fact(struct html *html, const char *name, const char *value);

/* ---- html_cells.c: <td> with its end ---- */
/* Text from outside; nothing: a dash. */
void html_cell_text(struct html *html, const char *value);
void html_cell_code(struct html *html, const char *value);
/* A time of the database, to the second. */
void html_cell_time(struct html *html, const char *value);
void html_cell_count(struct html *html, int64_t value);
void html_cell_number(struct html *html, double value);
/* A number with a text of its own, sorted by the number. */
void html_cell_value(struct html *html, double value, const char *string);

/* Where a figure comes from: `metric` NULL: no link. */
struct html_source {
    const struct report_pair *pair;
    const char *metric;
};
/* median [interval]; below five trials "n<5 (lowest to highest)" */
void html_cell_median(struct html *html, const struct html_source *source, const struct report_figure *figure);
/* What all trials say together (lowest trial to highest trial). */
void html_cell_merged(struct html *html, const struct html_source *source, const struct report_figure *figure);
/* A figure alone. */
void html_cell_figure(struct html *html, const struct html_source *source, double value);
/* "12.3 %", of a share */
void html_cell_share(struct html *html, const struct html_source *source, double share);
void html_cell_sum(struct html *html, const struct html_source *source, const struct report_sum *sum, size_t trials);
/* ratio [interval] and what it says: `more` or `less` than the baseline, or "no difference shown" */
void html_cell_ratio(struct html *html, const struct report_pair *pair, enum report_metric metric, const char *more,
                     const char *less);

/* ---- parts of the page, each with a file of its own ---- */
/* html_case.c. The results, each row followed by what it opens to where `page` is given. */
bool html_results(struct html *html, const struct report_model *model, const struct report_case *report_case,
                  const struct report_page *page, struct error *error);
/* Nothing where there is no baseline. */
void html_ratios(struct html *html, const struct report_model *model, const struct report_case *report_case);
/* html_efficiency.c, html_settings.c */
void html_efficiency(struct html *html, const struct report_case *report_case);
void html_settings(struct html *html, const struct report_case *report_case);
/* html_detail.c: the row below a pair's: its trials, its settings, its latency, where its numbers come from. */
bool html_detail(struct html *html, const struct report_page *page, const struct report_pair *pair, size_t columns,
                 struct error *error);
void html_latency_curve(struct html *html, const struct report_pair *pair);
bool html_explanations(struct html *html, const struct report_page *page, const struct report_pair *pair,
                       struct error *error);
/* html_claims.c, html_context.c, html_environment.c, html_validity.c, html_history.c, html_published.c */
void html_claims(struct html *html, const struct report_model *model);
/* The sentences alone, without how they are judged. */
void html_sentences(struct html *html, const struct report_model *model);
void html_campaigns(struct html *html, const struct report_model *model);
void html_warmups(struct html *html, const struct report_model *model);
void html_versions(struct html *html, const struct report_model *model);
void html_broker_settings(struct html *html, const struct report_model *model);
void html_environments(struct html *html, const struct report_model *model);
void html_validity(struct html *html, const struct report_model *model);
/* The table of versions; what changed, newest first. */
void html_history_versions(struct html *html, const struct history *history);
void html_history_changes(struct html *html, const struct history *history);
/* Numbers that others published: never in a table with measured ones. Nothing where there are none. */
bool html_has_published(const struct report_model *model, const struct history *history);
void html_published(struct html *html, const struct report_model *model, const struct history *history);
/* Those of the tables that the versions name, each beside what was measured here. */
void html_published_beside(struct html *html, const struct history *history);
/* html_reading.c: the figures and their formulas, which the explanations link to. */
void html_reading(struct html *html, const struct report_model *model);
/* html_glance.c: the throughput of all cases and runs in one table. */
void html_glance(struct html *html, const struct report_model *model);
/* html_charts.c: those of a case, or with NULL those of the version. */
bool html_charts(struct html *html, const struct report_page *page, const struct report_case *report_case,
                 struct error *error);

#endif

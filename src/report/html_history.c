/* SPDX-License-Identifier: Apache-2.0 */
/* The versions that belong together: which there are, and what changed from one to the next. */
#include "report/history.h"

#include <inttypes.h>

#include "report/html_parts.h"
#include "report/origin.h"
#include "report/shown.h"

#include "base/banned.h"

/* Of each table of differences at most so many rows; `kbench compare` has the others. */
#define LISTED_MAX 200

static void revision_row(struct html *html, const struct history_revision *revision)
{
    const struct store_revision *row = &revision->row;
    char *name = history_name(revision),
         *trials = string_format("%" PRId64 " of %" PRId64, row->trials_ok, row->trials);
    text_append_format(html->text, "<tr%s><th scope=\"row\">", revision->is_own ? " class=\"own\"" : "");
    format_html(html->text, name);
    text_append_format(html->text, "%s</th>", revision->is_own ? " (this report)" : "");
    html_cell_text(html, row->title);
    html_cell_text(html, row->supersedes);
    html_cell_time(html, row->first_started);
    html_cell_time(html, row->last_ended);
    html_cell_text(html, row->campaigns);
    html_cell_value(html, (double)row->trials_ok, trials);
    html_cell_text(html, row->kbench_versions);
    html_cell_code(html, row->sha256);
    text_append(html->text, "</tr>\n");
    free(trials);
    free(name);
}

/* A table of numbers that others published: nothing of it was measured here, and its row says so. */
static void table_row(struct html *html, const struct history_table *table)
{
    char *years = history_table_years(table);
    char *measured = string_format("not measured here: %zu numbers, %s (%s)", table->rows.count,
                                   origin_of(&table->rows)->word, years);
    text_append(html->text, "<tr class=\"foreign\"><th scope=\"row\">");
    format_html(html->text, table->version);
    text_append(html->text, "</th>");
    html_cell_text(html, table->publications.count ? table->publications.items[0].title : NULL);
    text_append(html->text, "<td colspan=\"7\">");
    format_html(html->text, measured);
    text_append(html->text, "</td></tr>\n");
    free(measured);
    free(years);
}

void html_history_versions(struct html *html, const struct history *history)
{
    html_table_begin(html, "versions", "Versions and revisions in this database, and published tables that they name");
    html_column(html, "Version", NULL);
    html_column(html, "Title", NULL);
    html_column(html, "Supersedes", NULL);
    html_column(html, "First started (UTC)", NULL);
    html_column(html, "Last ended", NULL);
    html_column(html, "Campaigns", NULL);
    html_column(html, "Trials ok", "number");
    html_column(html, "kbench", NULL);
    html_column(html, "Definition, SHA-256", NULL);
    html_table_rows(html);
    for (size_t i = history->revision_count; i-- > 0;)
        revision_row(html, &history->revisions[i]);
    for (size_t i = 0; i < history->table_count; i++)
        table_row(html, &history->tables[i]);
    html_table_end(html);
    if (history->is_cut)
        html_paragraph(html, "There are earlier ones in this database, too far from this version to be listed here.");
    if (history->unknown.count) {
        char *list = format_list(&history->unknown);
        char *sentence = string_format("Superseded as well, but not in this database: %s.", list);
        html_paragraph(html, sentence);
        free(sentence);
        free(list);
    }
}

static void differences(struct html *html, const struct history_step *step)
{
    if (step->difference_count == 0) {
        html_paragraph(html, "Seen by kbench: nothing that is known differs but the figures.");
        return;
    }
    html_table_begin(html, "sortable", "Seen by kbench: what differs beside the figures");
    html_column(html, "What", NULL);
    html_column(html, "Kind", NULL);
    html_column(html, "Before", NULL);
    html_column(html, "After", NULL);
    html_column(html, "A definition asks for it", NULL);
    html_table_rows(html);
    for (size_t i = 0; i < step->difference_count && i < LISTED_MAX; i++) {
        const struct comparison_difference *difference = &step->differences[i];
        text_append(html->text, "<tr><th scope=\"row\">");
        format_html(html->text, difference->name);
        text_append(html->text, "</th>");
        html_cell_text(html, difference_kind_name(difference->kind));
        html_cell_text(html, difference->a);
        html_cell_text(html, difference->b);
        html_cell_text(html, difference->intended ? "yes" : "no");
        text_append(html->text, "</tr>\n");
    }
    html_table_end(html);
    if (step->difference_count > LISTED_MAX)
        text_append_format(html->text, "<p>And %zu more, which kbench compare lists.</p>\n",
                           step->difference_count - LISTED_MAX);
}

static void interval_cell(struct html *html, const struct interval *value, format_function *format)
{
    char *text = shown_interval_text(value, format);
    html_cell_value(html, value->estimate, text);
    free(text);
}

static void result_row(struct html *html, const struct history_result *result)
{
    char *pair = string_format("%s/%s", result->case_name, result->run_name);
    text_append(html->text, "<tr><th scope=\"row\">");
    format_html(html->text, pair);
    text_append(html->text, "</th>");
    html_cell_code(html, result->metric);
    interval_cell(html, &result->before, format_number);
    interval_cell(html, &result->after, format_number);
    interval_cell(html, &result->ratio, format_ratio);
    html_cell_text(html, result->verdict);
    text_append(html->text, "</tr>\n");
    free(pair);
}

static void results(struct html *html, const struct history_step *step)
{
    if (step->result_count == 0) {
        html_paragraph(html, "Results: no pair has trials on both sides.");
        return;
    }
    if (step->judged)
        text_append_format(
            html->text,
            "<p>Seen by kbench: of %zu results %zu changed beyond their 95 %% interval; no difference is shown "
            "in %zu, too few trials have %zu.</p>\n",
            step->result_count, step->changed, step->not_shown, step->too_few);
    else
        html_paragraph(html, "The results are not judged, since the two are not known to be of one machine.");
    html_table_begin(html, "sortable", "Results, after to before");
    html_column(html, "Case/run", NULL);
    html_column(html, "Figure", NULL);
    html_column(html, "Before", "number");
    html_column(html, "After", "number");
    html_column(html, "Ratio", "number");
    html_column(html, "Verdict", NULL);
    html_table_rows(html);
    for (size_t i = 0; i < step->result_count; i++)
        result_row(html, &step->results[i]);
    html_table_end(html);
}

static void pairs(struct html *html, const char *what, const struct string_list *names)
{
    if (names->count == 0)
        return;
    char *list = format_list(names), *sentence = string_format("%s: %s.", what, list);
    html_paragraph(html, sentence);
    free(sentence);
    free(list);
}

static void change(struct html *html, const struct history *history, size_t index)
{
    const struct history_revision *revision = &history->revisions[index];
    char *name = history_name(revision);
    if (html->page)
        html_heading(html, 3, NULL, name);
    else /* whose headings are the document's own */
        html_element(html, "p", NULL, name);
    if (revision->changes.count && !history_repeats_changes(history, index)) {
        html_paragraph(html, "By its author:");
        html_list(html, &revision->changes);
    }
    if (revision->problem) {
        char *sentence = string_format("Not compared: %s.", revision->problem);
        html_paragraph(html, sentence);
        free(sentence);
    } else if (!revision->step) {
        html_paragraph(html, "It is the first that this database holds.");
    } else {
        char *before = history_name(&history->revisions[revision->step->before]);
        char *sentence = string_format("Compared with %s:", before);
        html_paragraph(html, sentence);
        differences(html, revision->step);
        results(html, revision->step);
        pairs(html, "Not measured before", &revision->step->only_after);
        pairs(html, "No longer measured", &revision->step->only_before);
        free(sentence);
        free(before);
    }
    free(name);
}

void html_history_changes(struct html *html, const struct history *history)
{
    for (size_t i = history->revision_count; i-- > 0;)
        change(html, history, i);
}

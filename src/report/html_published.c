/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers that others published, set apart from what was measured. */
#include <math.h>

#include "report/history.h"
#include "report/html_parts.h"
#include "report/origin.h"

#include "base/banned.h"

static bool has_rows(const struct store_result_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        if (string_equal(rows->items[i].source, "published"))
            return true;
    return false;
}

bool html_has_published(const struct report_model *model, const struct history *history)
{
    return has_rows(&model->results) || has_rows(&model->published) || history->table_count > 0;
}

static void row(struct html *html, const struct store_result_row *r)
{
    const double values[] = {r->records_per_sec, r->mb_per_sec,     r->latency_avg_ms, r->latency_max_ms,
                             r->latency_p50_ms,  r->latency_p95_ms, r->latency_p99_ms, r->latency_p999_ms};
    text_append(html->text, "<tr><th scope=\"row\">");
    format_html(html->text, r->case_name);
    text_append(html->text, "</th>");
    html_cell_text(html, r->run_name);
    html_cell_count(html, r->records_sent);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        html_cell_number(html, values[i]);
    text_append(html->text, "</tr>\n");
}

static void table(struct html *html, const struct store_result_rows *rows, const char *version)
{
    static const char *const columns[] = {"Records sent", "Records/s", "MB/s",    "Average ms", "Maximum ms",
                                          "50th ms",      "95th ms",   "99th ms", "99.9th ms"};
    char *caption = string_format("Published as %s: not measured here", version);
    html_table_begin(html, "sortable", caption);
    html_column(html, "Case", NULL);
    html_column(html, "Run", NULL);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        html_column(html, columns[i], "number");
    html_table_rows(html);
    for (size_t i = 0; i < rows->count; i++)
        if (string_equal(rows->items[i].source, "published"))
            row(html, &rows->items[i]);
    html_table_end(html);
    free(caption);
}

/* One figure twice: as published, and as measured here or a dash. */
static void header(struct html *html, const char *figure, const struct history_table *table, const char *version)
{
    char *published = string_format("%s, %s %s", figure, table->version, origin_of(&table->rows)->word),
         *measured = string_format("%s, %s measured", figure, version);
    html_column(html, published, "number foreign");
    html_column(html, measured, "number");
    free(measured);
    free(published);
}

static void published_cell(struct html *html, double value)
{
    struct text text = TEXT_INIT;
    format_number(&text, value);
    text_append_format(html->text, "<td class=\"number foreign\">%s</td>", text.bytes);
    text_release(&text);
}

static void beside_row(struct html *html, const struct report_model *model, const struct store_result_row *published)
{
    static const struct report_figure none = {.value = {.estimate = (double)NAN}, .merged = (double)NAN};
    const struct report_pair *pair = report_model_find_pair(model, published->case_name, published->run_name);
    const struct html_source rate = {pair, "records_per_sec"}, average = {pair, "latency_avg_ms"},
                             p99 = {pair, "latency_p99_ms"}, maximum = {pair, "latency_max_ms"};
    text_append(html->text, "<tr><th scope=\"row\">");
    format_html(html->text, published->case_name);
    text_append(html->text, "</th>");
    html_cell_text(html, published->run_name);
    published_cell(html, published->records_per_sec);
    html_cell_median(html, &rate, pair ? &pair->metrics[METRIC_RECORDS_PER_SEC] : &none);
    published_cell(html, published->latency_avg_ms);
    html_cell_median(html, &average, pair ? &pair->metrics[METRIC_LATENCY_AVG] : &none);
    published_cell(html, published->latency_p99_ms);
    html_cell_merged(html, &p99, pair ? &pair->metrics[METRIC_LATENCY_P99] : &none);
    published_cell(html, published->latency_max_ms);
    html_cell_merged(html, &maximum, pair ? &pair->metrics[METRIC_LATENCY_MAX] : &none);
    text_append(html->text, "</tr>\n");
}

void html_published_beside(struct html *html, const struct history *history)
{
    static const char *const figures[] = {"Records/s", "Average ms", "99th ms", "Maximum ms"};
    for (size_t i = 0; i < history->table_count; i++) {
        const struct history_table *beside = &history->tables[i];
        const struct origin *origin = origin_of(&beside->rows);
        char *years = history_table_years(beside);
        char *caption = string_format("%s, %s (%s) %s, beside what was measured "
                                      "here: to be read, not divided",
                                      beside->version, origin->word, years, origin->where);
        html_table_begin(html, NULL, caption);
        html_column(html, "Case", NULL);
        html_column(html, "Run", NULL);
        for (size_t j = 0; j < sizeof figures / sizeof *figures; j++)
            header(html, figures[j], beside, history->model->row.version);
        html_table_rows(html);
        for (size_t j = 0; j < beside->rows.count; j++)
            beside_row(html, history->model, &beside->rows.items[j]);
        html_table_end(html);
        free(caption);
        free(years);
    }
}

void html_published(struct html *html, const struct report_model *model, const struct history *history)
{
    if (!html_has_published(model, history))
        return;
    text_append(html->text, "<section class=\"published\">\n");
    html_heading(html, 2, "published", "Published numbers, for reference");
    html_paragraph(
        html,
        "Not measured here: figures that others published or that a tool printed, on other machines and versions. No ratio is formed "
        "with them but where a claim says so.");
    if (has_rows(&model->results))
        table(html, &model->results, model->row.version);
    if (has_rows(&model->published))
        table(html, &model->published, model->experiment->report.published);
    html_published_beside(html, history);
    text_append(html->text, "</section>\n");
}

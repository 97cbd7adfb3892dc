/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers that others published beside those that were measured here, each in columns of their own. */
#include <math.h>

#include "report/history.h"
#include "report/markdown_cells.h"
#include "report/origin.h"

#include "base/banned.h"

static void introduce(const struct history *history, const struct history_table *table, struct text *text)
{
    const struct origin *origin = origin_of(&table->rows);
    char *years = history_table_years(table);
    text_append(text, "Columns \"");
    format_markdown(text, table->version);
    text_append_format(text, "\": %s (%s), %s", origin->word, years, origin->where);
    for (size_t i = 0; i < table->publications.count; i++) {
        text_append(text, i ? "; " : ", in: ");
        format_markdown(text, table->publications.items[i].title);
    }
    text_append(text, ". One number each, and nobody knows its spread. Columns \"");
    format_markdown(text, history->model->row.version);
    text_append(text,
                "\": measured here. The two stand side by side to be read, and no ratio is formed between them.\n\n");
    free(years);
}

static void header(const struct history *history, const struct history_table *table, struct text *text)
{
    static const char *const metrics[] = {"Records/s", "Average ms", "99th ms", "Maximum ms"};
    const size_t count = sizeof metrics / sizeof *metrics;
    const char *word = origin_of(&table->rows)->word;
    text_append(text, "| Case | Run |");
    for (size_t i = 0; i < count; i++) {
        text_append_format(text, " %s, ", metrics[i]);
        format_markdown(text, table->version);
        text_append_format(text, " %s | %s, ", word, metrics[i]);
        format_markdown(text, history->model->row.version);
        text_append(text, " measured |");
    }
    text_append(text, "\n| --- | --- |");
    for (size_t i = 0; i < 2 * count; i++)
        text_append(text, " ---: |");
    text_append_char(text, '\n');
}

/* `pair` NULL: not measured here, so dashes. */
static void row(const struct store_result_row *published, const struct report_pair *pair, struct text *text)
{
    static const struct report_figure none = {.value = {.estimate = (double)NAN}, .merged = (double)NAN};
    const struct report_figure *rate = pair ? &pair->metrics[METRIC_RECORDS_PER_SEC] : &none,
                               *average = pair ? &pair->metrics[METRIC_LATENCY_AVG] : &none,
                               *p99 = pair ? &pair->metrics[METRIC_LATENCY_P99] : &none,
                               *maximum = pair ? &pair->metrics[METRIC_LATENCY_MAX] : &none;
    text_append_char(text, '|');
    cell_text(text, published->case_name);
    cell_text(text, published->run_name);
    cell_number(text, published->records_per_sec);
    cell_median(text, rate);
    cell_number(text, published->latency_avg_ms);
    cell_median(text, average);
    cell_number(text, published->latency_p99_ms);
    cell_merged(text, p99);
    cell_number(text, published->latency_max_ms);
    cell_merged(text, maximum);
    text_append_char(text, '\n');
}

/* Several publications may have a number for one pair. */
static void rows_of(const struct history_table *table, const struct report_pair *pair, struct text *text)
{
    for (size_t i = 0; i < table->rows.count; i++) {
        const struct store_result_row *published = &table->rows.items[i];
        if (string_equal(published->case_name, pair->c->name) && string_equal(published->run_name, pair->run->name))
            row(published, pair, text);
    }
}

/* In the order of this version's definition; then what only others have measured. */
static void rows(const struct history *history, const struct history_table *table, struct text *text)
{
    const struct report_model *model = history->model;
    for (size_t i = 0; i < model->case_count; i++)
        for (size_t j = 0; j < model->cases[i].pair_count; j++)
            rows_of(table, &model->cases[i].pairs[j], text);
    for (size_t i = 0; i < table->rows.count; i++) {
        const struct store_result_row *published = &table->rows.items[i];
        if (!report_model_find_pair(model, published->case_name, published->run_name))
            row(published, NULL, text);
    }
}

void report_markdown_published(const struct history *history, struct text *text)
{
    for (size_t i = 0; i < history->table_count; i++) {
        const struct history_table *table = &history->tables[i];
        introduce(history, table, text);
        header(history, table, text);
        rows(history, table, text);
        text_append_char(text, '\n');
    }
}

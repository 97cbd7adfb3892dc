/* SPDX-License-Identifier: Apache-2.0 */
/* The results of a case and the ratios to the baseline. */
#include <math.h>

#include "report/explain_metric.h"
#include "report/html_parts.h"
#include "report/shown.h"
#include "report/wording.h"
#include "statistics/detectable.h"

#include "base/banned.h"

struct columns {
    bool delivery, ratio;           /* whether they are shown */
    size_t count;                   /* of all */
    struct string_list percentiles; /* the metrics' names, in the order of the definition's */
};

static struct columns choose_columns(const struct report_model *model, const struct report_case *report_case)
{
    const struct experiment *experiment = model->experiment;
    struct columns columns = {.ratio = false};
    for (size_t i = 0; i < experiment->report.percentile_count; i++) {
        char *name = metric_percentile_name(experiment->report.percentiles[i]);
        string_list_push(&columns.percentiles, name);
        free(name);
    }
    for (size_t i = 0; i < report_case->pair_count; i++) {
        const struct report_pair *pair = &report_case->pairs[i];
        columns.delivery =
            columns.delivery || pair->lost.total > 0 || pair->duplicated.total > 0 || pair->failed_records.total > 0;
        columns.ratio = columns.ratio || pair->metrics[METRIC_RECORDS_PER_SEC].ratio.n > 0;
    }
    columns.count = 7u + (columns.ratio ? 1u : 0u) + (columns.delivery ? 3u : 0u) + experiment->report.percentile_count;
    return columns;
}

static void results_header(struct html *html, const struct report_model *model, const struct columns *columns)
{
    html_column(html, "Run", NULL);
    html_column(html, "Trials", "number");
    html_column(html, "Records sent", "number");
    html_column(html, "Records/s", "number");
    if (columns->ratio)
        html_column(html, "Ratio", "number");
    html_column(html, "MB/s", "number");
    html_column(html, "Average ms", "number");
    html_column(html, "Maximum ms", "number");
    for (size_t i = 0; i < model->experiment->report.percentile_count; i++) {
        char *title = string_format("%gth ms", model->experiment->report.percentiles[i]);
        html_column(html, title, "number");
        free(title);
    }
    if (columns->delivery) {
        html_column(html, "Lost", "number");
        html_column(html, "Duplicated", "number");
        html_column(html, "Failed", "number");
    }
}

static void run_header(struct html *html, const struct report_pair *pair, int *number, struct string_list *notes)
{
    text_append(html->text, "<tr><th scope=\"row\">");
    html_element(html, "span", "run", pair->run->title);
    if (pair->is_tool)
        text_append(html->text, " (tool)");
    for (size_t i = 0; i < pair->setting_count; i++) {
        char *note = wording_setting_note(pair, &pair->settings[i]);
        if (note) {
            text_append_format(html->text, "<sup>%d</sup>", ++*number);
            string_list_push(notes, note);
        }
        free(note);
    }
    text_append(html->text, "</th>");
}

static void trials_cell(struct html *html, const struct report_pair *pair)
{
    char *trials = pair->trial_count < INTERVAL_MIN_TRIALS
                       ? string_format("%zu (n<%d)", pair->trial_count, INTERVAL_MIN_TRIALS)
                       : string_format("%zu", pair->trial_count);
    html_cell_value(html, (double)pair->trial_count, trials);
    free(trials);
}

/* The baseline's own is 1 by definition, and comes from no trial. */
static void ratio_cell(struct html *html, const struct report_pair *pair)
{
    const struct interval *ratio = &pair->metrics[METRIC_RECORDS_PER_SEC].ratio;
    double value = pair->is_baseline && pair->trial_count ? 1 : ratio->n ? ratio->estimate : NAN;
    struct text shown = TEXT_INIT;
    format_ratio(&shown, value);
    html_cell_value(html, value, shown.bytes);
    text_release(&shown);
}

static void results_cells(struct html *html, const struct report_pair *pair, const struct columns *columns)
{
    const struct {
        const char *metric;
        enum report_metric index;
    } medians[] = {{"mb_per_sec", METRIC_MB_PER_SEC}, {"latency_avg_ms", METRIC_LATENCY_AVG}};
    trials_cell(html, pair);
    html_cell_sum(html, &(struct html_source){pair, "records_sent"}, &pair->sent, pair->trial_count);
    html_cell_median(html, &(struct html_source){pair, "records_per_sec"}, &pair->metrics[METRIC_RECORDS_PER_SEC]);
    if (columns->ratio)
        ratio_cell(html, pair);
    for (size_t i = 0; i < sizeof medians / sizeof *medians; i++)
        html_cell_median(html, &(struct html_source){pair, medians[i].metric}, &pair->metrics[medians[i].index]);
    html_cell_merged(html, &(struct html_source){pair, "latency_max_ms"}, &pair->metrics[METRIC_LATENCY_MAX]);
    for (size_t i = 0; i < columns->percentiles.count; i++)
        html_cell_merged(html, &(struct html_source){pair, columns->percentiles.items[i]}, &pair->percentiles[i]);
    if (columns->delivery) {
        html_cell_sum(html, &(struct html_source){pair, "records_lost"}, &pair->lost, pair->trial_count);
        html_cell_sum(html, &(struct html_source){pair, "records_duplicated"}, &pair->duplicated, pair->trial_count);
        html_cell_sum(html, &(struct html_source){pair, "records_failed"}, &pair->failed_records, pair->trial_count);
    }
}

static void footnotes(struct html *html, const struct string_list *notes)
{
    if (notes->count)
        text_append(html->text, html->page ? "<p class=\"note\">" : "<p>");
    for (size_t i = 0; i < notes->count; i++) {
        text_append_format(html->text, "%s<sup>%zu</sup> ", i ? "<br>\n" : "", i + 1);
        format_html(html->text, notes->items[i]);
    }
    if (notes->count)
        text_append(html->text, "</p>\n");
}

bool html_results(struct html *html, const struct report_model *model, const struct report_case *report_case,
                  const struct report_page *page, struct error *error)
{
    struct columns columns = choose_columns(model, report_case);
    struct string_list notes = {0};
    int number = 0;
    bool ok = true;
    char *caption = string_format("Results: %s", report_case->c->title);
    html_table_begin(html, "results sortable", caption);
    results_header(html, model, &columns);
    html_table_rows(html);
    for (size_t i = 0; ok && i < report_case->pair_count; i++) {
        const struct report_pair *pair = &report_case->pairs[i];
        if (i > 0 && page) /* a row and what it opens to stay together when the table is sorted */
            text_append(html->text, "</tbody>\n<tbody>\n");
        run_header(html, pair, &number, &notes);
        results_cells(html, pair, &columns);
        text_append(html->text, "</tr>\n");
        ok = !page || html_detail(html, page, pair, columns.count, error);
    }
    html_table_end(html);
    footnotes(html, &notes);
    free(caption);
    string_list_release(&notes);
    string_list_release(&columns.percentiles);
    return ok;
}

static void ratio_row(struct html *html, const struct report_pair *pair)
{
    const struct interval *rate = &pair->metrics[METRIC_RECORDS_PER_SEC].ratio;
    text_append(html->text, "<tr><th scope=\"row\">");
    format_html(html->text, pair->run->title);
    text_append(html->text, "</th>");
    html_cell_count(html, (int64_t)rate->n);
    html_cell_ratio(html, pair, METRIC_RECORDS_PER_SEC, "faster", "slower");
    html_cell_share(html, NULL, rate->n ? detectable_share(rate) : NAN);
    html_cell_ratio(html, pair, METRIC_LATENCY_P50, "higher", "lower");
    html_cell_ratio(html, pair, METRIC_LATENCY_P99, "higher", "lower");
    html_cell_ratio(html, pair, METRIC_CLIENT_CPU_PER_RECORD, "more", "less");
    text_append(html->text, "</tr>\n");
}

void html_ratios(struct html *html, const struct report_model *model, const struct report_case *report_case)
{
    bool any = false;
    for (size_t i = 0; i < report_case->pair_count; i++)
        any = any || report_case->pairs[i].metrics[METRIC_RECORDS_PER_SEC].ratio.n > 0;
    if (!any)
        return;
    char *caption =
        string_format("Relative to %s, block by block. \"Detectable\": a smaller difference in records/s would "
                      "probably not have been seen.",
                      model->experiment->runs[model->baseline].title);
    html_table_begin(html, "ratios sortable", caption);
    html_column(html, "Run", NULL);
    html_column(html, "Blocks", "number");
    html_column(html, "Records/s", "number");
    html_column(html, "Detectable", "number");
    html_column(html, "Latency, 50th", "number");
    html_column(html, "Latency, 99th", "number");
    html_column(html, "CPU time of the client for a record", "number");
    html_table_rows(html);
    for (size_t i = 0; i < report_case->pair_count; i++)
        if (!report_case->pairs[i].is_baseline)
            ratio_row(html, &report_case->pairs[i]);
    html_table_end(html);
    free(caption);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* What a row of the results opens to: its trials, its latency, its settings, where its numbers come from. */
#include "report/explain.h"
#include "report/html_parts.h"

#include "base/banned.h"

static void trial_row(struct html *html, const struct explanation_trial *trial)
{
    const struct store_result_row *row = trial->row;
    const double values[] = {row->records_per_sec, row->latency_avg_ms, row->latency_p50_ms,
                             row->latency_p99_ms,  row->latency_max_ms, row->client_cpu_us_per_record};
    text_append_format(html->text, "<tr%s><th scope=\"row\" data-value=\"%d\">%d</th>",
                       trial->why ? " class=\"left-out\"" : "", row->block, row->block);
    html_cell_count(html, row->attempt);
    html_cell_text(html, row->status);
    html_cell_text(html, trial->why ? "no" : "yes");
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        html_cell_number(html, values[i]);
    html_cell_time(html, row->started_at);
    html_cell_text(html, trial->why ? trial->why : row->cause);
    text_append(html->text, "</tr>\n");
}

static void trials(struct html *html, const struct explanation *explanation)
{
    html_table_begin(html, "sortable", "Trials: all that there are, those that make no figure too");
    html_column(html, "Block", "number");
    html_column(html, "Attempt", "number");
    html_column(html, "Status", NULL);
    html_column(html, "In the figures", NULL);
    html_column(html, "Records/s", "number");
    html_column(html, "Average ms", "number");
    html_column(html, "50th ms", "number");
    html_column(html, "99th ms", "number");
    html_column(html, "Maximum ms", "number");
    html_column(html, "Client CPU, µs a record", "number");
    html_column(html, "Started (UTC)", NULL);
    html_column(html, "Cause, or what disturbed it", NULL);
    html_table_rows(html);
    for (size_t i = 0; i < explanation->trial_count; i++)
        trial_row(html, &explanation->trials[i]);
    html_table_end(html);
}

/* The client's own name stands with Kafka's where it is another. */
static void setting_row(struct html *html, const struct report_setting *setting)
{
    char *native = format_list(&setting->natives), *requested = format_list(&setting->requested),
         *in_force = format_list(&setting->in_force);
    text_append(html->text, "<tr><th scope=\"row\">");
    format_html(html->text, setting->canonical);
    if (native[0] && !string_equal(native, setting->canonical)) {
        text_append_char(html->text, ' ');
        html_element(html, "small", NULL, native);
    }
    text_append(html->text, "</th>");
    html_cell_code(html, requested);
    html_cell_code(html, in_force);
    html_cell_text(html, !setting->applied ? "no" : setting->requested.count ? "yes" : NULL);
    text_append(html->text, "</tr>\n");
    free(in_force);
    free(requested);
    free(native);
}

/* What was asked for first: it is what the definition decides. */
static void settings(struct html *html, const struct report_pair *pair)
{
    if (pair->setting_count == 0)
        return;
    html_table_begin(html, "sortable",
                     "Settings: requested, and in force as the client says. Small: the client's own name");
    html_column(html, "Setting", NULL);
    html_column(html, "Requested", NULL);
    html_column(html, "In force", NULL);
    html_column(html, "Applied", NULL);
    html_table_rows(html);
    for (int asked = 1; asked >= 0; asked--)
        for (size_t i = 0; i < pair->setting_count; i++)
            if ((pair->settings[i].requested.count > 0) == asked)
                setting_row(html, &pair->settings[i]);
    html_table_end(html);
    if (pair->own_settings.count) {
        html_paragraph(html, "Under names of the client's own:");
        html_list(html, &pair->own_settings);
    }
}

bool html_detail(struct html *html, const struct report_page *page, const struct report_pair *pair, size_t columns,
                 struct error *error)
{
    struct explanation rate;
    if (!report_explain(page->store, page->model, pair, report_metric_name(METRIC_RECORDS_PER_SEC), &rate, error))
        return false;
    char *id = html_pair_id(pair, NULL);
    text_append_format(html->text, "<tr class=\"detail\" id=\"%s\"><td colspan=\"%zu\"><div>\n", id, columns);
    html_heading(html, 4, NULL, pair->run->title);
    trials(html, &rate);
    html_latency_curve(html, pair);
    bool ok = html_explanations(html, page, pair, error);
    settings(html, pair);
    text_append(html->text, "</div></td></tr>\n");
    free(id);
    explanation_release(&rate);
    return ok;
}

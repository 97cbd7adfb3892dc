/* SPDX-License-Identifier: Apache-2.0 */
/* How the campaigns went, the versions, the environment, the brokers' settings. */
#include <inttypes.h>
#include <math.h>

#include "report/html_parts.h"
#include "report/wording.h"

#include "base/banned.h"

static void seconds_cell(struct html *html, double seconds)
{
    char *text = isfinite(seconds) ? string_format("%.1f s", seconds) : NULL;
    html_cell_value(html, seconds, text);
    free(text);
}

static void campaign_row(struct html *html, const struct store_campaign_row *c)
{
    double measured = (c->warmup_s + c->measured_s) / c->total_s;
    char *seed = string_format("%" PRIu64, c->seed);
    text_append(html->text, "<tr");
    if (html->page)
        text_append_format(html->text, " id=\"campaign-%" PRId64 "\"", c->id);
    text_append_format(html->text, "><th scope=\"row\">%" PRId64 "</th>", c->id);
    html_cell_time(html, c->started_at);
    html_cell_time(html, c->ended_at);
    html_cell_text(html, c->how ? c->how : "running");
    html_cell_count(html, c->trials_ok);
    html_cell_count(html, c->trials_failed);
    html_cell_count(html, c->trials_disturbed);
    html_cell_count(html, c->trials_interrupted);
    seconds_cell(html, c->total_s);
    seconds_cell(html, c->cluster_s);
    seconds_cell(html, c->warmup_s);
    seconds_cell(html, c->measured_s);
    html_cell_share(html, NULL, c->total_s > 0 ? measured : NAN);
    html_cell_text(html, c->kbench_version);
    html_cell_text(html, seed);
    html_cell_code(html, c->command_line);
    text_append(html->text, "</tr>\n");
    free(seed);
}

void html_campaigns(struct html *html, const struct report_model *model)
{
    static const char *const numbers[] = {"Trials ok", "Failed",  "Disturbed", "Interrupted",           "Total",
                                          "Cluster",   "Warm-up", "Windows",   "In warm-up and windows"};
    if (model->campaigns.count == 0) {
        html_paragraph(html, "There was none.");
        return;
    }
    html_table_begin(html, NULL, "Campaigns");
    html_column(html, "Campaign", NULL);
    html_column(html, "Started (UTC)", NULL);
    html_column(html, "Ended", NULL);
    html_column(html, "How", NULL);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        html_column(html, numbers[i], "number");
    html_column(html, "kbench", NULL);
    html_column(html, "Seed", NULL);
    html_column(html, "Command line", NULL);
    html_table_rows(html);
    for (size_t i = 0; i < model->campaigns.count; i++)
        campaign_row(html, &model->campaigns.items[i]);
    html_table_end(html);
}

/* "2 s each: 110, 275, …": how a fresh cluster became fast. */
static void warmup_row(struct html *html, const struct report_warmup *warmup)
{
    struct text rates = TEXT_INIT;
    text_append_format(&rates, "%g s each:", warmup->window_s);
    for (size_t i = 0; i < warmup->rate_count; i++)
        text_append_format(&rates, "%s %.*f", i ? "," : "", warmup->rates[i] < 10000 ? 1 : 0, warmup->rates[i] / 1000);
    char *pair =
        string_format("%s/%s", warmup->case_name ? warmup->case_name : "?", warmup->run_name ? warmup->run_name : "?");
    text_append_format(html->text, "<tr><th scope=\"row\">%" PRId64 "</th>", warmup->campaign_id);
    html_cell_text(html, pair);
    seconds_cell(html, warmup->seconds);
    html_cell_text(html, warmup->steady ? "yes" : "no");
    html_cell_text(html, rates.bytes);
    text_append(html->text, "</tr>\n");
    free(pair);
    text_release(&rates);
}

void html_warmups(struct html *html, const struct report_model *model)
{
    if (model->warmup_count == 0)
        return;
    html_table_begin(
        html, NULL,
        "Before anything counted, the cluster was driven until its throughput was steady or the time for that "
        "was over");
    html_column(html, "Campaign", NULL);
    html_column(html, "Driven by", NULL);
    html_column(html, "For", "number");
    html_column(html, "Steady at the end", NULL);
    html_column(html, "Thousand records/s, window by window", NULL);
    html_table_rows(html);
    for (size_t i = 0; i < model->warmup_count; i++)
        warmup_row(html, &model->warmups[i]);
    html_table_end(html);
}

void html_versions(struct html *html, const struct report_model *model)
{
    html_table_begin(html, NULL, "Versions of clients and brokers");
    html_column(html, "Run", NULL);
    html_column(html, "Driver", NULL);
    html_column(html, "Client library", NULL);
    html_column(html, "Brokers", NULL);
    html_table_rows(html);
    for (size_t i = 0; i < model->experiment->run_count; i++) {
        const struct experiment_run *run = &model->experiment->runs[i];
        struct string_list clients = {0}, brokers = {0};
        wording_versions(model, run, &clients, &brokers);
        char *client = format_list(&clients), *broker = format_list(&brokers);
        text_append(html->text, "<tr><th scope=\"row\">");
        format_html(html->text, run->title);
        text_append(html->text, "</th>");
        html_cell_text(html, run->driver);
        html_cell_text(html, client);
        html_cell_text(html, broker);
        text_append(html->text, "</tr>\n");
        free(client);
        free(broker);
        string_list_release(&clients);
        string_list_release(&brokers);
    }
    html_table_end(html);
}

void html_broker_settings(struct html *html, const struct report_model *model)
{
    if (model->broker_setting_count == 0) {
        html_paragraph(html, "None is recorded.");
        return;
    }
    html_table_begin(html, NULL, "As the brokers answered; where they differ, the value follows the broker's number");
    html_column(html, "Setting", NULL);
    html_column(html, "Value", NULL);
    html_column(html, "Source", NULL);
    html_table_rows(html);
    for (size_t i = 0; i < model->broker_setting_count; i++) {
        text_append(html->text, "<tr><th scope=\"row\">");
        format_html(html->text, model->broker_settings[i].name);
        text_append(html->text, "</th>");
        html_cell_code(html, model->broker_settings[i].value);
        html_cell_text(html, model->broker_settings[i].source);
        text_append(html->text, "</tr>\n");
    }
    html_table_end(html);
}

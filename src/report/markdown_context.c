/* SPDX-License-Identifier: Apache-2.0 */
/* How the campaigns went, the versions, the environment, the brokers' settings. */
#include <inttypes.h>
#include <math.h>

#include "report/markdown.h"
#include "report/markdown_cells.h"
#include "report/wording.h"
#include "report/writers.h"

#include "base/banned.h"

static void seconds_cell(struct text *text, double seconds)
{
    if (isfinite(seconds))
        text_append_format(text, " %.1f s |", seconds);
    else
        cell_text(text, NULL);
}

static void campaign_table(const struct report_model *model, struct text *text)
{
    if (model->campaigns.count == 0) {
        text_append(text, "There was none.\n\n");
        return;
    }
    text_append(
        text,
        "| Campaign | Started (UTC) | Ended | How | Trials ok | Failed | Disturbed | Interrupted | Total | Cluster | Warm-up | "
        "Windows | In warm-up and windows | kbench | Seed |\n"
        "| ---: | --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- | ---: |\n");
    for (size_t i = 0; i < model->campaigns.count; i++) {
        const struct store_campaign_row *c = &model->campaigns.items[i];
        text_append_format(text, "| %" PRId64 " |", c->id);
        cell_text(text, c->started_at);
        cell_text(text, c->ended_at);
        cell_text(text, c->how ? c->how : "running");
        text_append_format(text, " %" PRId64 " | %" PRId64 " | %" PRId64 " | %" PRId64 " |", c->trials_ok,
                           c->trials_failed, c->trials_disturbed, c->trials_interrupted);
        seconds_cell(text, c->total_s);
        seconds_cell(text, c->cluster_s);
        seconds_cell(text, c->warmup_s);
        seconds_cell(text, c->measured_s);
        if (isfinite(c->warmup_s) && isfinite(c->measured_s) && c->total_s > 0)
            text_append_format(text, " %.0f %% |", 100 * (c->warmup_s + c->measured_s) / c->total_s);
        else
            cell_text(text, NULL);
        cell_text(text, c->kbench_version);
        text_append_format(text, " %" PRIu64 " |\n", c->seed);
    }
    text_append_char(text, '\n');
}

/* "110k, 275k, …": how a fresh cluster became fast. */
static void warmups(const struct report_model *model, struct text *text)
{
    if (model->warmup_count == 0)
        return;
    text_append(
        text,
        "Before anything counted, the cluster was driven until its throughput was steady or the time for that was over:\n\n"
        "| Campaign | Driven by | For | Steady at the end | Thousand records/s, window by window |\n"
        "| ---: | --- | ---: | --- | --- |\n");
    for (size_t i = 0; i < model->warmup_count; i++) {
        const struct report_warmup *warmup = &model->warmups[i];
        char *pair = string_format("%s/%s", warmup->case_name ? warmup->case_name : "?",
                                   warmup->run_name ? warmup->run_name : "?");
        text_append_format(text, "| %" PRId64 " |", warmup->campaign_id);
        cell_text(text, pair);
        seconds_cell(text, warmup->seconds);
        cell_text(text, warmup->steady ? "yes" : "no");
        text_append_format(text, " %g s each:", warmup->window_s);
        for (size_t j = 0; j < warmup->rate_count; j++)
            text_append_format(text, "%s %.*f", j ? "," : "", warmup->rates[j] < 10000 ? 1 : 0,
                               warmup->rates[j] / 1000);
        text_append(text, " |\n");
        free(pair);
    }
    text_append_char(text, '\n');
}

/* Trials that failed, with what the database says of why; repeated ones are the same block with a higher attempt. */
static void left_out(const struct report_model *model, struct text *text)
{
    bool any = false;
    for (size_t i = 0; i < model->results.count; i++) {
        const struct store_result_row *row = &model->results.items[i];
        if (string_equal(row->source, "published") || report_counts(model, row))
            continue;
        if (!any)
            text_append(text, "Trials that are in no figure:\n\n| Case | Run | Block | Attempt | Status | Cause |\n"
                              "| --- | --- | ---: | ---: | --- | --- |\n");
        any = true;
        text_append_char(text, '|');
        cell_text(text, row->case_name);
        cell_text(text, row->run_name);
        text_append_format(text, " %d | %d |", row->block, row->attempt);
        cell_text(text, row->status);
        cell_text(text, row->cause);
        text_append_char(text, '\n');
    }
    if (any)
        text_append_char(text, '\n');
}

void report_markdown_campaigns(const struct report_model *model, struct text *text)
{
    campaign_table(model, text);
    warmups(model, text);
    left_out(model, text);
}

void report_markdown_clients(const struct report_model *model, struct text *text)
{
    text_append(text, "| Run | Driver | Client library | Brokers |\n| --- | --- | --- | --- |\n");
    for (size_t run = 0; run < model->experiment->run_count; run++) {
        struct string_list clients = {0}, brokers = {0};
        wording_versions(model, &model->experiment->runs[run], &clients, &brokers);
        char *client = format_list(&clients), *broker = format_list(&brokers);
        text_append_char(text, '|');
        cell_text(text, model->experiment->runs[run].title);
        cell_text(text, model->experiment->runs[run].driver);
        cell_text(text, client);
        cell_text(text, broker);
        text_append_char(text, '\n');
        free(client);
        free(broker);
        string_list_release(&clients);
        string_list_release(&brokers);
    }
    text_append_char(text, '\n');
}

void report_markdown_environments(const struct report_model *model, struct text *text)
{
    for (size_t i = 0; i < model->environment_count; i++) {
        const struct report_environment *environment = &model->environments[i];
        text_append_format(text, "Environment %" PRId64 "%s:\n\n| | |\n| --- | --- |\n", environment->id,
                           i ? ", where it differs from the first" : "");
        for (size_t j = 0; j < environment->names.count; j++) {
            const char *first =
                i ? report_environment_value(&model->environments[0], environment->names.items[j]) : NULL;
            if (i && string_equal(first, environment->values.items[j]))
                continue;
            text_append_char(text, '|');
            cell_text(text, environment->names.items[j]);
            cell_text(text, environment->values.items[j]);
            text_append_char(text, '\n');
        }
        for (size_t j = 0; i && j < model->environments[0].names.count; j++) {
            if (report_environment_value(environment, model->environments[0].names.items[j]))
                continue;
            text_append_char(text, '|');
            cell_text(text, model->environments[0].names.items[j]);
            cell_text(text, "(not there)");
            text_append_char(text, '\n');
        }
        text_append_char(text, '\n');
    }
    if (model->environment_count == 0)
        text_append(text, "None is recorded.\n\n");
}

void report_markdown_brokers(const struct report_model *model, struct text *text)
{
    if (model->broker_setting_count == 0) {
        text_append(text, "None is recorded.\n");
        return;
    }
    text_append(text, "As the brokers answered; where they differ, the value follows the broker's number.\n\n"
                      "| Setting | Value | Source |\n| --- | --- | --- |\n");
    for (size_t i = 0; i < model->broker_setting_count; i++) {
        text_append_char(text, '|');
        cell_text(text, model->broker_settings[i].name);
        cell_text(text, model->broker_settings[i].value);
        cell_text(text, model->broker_settings[i].source);
        text_append_char(text, '\n');
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
/* What stood around the trials, for people. */
#include <inttypes.h>

#include "report/explain_parts.h"
#include "report/format.h"

#include "base/banned.h"

static void campaigns(const struct explanation *e, struct text *text)
{
    explain_heading(text, "Campaigns of these trials: %zu", e->campaign_count);
    for (size_t i = 0; i < e->campaign_count; i++) {
        const struct store_campaign_row *c = e->campaigns[i];
        char *name = string_format("%" PRId64, c->id);
        explain_item(text, name, "%s to %s (%s), kbench %s, seed %" PRIu64 ": %s", c->started_at,
                     c->ended_at ? c->ended_at : "?", c->how ? c->how : "running",
                     c->kbench_version ? c->kbench_version : "?", c->seed, c->command_line ? c->command_line : "?");
        free(name);
    }
}

/* What tells one machine from another, in short; `kbench report` has all of it. */
static void environment_item(const struct report_environment *environment, struct text *text)
{
    static const char *const names[] = {"cpu_model", "cpu_cores", "memory_bytes", "kernel", "virtualization"};
    struct text line = TEXT_INIT;
    char *name = string_format("%" PRId64, environment->id);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = report_environment_value(environment, names[i]);
        if (value)
            text_append_format(&line, "%s%s %s", line.length ? ", " : "", names[i], value);
    }
    explain_item(text, name, "%s", line.length ? line.bytes : "nothing is recorded of the machine");
    text_release(&line);
    free(name);
}

static void environments(const struct explanation *e, struct text *text)
{
    explain_heading(text, "Environments of these campaigns: %zu", e->environment_count);
    for (size_t i = 0; i < e->environment_count; i++)
        environment_item(e->environments[i], text);
    for (size_t i = 0; i < e->difference_count; i++) {
        char *values = format_list(&e->differences[i].values);
        char *name = string_format("They differ in %s", e->differences[i].name);
        explain_item(text, name, "%s", values);
        free(name);
        free(values);
    }
}

static void client(const struct explanation *e, struct text *text)
{
    char *clients = format_list(&e->pair->clients), *brokers = format_list(&e->pair->brokers);
    explain_heading(text, "Client and brokers");
    explain_item(text, "Driver", "%s", e->pair->run->driver);
    explain_item(text, "Client library", "%s", clients[0] ? clients : "not told");
    explain_item(text, "Brokers", "%s", brokers[0] ? brokers : "not told");
    for (size_t i = 0; i < e->command_lines.count; i++)
        explain_item(text, "Command line", "%s", e->command_lines.items[i]);
    free(clients);
    free(brokers);
}

static void setting_item(const struct report_setting *setting, struct text *text)
{
    char *requested = format_list(&setting->requested), *in_force = format_list(&setting->in_force);
    char *natives = format_list(&setting->natives);
    bool renamed = natives[0] && !string_equal(natives, setting->canonical);
    explain_item(text, setting->canonical, "%s%s; %s%s%s%s%s%s", requested[0] ? "requested " : "not requested",
                 requested, in_force[0] ? "in force " : "in force not told", in_force,
                 setting->applied ? "" : "; NOT APPLIED", renamed ? " (the client's name: " : "",
                 renamed ? natives : "", renamed ? ")" : "");
    free(requested);
    free(in_force);
    free(natives);
}

static bool is_requested(const struct report_setting *setting)
{
    return setting->requested.count > 0 || !setting->applied;
}

/* What the client has by its own default, in one paragraph: there may be dozens. */
static void default_settings(const struct report_pair *pair, struct text *text)
{
    struct text line = TEXT_INIT;
    for (size_t i = 0; i < pair->setting_count; i++) {
        const struct report_setting *setting = &pair->settings[i];
        if (is_requested(setting) || setting->in_force.count == 0)
            continue;
        char *in_force = format_list(&setting->in_force);
        text_append_format(&line, "%s%s=%s", line.length ? ", " : "", setting->canonical, in_force);
        free(in_force);
    }
    if (line.length)
        explain_item(text, "Not requested, in force", "%s", line.bytes);
    text_release(&line);
}

static void settings(const struct explanation *e, struct text *text)
{
    const struct report_pair *pair = e->pair;
    const struct experiment_case *c = pair->c;
    explain_heading(text, "Settings of the client");
    for (size_t i = 0; i < pair->setting_count; i++)
        if (is_requested(&pair->settings[i]))
            setting_item(&pair->settings[i], text);
    for (size_t i = 0; i < pair->own_settings.count; i++)
        explain_item(text, "Under a name of the client's own", "%s", pair->own_settings.items[i]);
    default_settings(pair, text);
    if (pair->setting_count + pair->own_settings.count == 0)
        explain_item(text, "None", "no trial in the figure told any");
    explain_heading(text, "Topic");
    explain_item(text, "partitions", "%d", c->partitions);
    explain_item(text, "replication.factor", "%d", c->replication_factor);
    for (size_t i = 0; i < c->topic_config.count; i++)
        explain_item(text, c->topic_config.items[i].name, "%s", c->topic_config.items[i].value);
}

static void source(const struct explanation *e, struct text *text)
{
    const struct store_experiment_row *row = &e->model->row;
    explain_heading(text, "Definition");
    explain_item(text, "Version", "%s, revision %d", row->version, row->revision);
    explain_item(text, "SHA-256", "%s", row->sha256);
    explain_item(text, "Git commit", "%s%s", row->git_commit && row->git_commit[0] ? row->git_commit : "not known",
                 row->git_dirty == 1 ? ", with uncommitted changes" : "");
    explain_heading(text, "The same trials from the database, with `kbench sql`");
    text_append(text, "  ");
    format_clean(text, e->sql); /* in one line, to be copied */
    text_append_char(text, '\n');
}

void explain_text_context(const struct explanation *explanation, struct text *text)
{
    campaigns(explanation, text);
    environments(explanation, text);
    client(explanation, text);
    settings(explanation, text);
    source(explanation, text);
}

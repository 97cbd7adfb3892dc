/* SPDX-License-Identifier: Apache-2.0 */
/* kbench status: the campaigns of a database, what is running, and what is left of the newest one's experiment. */
#include <inttypes.h>
#include <math.h>

#include "base/text.h"
#include "base/utf8.h"
#include "commands/command.h"
#include "experiment/experiment.h"
#include "runner/campaign_plan.h"
#include "runner/lock.h"
#include "store/store.h"

#include "base/banned.h"

enum { OPTION_DB, OPTION_LAST };
enum { LAST_DEFAULT = 20, LAST_MOST = 1000000 };

static const struct option options[] = {
    {OPTION_STRING, "db", "FILE", "the database (default: $KBENCH_DB, else results/kbench.db)"},
    {OPTION_INTEGER, "last", "N", "show so many of the newest campaigns (default: 20)"},
    {OPTION_END, NULL, NULL, NULL},
};

/* Who has the lock beside the database, or 0. */
static long running_process(const char *database)
{
    const char *slash = strrchr(database, '/');
    char *path = string_format("%.*skbench.lock", slash ? (int)(slash - database + 1) : 0, database);
    long pid = lock_holder(path);
    free(path);
    return pid;
}

static const char *state(const struct store_campaign_row *campaign, long running)
{
    if (campaign->how)
        return campaign->how;
    return campaign->pid == running ? "running" : "died";
}

/* The share of a campaign's time that was in no warm-up and no window; an en dash when it is not known. */
static char *share_not_measured(const struct store_campaign_row *campaign)
{
    if (isfinite(campaign->warmup_s) && isfinite(campaign->measured_s) && campaign->total_s > 0)
        return string_format("%.1f %%", 100 * (1 - (campaign->warmup_s + campaign->measured_s) / campaign->total_s));
    return string_copy("–");
}

static char *duration(double seconds)
{
    if (!isfinite(seconds))
        return string_copy("–");
    long whole = lround(seconds);
    return string_format("%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
}

static const struct {
    const char *name;
    int width; /* negative: aligned left */
} columns[] = {
    {"campaign", 8}, {"version", -16}, {"started (UTC)", -24}, {"state", -11}, {"ok", 6},
    {"failed", 6},   {"disturbed", 9}, {"interrupted", 11},    {"time", 8},    {"not measured", 12},
};
#define COLUMN_COUNT (sizeof columns / sizeof *columns)

/* printf pads by bytes, a person counts characters. */
static void print_cell(const char *cell, int width)
{
    int padding = abs(width) - (int)utf8_count(cell, strlen(cell));
    padding = padding > 0 ? padding : 0;
    printf("%*s%s%*s", width > 0 ? padding : 0, "", cell, width < 0 ? padding : 0, "");
}

static void print_campaign(const struct store_campaign_row *campaign, long running)
{
    struct string_list cells = {0};
    char *time = duration(campaign->total_s), *share = share_not_measured(campaign);
    string_list_push_format(&cells, "%" PRId64, campaign->id);
    if (campaign->revision > 1)
        string_list_push_format(&cells, "%s revision %d", campaign->version, campaign->revision);
    else
        string_list_push(&cells, campaign->version);
    string_list_push(&cells, campaign->started_at);
    string_list_push(&cells, state(campaign, running));
    const int64_t counts[] = {campaign->trials_ok, campaign->trials_failed, campaign->trials_disturbed,
                              campaign->trials_interrupted};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        string_list_push_format(&cells, "%" PRId64, counts[i]);
    string_list_push(&cells, time);
    string_list_push(&cells, share);
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        print_cell(cells.items[i], columns[i].width);
        fputs(i + 1 < COLUMN_COUNT ? "  " : "\n", stdout);
    }
    string_list_release(&cells);
    free(time);
    free(share);
}

/* The newest `last` of them. */
static void print_campaigns(const struct store_campaign_rows *campaigns, size_t last, long running)
{
    size_t first = campaigns->count > last ? campaigns->count - last : 0;
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        print_cell(columns[i].name, columns[i].width);
        fputs(i + 1 < COLUMN_COUNT ? "  " : "\n", stdout);
    }
    for (size_t i = first; i < campaigns->count; i++)
        print_campaign(&campaigns->items[i], running);
    if (first > 0)
        printf("There are earlier ones; --last N shows more than %zu.\n", last);
}

/* How far a pair under `precision` is. */
static void append_precision(const struct experiment *experiment, const struct store_result_rows *results, size_t pair,
                             struct text *text)
{
    struct pair_precision precision;
    campaign_pair_precision(experiment, results, pair, &precision);
    if (isfinite(precision.half_width))
        text_append_format(text, " (%zu trials, half-width %.2g %%)", precision.trials, 100 * precision.half_width);
    else
        text_append_format(text, " (%zu trials, too few for an interval)", precision.trials);
}

/* A line for each pair that has trials left. */
static void append_pairs(const struct campaign_plan *plan, const struct store_result_rows *results, struct text *text)
{
    const struct experiment *experiment = plan->experiment;
    for (size_t i = 0; i < experiment->pair_count; i++) {
        struct campaign_left left;
        campaign_plan_left(plan, (int)i, &left);
        if (left.most == 0)
            continue;
        if (left.least < left.most)
            text_append_format(text, "  %3zu to %3zu", left.least, left.most);
        else
            text_append_format(text, "  %3zu of %d", left.most, plan->plan.blocks);
        text_append_format(text, "  %s/%s", experiment->cases[experiment->pairs[i].case_index].name,
                           experiment->runs[experiment->pairs[i].run_index].name);
        if (plan->plan.blocks > plan->plan.least_blocks)
            append_precision(experiment, results, i, text);
        text_append(text, "\n");
    }
}

static void print_left(const struct campaign_plan *plan, const struct store_result_rows *results, int revision)
{
    struct campaign_left left;
    struct text pairs = TEXT_INIT;
    size_t there = 0;
    for (size_t i = 0; i < plan->plan.count; i++)
        there += plan->steps[i].over;
    campaign_plan_left(plan, CAMPAIGN_ALL_PAIRS, &left);
    append_pairs(plan, results, &pairs);
    printf("\n%s revision %d: %zu of ", plan->experiment->version, revision, there);
    if (left.least < left.most)
        printf("%zu to %zu trials have a result, %zu to %zu left", there + left.least, there + left.most, left.least,
               left.most);
    else
        printf("%zu trials have a result, %zu left", there + left.most, left.most);
    printf("%s\n%s", left.most ? ":" : "", pairs.bytes);
    text_release(&pairs);
}

static bool show_left(struct store *store, const struct store_campaign_row *newest, struct error *error)
{
    struct store_experiment_row row;
    struct store_result_rows results = {0};
    struct error_list errors = {0};
    struct campaign_plan plan = {0};
    struct campaign_step *next;
    if (!store_read_experiment(store, newest->version, newest->revision, &row, error))
        return false;
    char *file = string_format("%s.yaml", row.version);
    struct experiment *experiment = experiment_parse(file, row.canonical, strlen(row.canonical), &errors);
    bool ok = experiment && store_read_results(store, row.id, &results, error) &&
              campaign_plan_load(&plan, store, experiment, row.id, 0, NULL, error) &&
              campaign_plan_next(&plan, &next, error);
    if (!experiment)
        error_set(error, ERROR_INPUT, "cannot read the definition of '%s' in the database: %s", row.version,
                  errors.count ? errors.items[0].message : "no reason given");
    if (ok)
        print_left(&plan, &results, row.revision);
    campaign_plan_release(&plan);
    store_result_rows_release(&results);
    experiment_free(experiment);
    error_list_release(&errors);
    free(file);
    store_experiment_row_release(&row);
    return ok;
}

static bool run(const struct invocation *invocation, struct error *error)
{
    const char *database = command_database(&invocation->values[OPTION_DB]);
    const struct option_value *given = &invocation->values[OPTION_LAST];
    long last = given->given ? given->integer : LAST_DEFAULT;
    struct store_campaign_rows campaigns = {0};
    if (last < 1 || last > LAST_MOST)
        return error_set(error, ERROR_INPUT, "--last takes a number from 1 to %d, not %ld", LAST_MOST, last);
    struct store *store = store_open_read_only(database, error);
    if (!store)
        return false;
    long running = running_process(database);
    bool ok =
        store_read_newest_campaigns(store, last + 1, &campaigns, error); /* one more tells whether there are more */
    if (ok && running)
        printf("A campaign is running: process %ld.\n\n", running);
    if (ok && campaigns.count == 0)
        printf("No campaign yet in '%s'.\n", database);
    else if (ok) {
        print_campaigns(&campaigns, (size_t)last, running);
        ok = show_left(store, &campaigns.items[campaigns.count - 1], error);
    }
    store_campaign_rows_release(&campaigns);
    store_close(store);
    return ok;
}

const struct command command_status = {
    .name = "status",
    .arguments = "",
    .summary = "campaigns, what is running, what is left",
    .options = options,
    .min_arguments = 0,
    .max_arguments = 0,
    .run = run,
};

/* SPDX-License-Identifier: Apache-2.0 */
/* One pair of case and run: which of its trials count, and what is counted. */
#include <math.h>

#include "report/pair.h"

#include "base/banned.h"

static void add(struct report_sum *sum, int64_t value)
{
    if (value == STORE_ABSENT)
        return;
    sum->total += value;
    sum->known++;
}

static void add_distinct(struct string_list *list, const char *string)
{
    if (!string_list_contains(list, string))
        string_list_push(list, string);
}

bool report_pair_has(const struct report_pair *pair, const struct store_result_row *row)
{
    return !string_equal(row->source, "published") && string_equal(row->case_name, pair->c->name) &&
           string_equal(row->run_name, pair->run->name);
}

static void count_broken_rules(const struct report_model *model, const struct store_result_row *row,
                               struct report_pair *pair)
{
    for (size_t i = 0; i < model->disturbances.count; i++) {
        const struct store_disturbance_row *broken = &model->disturbances.items[i];
        if (broken->trial_id != row->trial_id)
            continue;
        size_t at = 0;
        while (at < pair->broken_rule_count && !string_equal(pair->broken_rules[at].rule, broken->rule))
            at++;
        if (at == pair->broken_rule_count) {
            pair->broken_rules = memory_resized(pair->broken_rules, at + 1, sizeof *pair->broken_rules);
            pair->broken_rules[pair->broken_rule_count++] = (struct report_broken_rule){.rule = broken->rule};
        }
        pair->broken_rules[at].trials++;
    }
}

static void count_status(const struct report_model *model, const struct store_result_row *row, struct report_pair *pair)
{
    if (string_equal(row->status, "failed"))
        pair->failed++;
    else if (string_equal(row->status, "interrupted"))
        pair->interrupted++;
    if (!string_equal(row->status, "disturbed"))
        return;
    pair->disturbed++;
    count_broken_rules(model, row, pair);
}

static bool is_whole(const struct store_result_row *row, bool include_disturbed)
{
    return string_equal(row->status, "ok") || (include_disturbed && string_equal(row->status, "disturbed"));
}

bool report_counts(const struct report_model *model, const struct store_result_row *row)
{
    return !string_equal(row->source, "published") && is_whole(row, model->include_disturbed);
}

/* Of several undisturbed trials of a block the last attempt counts; with the disturbed ones asked for, every whole trial. */
static void take_trial(const struct store_result_row *row, bool include_disturbed, struct report_pair *pair)
{
    if (!is_whole(row, include_disturbed))
        return;
    bool replaces =
        !include_disturbed && pair->trial_count > 0 && pair->trials[pair->trial_count - 1].row->block == row->block;
    if (!replaces)
        pair->trials = memory_resized(pair->trials, ++pair->trial_count, sizeof *pair->trials);
    pair->trials[pair->trial_count - 1] = (struct report_trial){.row = row};
}

static void add_row(struct report_pair *pair, const struct store_result_row *row)
{
    add(&pair->sent, row->records_sent);
    add(&pair->acked, row->records_acked);
    add(&pair->failed_records, row->records_failed);
    add(&pair->stored, row->records_stored);
    add(&pair->lost, row->records_lost);
    add(&pair->duplicated, row->records_duplicated);
    pair->is_tool = string_equal(row->source, "tool");
    char *client = string_format("%s %s", row->client_library ? row->client_library : "?",
                                 row->client_version ? row->client_version : "?");
    add_distinct(&pair->clients, client);
    if (row->broker_version)
        add_distinct(&pair->brokers, row->broker_version);
    free(client);
}

void report_pair_select(const struct report_model *model, bool include_disturbed, struct report_pair *pair)
{
    for (size_t i = 0; i < model->results.count; i++) {
        const struct store_result_row *row = &model->results.items[i];
        if (!report_pair_has(pair, row))
            continue;
        count_status(model, row, pair);
        take_trial(row, include_disturbed, pair);
    }
    for (size_t i = 0; i < pair->trial_count; i++)
        add_row(pair, pair->trials[i].row);
}

bool report_pair_load(struct store *store, const struct report_model *model, struct report_pair *pair,
                      struct error *error)
{
    report_pair_select(model, model->include_disturbed, pair);
    int64_t interval_ms = report_series_interval_ms(pair);
    for (size_t i = 0; i < pair->trial_count; i++)
        if (!report_trial_load_latency(store, model, pair, &pair->trials[i], error) ||
            !report_trial_load_series(store, &pair->trials[i], interval_ms, error) ||
            !report_pair_load_settings(store, pair, pair->trials[i].row->trial_id, error))
            return false;
    report_pair_figures(model, pair);
    return true;
}

void report_pair_release(struct report_pair *pair)
{
    for (size_t i = 0; i < pair->trial_count; i++) {
        free(pair->trials[i].percentiles);
        free(pair->trials[i].series.at_s);
        free(pair->trials[i].series.per_sec);
    }
    free(pair->trials);
    for (size_t i = 0; i < pair->setting_count; i++) {
        free(pair->settings[i].canonical);
        string_list_release(&pair->settings[i].natives);
        string_list_release(&pair->settings[i].requested);
        string_list_release(&pair->settings[i].in_force);
    }
    free(pair->settings);
    free(pair->broken_rules);
    string_list_release(&pair->own_settings);
    free(pair->percentiles);
    histogram_free(pair->latency);
    string_list_release(&pair->clients);
    string_list_release(&pair->brokers);
}

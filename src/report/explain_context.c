/* SPDX-License-Identifier: Apache-2.0 */
/* What stood around the pair's trials: campaigns, environments, how the client was started, and the query for the trials. */
#include "report/explain_parts.h"
#include "store/provenance.h"

#include "base/banned.h"

static bool has_campaign(const struct explanation *explanation, int64_t id)
{
    for (size_t i = 0; i < explanation->trial_count; i++)
        if (explanation->trials[i].row->campaign_id == id)
            return true;
    return false;
}

static void take_campaigns(struct explanation *explanation)
{
    const struct store_campaign_rows *all = &explanation->model->campaigns;
    explanation->campaigns = memory_zeroed(all->count + 1, sizeof *explanation->campaigns);
    for (size_t i = 0; i < all->count; i++)
        if (has_campaign(explanation, all->items[i].id))
            explanation->campaigns[explanation->campaign_count++] = &all->items[i];
}

static void take_environments(struct explanation *explanation)
{
    const struct report_model *model = explanation->model;
    explanation->environments = memory_zeroed(model->environment_count + 1, sizeof *explanation->environments);
    for (size_t i = 0; i < model->environment_count; i++) {
        bool used = false;
        for (size_t j = 0; j < explanation->campaign_count; j++)
            used = used || explanation->campaigns[j]->environment_id == model->environments[i].id;
        if (used)
            explanation->environments[explanation->environment_count++] = &model->environments[i];
    }
}

static bool is_known_difference(const struct explanation *explanation, const char *name)
{
    for (size_t i = 0; i < explanation->difference_count; i++)
        if (string_equal(explanation->differences[i].name, name))
            return true;
    return false;
}

/* One of the environment's names, if not all environments have the same value of it. */
static void compare_name(struct explanation *explanation, const char *name)
{
    const char *first = report_environment_value(explanation->environments[0], name);
    bool differs = false;
    for (size_t i = 1; i < explanation->environment_count; i++)
        differs = differs || !string_equal(report_environment_value(explanation->environments[i], name), first);
    if (!differs || is_known_difference(explanation, name))
        return;
    explanation->differences =
        memory_resized(explanation->differences, explanation->difference_count + 1, sizeof *explanation->differences);
    struct explanation_difference *difference = &explanation->differences[explanation->difference_count++];
    *difference = (struct explanation_difference){.name = name};
    for (size_t i = 0; i < explanation->environment_count; i++) {
        const char *value = report_environment_value(explanation->environments[i], name);
        string_list_push(&difference->values, value ? value : "(not there)");
    }
}

static void compare_environments(struct explanation *explanation)
{
    for (size_t i = 0; i < explanation->environment_count; i++)
        for (size_t j = 0; j < explanation->environments[i]->names.count; j++)
            compare_name(explanation, explanation->environments[i]->names.items[j]);
}

static void take_command_lines(struct explanation *explanation)
{
    for (size_t i = 0; i < explanation->trial_count; i++) {
        const struct explanation_trial *trial = &explanation->trials[i];
        if (trial->fate == EXPLAINED_COUNTED && trial->command_line &&
            !string_list_contains(&explanation->command_lines, trial->command_line))
            string_list_push(&explanation->command_lines, trial->command_line);
    }
}

/* The column that has the trials' values; NULL: they are in the histograms alone. */
static const char *column_of(const struct explanation *explanation)
{
    if (explanation->sum)
        return explanation->metric;
    return explain_metric_index(explanation->metric) == METRIC_COUNT ? NULL : explanation->metric;
}

void explain_context(struct explanation *explanation)
{
    const struct report_model *model = explanation->model;
    const struct report_pair *pair = explanation->pair;
    take_campaigns(explanation);
    take_environments(explanation);
    if (explanation->environment_count > 1)
        compare_environments(explanation);
    take_command_lines(explanation);
    explanation->sql =
        store_trials_sql(&model->row, pair->c->name, pair->run->name, column_of(explanation), model->include_disturbed);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Which trials count, what disturbed them, and whether a conclusion hangs on those that were disturbed. */
#include <math.h>

#include "report/validity.h"

#include "base/banned.h"

/* " (1 failed, 2 disturbed: steal 2, trend 1; 0 interrupted)" */
static void append_left_out(struct text *list, const struct report_pair *pair)
{
    text_append_format(list, " (%d failed, %d disturbed", pair->failed, pair->disturbed);
    for (size_t i = 0; i < pair->broken_rule_count; i++)
        text_append_format(list, "%s%s %d", i ? ", " : ": ", pair->broken_rules[i].rule, pair->broken_rules[i].trials);
    text_append_format(list, "%s %d interrupted)", pair->broken_rule_count ? ";" : ",", pair->interrupted);
}

static void state_trial_counts(struct report_model *model)
{
    struct text few = TEXT_INIT, none = TEXT_INIT, left_out = TEXT_INIT;
    EACH_PAIR(model, pair)
    {
        if (pair->trial_count == 0)
            validity_append_pair(&none, pair);
        else if (pair->trial_count < INTERVAL_MIN_TRIALS)
            validity_append_pair(&few, pair);
        if (pair->failed + pair->disturbed + pair->interrupted > 0) {
            validity_append_pair(&left_out, pair);
            append_left_out(&left_out, pair);
        }
    }
    if (few.length)
        string_list_push_format(
            &model->validity,
            "Fewer than %d trials, so no interval is given, and a difference cannot be told from noise: %s.",
            INTERVAL_MIN_TRIALS, few.bytes);
    if (none.length)
        string_list_push_format(&model->validity, "No trial with a result: %s.", none.bytes);
    if (left_out.length && model->include_disturbed)
        string_list_push_format(
            &model->validity,
            "Trials that failed or were interrupted are in no figure here; disturbed ones are, because this report was "
            "asked for with them: %s.",
            left_out.bytes);
    else if (left_out.length)
        string_list_push_format(
            &model->validity,
            "Trials that failed, were disturbed or were interrupted are in the database but in no figure here, by "
            "the rules written down beforehand: %s.",
            left_out.bytes);
    text_release(&few);
    text_release(&none);
    text_release(&left_out);
}

/* Whether an earlier campaign measured something in the block of this trial. */
static bool is_in_an_earlier_block(const struct report_model *model, const struct store_result_row *row)
{
    for (size_t i = 0; i < model->results.count; i++) {
        const struct store_result_row *other = &model->results.items[i];
        if (other->block == row->block && other->campaign_id < row->campaign_id && report_counts(model, other) &&
            string_equal(other->case_name, row->case_name))
            return true;
    }
    return false;
}

/* Trials that finished a block which another campaign had begun: the cluster was started anew in between. */
static void state_split_blocks(struct report_model *model)
{
    int split = 0;
    for (size_t i = 0; i < model->results.count; i++)
        split +=
            report_counts(model, &model->results.items[i]) && is_in_an_earlier_block(model, &model->results.items[i]);
    if (split > 0)
        string_list_push_format(
            &model->validity,
            "%d trial%s in a block that another campaign began: the ratios are between trials that were "
            "further apart in time, with a restart of the cluster between them if it is a local one.",
            split, split == 1 ? " stands" : "s stand");
}

/* What else the machine did in the trials that count. */
static void state_disturbance(struct report_model *model)
{
    double steal = NAN, other = NAN;
    EACH_PAIR(model, pair)
    {
        for (size_t i = 0; i < pair->trial_count; i++) {
            const struct store_result_row *row = pair->trials[i].row;
            steal = fmax(steal, row->steal_percent);
            if (row->duration_s > 0)
                other = fmax(other, row->other_cpu_s / row->duration_s);
        }
    }
    if (isfinite(steal))
        string_list_push_format(&model->validity,
                                "CPU time stolen by the host: at most %.1f %% in a trial that counts.", steal);
    if (isfinite(other))
        string_list_push_format(
            &model->validity,
            "Processes that are neither client nor broker used at most %.2f CPUs in a trial that counts.", other);
}

static const char *conclusion_name(int direction)
{
    return direction > 0 ? "above the baseline" : direction < 0 ? "below the baseline" : "no difference shown";
}

static int count_disturbed(struct report_model *model)
{
    int disturbed = 0;
    EACH_PAIR(model, pair)
    {
        disturbed += pair->disturbed;
    }
    return disturbed;
}

static void state_conclusions(struct report_model *model)
{
    const char *otherwise = model->include_disturbed ? "without the disturbed trials" : "with the disturbed trials";
    struct text list = TEXT_INIT;
    if (model->conclusion_count == 0) {
        if (model->baseline >= 0 && count_disturbed(model) > 0)
            string_list_push(
                &model->validity,
                "Whether a conclusion hangs on the disturbed trials cannot be told: with them and without them "
                "the trials are too few for an interval.");
        return;
    }
    for (size_t i = 0; i < model->changed_count; i++) {
        const struct report_changed_conclusion *changed = &model->changed[i];
        validity_append_pair(&list, changed->pair);
        text_append_format(&list, " %s (%s here, %s %s)", report_metric_name(changed->metric),
                           conclusion_name(changed->shown), conclusion_name(changed->other), otherwise);
    }
    if (list.length)
        string_list_push_format(&model->validity, "%zu of %zu comparisons to the baseline come out otherwise %s: %s.",
                                model->changed_count, model->conclusion_count, otherwise, list.bytes);
    else
        string_list_push_format(&model->validity,
                                "No conclusion changes %s: comparisons to the baseline in cases that have such trials, "
                                "%zu, come out the same.",
                                otherwise, model->conclusion_count);
    text_release(&list);
}

void validity_state_trials(struct report_model *model)
{
    state_trial_counts(model);
    state_conclusions(model);
    state_split_blocks(model);
    state_disturbance(model);
}

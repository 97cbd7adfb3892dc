/* SPDX-License-Identifier: Apache-2.0 */
#include "runner/campaign_plan.h"

#include "base/banned.h"

static bool look_up(const struct campaign_plan *plan, struct campaign_step *step, struct error *error)
{
    struct store_block block;
    if (!store_block_state(plan->store, plan->experiment_id, step->c->name, step->run->name, step->block,
                           plan->experiment->design.disturbance.repeats, &block, error))
        return false;
    step->attempts = block.attempts;
    step->disturbed = block.disturbed;
    step->over = block.done;
    return true;
}

bool campaign_plan_load(struct campaign_plan *plan, struct store *store, const struct experiment *experiment,
                        int64_t experiment_id, int trials, const bool *selected, struct error *error)
{
    *plan = (struct campaign_plan){.store = store, .experiment = experiment, .experiment_id = experiment_id};
    plan_make(experiment, trials, selected, &plan->plan);
    campaign_pairs_init(&plan->pairs, experiment, plan->plan.least_blocks);
    plan->steps = memory_zeroed(plan->plan.count, sizeof *plan->steps);
    for (size_t i = 0; i < plan->plan.count; i++) {
        const struct plan_step *from = &plan->plan.steps[i];
        const struct experiment_pair *pair = &experiment->pairs[from->pair];
        plan->steps[i] = (struct campaign_step){.c = &experiment->cases[pair->case_index],
                                                .run = &experiment->runs[pair->run_index],
                                                .pair = from->pair,
                                                .block = from->block};
        if (!look_up(plan, &plan->steps[i], error))
            return false;
    }
    return true;
}

void campaign_plan_release(struct campaign_plan *plan)
{
    plan_release(&plan->plan);
    campaign_pairs_release(&plan->pairs);
    free(plan->steps);
    *plan = (struct campaign_plan){0};
}

/* Blocks behind the minimum come one after the other, so that those before `block` are over. */
static bool decide(struct campaign_plan *plan, int block, struct error *error)
{
    struct store_result_rows results = {0};
    if (!store_read_results(plan->store, plan->experiment_id, &results, error))
        return false;
    campaign_pairs_advance(&plan->pairs, &results, block);
    store_result_rows_release(&results);
    return true;
}

bool campaign_plan_is_left(const struct campaign_plan *plan, const struct campaign_step *step)
{
    return !step->over && plan->pairs.takes_part[step->pair];
}

bool campaign_plan_next(struct campaign_plan *plan, struct campaign_step **step, struct error *error)
{
    *step = NULL;
    for (; plan->at < plan->plan.count; plan->at++) {
        struct campaign_step *next = &plan->steps[plan->at];
        if (next->block > plan->pairs.block && !decide(plan, next->block, error))
            return false;
        if (campaign_plan_is_left(plan, next)) {
            *step = next;
            return true;
        }
    }
    return true;
}

void campaign_plan_left(const struct campaign_plan *plan, int pair, struct campaign_left *left)
{
    *left = (struct campaign_left){0};
    for (size_t i = plan->at; i < plan->plan.count; i++) {
        const struct campaign_step *step = &plan->steps[i];
        if (!campaign_plan_is_left(plan, step) || (pair != CAMPAIGN_ALL_PAIRS && step->pair != pair))
            continue;
        left->most++;
        left->most_s += plan_trial_s(step->c);
        if (step->block <= plan->pairs.block) {
            left->least++;
            left->least_s += plan_trial_s(step->c);
        }
    }
}

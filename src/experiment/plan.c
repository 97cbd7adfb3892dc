/* SPDX-License-Identifier: Apache-2.0 */
#include "experiment/plan.h"

#include "base/random.h"
#include "experiment/plan_cost.h"

#include "base/banned.h"

/* The pairs of one block in the order of its own stream: no block's order depends on another. */
static void order_block(const struct experiment *experiment, int block, int *pairs)
{
    for (size_t i = 0; i < experiment->pair_count; i++)
        pairs[i] = (int)i;
    if (experiment->design.order != ORDER_BLOCKED)
        return;
    char *label = string_format("order:%d", block);
    gsl_rng *stream = random_stream(experiment->design.seed, label);
    random_shuffle(stream, pairs, experiment->pair_count);
    gsl_rng_free(stream);
    free(label);
}

/* `order: random`: all steps in one shuffle. */
static void shuffle_steps(const struct experiment *experiment, struct plan *plan)
{
    int *order = memory_zeroed(plan->count, sizeof *order);
    struct plan_step *shuffled = memory_zeroed(plan->count, sizeof *shuffled);
    gsl_rng *stream = random_stream(experiment->design.seed, "order");
    for (size_t i = 0; i < plan->count; i++)
        order[i] = (int)i;
    random_shuffle(stream, order, plan->count);
    for (size_t i = 0; i < plan->count; i++)
        shuffled[i] = plan->steps[order[i]];
    gsl_rng_free(stream);
    free(order);
    free(plan->steps);
    plan->steps = shuffled;
}

void plan_make(const struct experiment *experiment, int trials, const bool *selected, struct plan *plan)
{
    int blocks = trials > 0 ? trials : experiment->design.trials_min;
    *plan = (struct plan){.blocks = blocks};
    plan->steps = memory_zeroed((size_t)blocks * experiment->pair_count, sizeof *plan->steps);
    int *pairs = memory_zeroed(experiment->pair_count, sizeof *pairs);
    for (int block = 1; block <= blocks; block++) {
        order_block(experiment, block, pairs);
        for (size_t i = 0; i < experiment->pair_count; i++)
            if (!selected || selected[pairs[i]])
                plan->steps[plan->count++] = (struct plan_step){.block = block, .pair = pairs[i]};
    }
    free(pairs);
    if (experiment->design.order == ORDER_RANDOM)
        shuffle_steps(experiment, plan);
    plan_cost(experiment, plan);
}

void plan_release(struct plan *plan)
{
    free(plan->steps);
    *plan = (struct plan){0};
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "experiment/plan.h"

#include "base/random.h"
#include "experiment/plan_cost.h"

#include "base/banned.h"

/* The pairs of one block in the order of its own stream: no block's order depends on another. */
static void shuffle_block(const struct experiment *experiment, int block, int *pairs)
{
    char *label = string_format("order:%d", block);
    gsl_rng *stream = random_stream(experiment->design.seed, label);
    random_shuffle(stream, pairs, experiment->pair_count);
    gsl_rng_free(stream);
    free(label);
}

/* `order: random`: the steps that every pair runs in one shuffle. */
static void shuffle_steps(const struct experiment *experiment, struct plan *plan)
{
    size_t count = plan->least_count;
    int *order = memory_zeroed(count, sizeof *order);
    struct plan_step *ordered = memory_zeroed(count, sizeof *ordered);
    gsl_rng *stream = random_stream(experiment->design.seed, "order");
    memcpy(ordered, plan->steps, count * sizeof *ordered);
    for (size_t i = 0; i < count; i++)
        order[i] = (int)i;
    random_shuffle(stream, order, count);
    for (size_t i = 0; i < count; i++)
        plan->steps[i] = ordered[order[i]];
    gsl_rng_free(stream);
    free(order);
    free(ordered);
}

static void add_block(const struct experiment *experiment, int block, const bool *selected, struct plan *plan)
{
    enum design_order order = experiment->design.order;
    int *pairs = memory_zeroed(experiment->pair_count, sizeof *pairs);
    for (size_t i = 0; i < experiment->pair_count; i++)
        pairs[i] = (int)i;
    if (order == ORDER_BLOCKED || (order == ORDER_RANDOM && block > plan->least_blocks))
        shuffle_block(experiment, block, pairs);
    for (size_t i = 0; i < experiment->pair_count; i++)
        if (!selected || selected[pairs[i]])
            plan->steps[plan->count++] = (struct plan_step){.block = block, .pair = pairs[i]};
    if (block <= plan->least_blocks)
        plan->least_count = plan->count;
    free(pairs);
}

void plan_make(const struct experiment *experiment, int trials, const bool *selected, struct plan *plan)
{
    *plan = (struct plan){.blocks = trials > 0 ? trials : experiment->design.trials_max,
                          .least_blocks = trials > 0 ? trials : experiment->design.trials_min};
    plan->steps = memory_zeroed((size_t)plan->blocks * experiment->pair_count, sizeof *plan->steps);
    for (int block = 1; block <= plan->blocks; block++)
        add_block(experiment, block, selected, plan);
    if (experiment->design.order == ORDER_RANDOM)
        shuffle_steps(experiment, plan);
    plan_cost(experiment, plan);
}

void plan_release(struct plan *plan)
{
    free(plan->steps);
    *plan = (struct plan){0};
}

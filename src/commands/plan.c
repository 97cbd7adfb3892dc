/* SPDX-License-Identifier: Apache-2.0 */
/* kbench plan: what a campaign would do, and what that takes; runs nothing. */
#include "base/text.h"
#include "commands/command.h"
#include "commands/definition.h"
#include "experiment/plan.h"

#include "base/banned.h"

enum { OPTION_ONLY, OPTION_TRIALS };

static const struct option options[] = {
    {OPTION_STRING, "only", "CASE/RUN,…", "only these pairs; either side may be *"},
    {OPTION_INTEGER, "trials", "N", "exactly this many trials of each pair (default: as the definition says)"},
    {OPTION_END, NULL, NULL, NULL},
};

#define GIGABYTE 1e9

static void print_duration(double seconds)
{
    long whole = (long)(seconds + 0.5);
    if (whole >= 3600)
        printf("%ld h %ld min", whole / 3600, whole % 3600 / 60);
    else if (whole >= 60)
        printf("%ld min %ld s", whole / 60, whole % 60);
    else
        printf("%ld s", whole);
}

/* Whether pairs can have enough trials before the last block. */
static bool is_open(const struct plan *plan)
{
    return plan->blocks > plan->least_blocks;
}

/* "  case:  run, run", or nothing when no run of the case takes part. */
static void print_case(const struct experiment *experiment, int index, const bool *selected)
{
    bool any = false;
    for (size_t i = 0; i < experiment->pair_count; i++) {
        if (experiment->pairs[i].case_index != index || !selected[i])
            continue;
        if (any)
            printf(", ");
        else
            printf("  %s:  ", experiment->cases[index].name);
        printf("%s", experiment->runs[experiment->pairs[i].run_index].name);
        any = true;
    }
    if (any)
        printf("\n");
}

static void print_excluded(const struct experiment *experiment)
{
    for (size_t i = 0; i < experiment->exclusion_count; i++)
        printf("  not measured: %s/%s (%s)\n", experiment->exclusions[i].case_name, experiment->exclusions[i].run_name,
               experiment->exclusions[i].reason);
}

static void print_steps(const struct experiment *experiment, const struct plan *plan)
{
    for (size_t i = 0; i < plan->least_count; i++) {
        const struct plan_step *step = &plan->steps[i];
        const struct experiment_pair *pair = &experiment->pairs[step->pair];
        if (i == 0 || plan->steps[i - 1].block != step->block)
            printf("block %d:\n", step->block);
        printf("  %s/%s\n", experiment->cases[pair->case_index].name, experiment->runs[pair->run_index].name);
    }
    if (is_open(plan))
        printf(
            "blocks %d to %d:\n  the pairs whose interval is not within %.3g %% of the median yet, and those they are "
            "compared with\n",
            plan->least_blocks + 1, plan->blocks, 100 * experiment->design.precision);
}

static void print_cost(const struct experiment *experiment, const struct plan *plan)
{
    printf("expected time: ");
    if (is_open(plan)) {
        print_duration(plan->least_expected_s);
        printf(" to ");
    }
    print_duration(plan->expected_s);
    printf("%s\n", experiment->cluster.kind == CLUSTER_LOCAL ? ", the cluster's start included" : "");
    if (experiment->cluster.kind == CLUSTER_LOCAL)
        printf(
            "disk:          at most %.1f GB at a time, if no client passes %.0f records/s or %.0f MB/s on all replicas\n",
            (double)plan->disk_bytes / GIGABYTE, PLAN_MOST_RECORDS_PER_SEC, PLAN_MOST_BYTES_PER_SEC / (1024 * 1024));
    else
        printf("disk:          none on this machine\n");
    printf("memory:        about %.1f GB for %s\n", (double)plan->memory_bytes / GIGABYTE,
           experiment->cluster.kind == CLUSTER_LOCAL ? "brokers and clients" : "clients");
    if (is_open(plan))
        printf("precision:     %d to %d trials of each pair, until its interval's half-width is at most %.3g %% of its "
               "median\n",
               plan->least_blocks, plan->blocks, 100 * experiment->design.precision);
}

/* "5", or "5 to 15" */
static void print_range(size_t least, size_t most)
{
    if (least < most)
        printf("%zu to ", least);
    printf("%zu", most);
}

static void print_plan(const struct experiment *experiment, const struct plan *plan, const bool *selected)
{
    size_t pairs = 0;
    for (size_t i = 0; i < experiment->pair_count; i++)
        pairs += selected[i];
    printf("%s: %zu pair%s, ", experiment->version, pairs, pairs == 1 ? "" : "s");
    print_range((size_t)plan->least_blocks, (size_t)plan->blocks);
    printf(" block%s (%s, seed %llu), ", plan->blocks == 1 ? "" : "s", design_order_name(experiment->design.order),
           (unsigned long long)experiment->design.seed);
    print_range(plan->least_count, plan->count);
    printf(" trials\n");
    for (size_t i = 0; i < experiment->case_count; i++)
        print_case(experiment, (int)i, selected);
    print_excluded(experiment);
    print_cost(experiment, plan);
    print_steps(experiment, plan);
}

static bool run(const struct invocation *invocation, struct error *error)
{
    const struct option_value *values = invocation->values;
    struct driver_list drivers = {0};
    struct experiment *experiment = NULL;
    struct plan plan = {0};
    bool *selected = NULL;
    bool ok = false;
    if (values[OPTION_TRIALS].given && (values[OPTION_TRIALS].integer < 1 || values[OPTION_TRIALS].integer > 10000))
        return error_set(error, ERROR_INPUT, "--trials is %s, expected 1 to 10000", values[OPTION_TRIALS].string);
    if (!driver_list_load(&drivers, error))
        return false;
    experiment = definition_load(invocation->arguments[0], &drivers, error);
    if (!experiment)
        goto done;
    selected = memory_zeroed(experiment->pair_count, sizeof *selected);
    if (!plan_select(experiment, values[OPTION_ONLY].given ? values[OPTION_ONLY].string : "*/*", selected, error))
        goto done;
    plan_make(experiment, (int)values[OPTION_TRIALS].integer, selected, &plan);
    print_plan(experiment, &plan, selected);
    ok = true;
done:
    plan_release(&plan);
    free(selected);
    experiment_free(experiment);
    driver_list_release(&drivers);
    return ok;
}

const struct command command_plan = {
    .name = "plan",
    .arguments = "FILE",
    .summary = "what would run: pairs, blocks, expected time, disk and memory",
    .options = options,
    .min_arguments = 1,
    .max_arguments = 1,
    .run = run,
};

/* SPDX-License-Identifier: Apache-2.0 */
/* What kbench sees different between two revisions: a comparison, of which only what is told of it is kept. */
#include <math.h>

#include "report/history_parts.h"

#include "base/banned.h"

const char *const history_metrics[HISTORY_METRIC_COUNT] = {"records_per_sec", "latency_p99_ms",
                                                           "client_cpu_us_per_record"};

static void count_result(const struct comparison *comparison, struct history_step *step, struct history_result *result)
{
    const struct interval *ratio = &result->ratio;
    result->changed = comparison->judged && ratio->has_bounds && report_conclusion_of(ratio) != 0;
    step->too_few += !ratio->has_bounds;
    step->changed += result->changed;
    step->not_shown += comparison->judged && ratio->has_bounds && !result->changed;
}

/* Pairs without a value of the metric have no result. */
static void take_results(const struct comparison *comparison, struct history_step *step)
{
    step->results =
        memory_resized(step->results, step->result_count + comparison->pair_count + 1, sizeof *step->results);
    for (size_t i = 0; i < comparison->pair_count; i++) {
        const struct comparison_pair *pair = &comparison->pairs[i];
        if (pair->ratio.n == 0)
            continue;
        struct history_result *result = &step->results[step->result_count++];
        *result = (struct history_result){.case_name = string_copy(pair->a->c->name),
                                          .run_name = string_copy(pair->a->run->name),
                                          .metric = comparison->metric,
                                          .before = pair->median_a,
                                          .after = pair->median_b,
                                          .ratio = pair->ratio,
                                          .verdict = comparison_verdict(comparison, pair)};
        count_result(comparison, step, result);
    }
}

/* What the comparison no longer owns afterwards. */
static void move_differences(struct comparison *comparison, struct history_step *step)
{
    step->judged = comparison->judged;
    step->differences = comparison->differences;
    step->difference_count = comparison->difference_count;
    step->only_before = comparison->only_a;
    step->only_after = comparison->only_b;
    comparison->differences = NULL;
    comparison->difference_count = 0;
    comparison->only_a = comparison->only_b = (struct string_list){0};
}

struct history_step *history_step_new(struct store *store, const struct store_revision *before,
                                      const struct store_revision *after, struct error *error)
{
    struct comparison_request request = {.store_a = store,
                                         .store_b = store,
                                         .version_a = before->version,
                                         .version_b = after->version,
                                         .revision_a = before->revision,
                                         .revision_b = after->revision,
                                         .metric = history_metrics[0],
                                         .tolerance = INFINITY,
                                         .without_pairs = true};
    struct comparison comparison;
    if (!comparison_make(&request, &comparison, error))
        return NULL;
    struct history_step *step = memory_zeroed(1, sizeof *step);
    move_differences(&comparison, step);
    bool ok = true;
    for (size_t i = 0; ok && i < HISTORY_METRIC_COUNT; i++) {
        request.metric = history_metrics[i];
        ok = i == 0 || comparison_measure(&request, &comparison, error);
        if (ok)
            take_results(&comparison, step);
    }
    comparison_release(&comparison);
    if (ok)
        return step;
    history_step_free(step);
    return NULL;
}

void history_step_free(struct history_step *step)
{
    if (!step)
        return;
    comparison_differences_free(step->differences, step->difference_count);
    for (size_t i = 0; i < step->result_count; i++) {
        free(step->results[i].case_name);
        free(step->results[i].run_name);
    }
    free(step->results);
    string_list_release(&step->only_before);
    string_list_release(&step->only_after);
    free(step);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "report/compare.h"

#include <math.h>

#include "experiment/metric.h"
#include "report/sample.h"
#include "statistics/detectable.h"

#include "base/banned.h"

/* The whole interval is worse by more than the tolerance. */
static bool is_regression(const char *metric, const struct interval *ratio, double tolerance)
{
    if (!ratio->has_bounds)
        return false;
    enum metric_better better = metric_better(metric);
    return (better == BETTER_HIGHER && ratio->high < 1 - tolerance) ||
           (better == BETTER_LOWER && ratio->low > 1 + tolerance);
}

static void median_of(const struct report_model *model, const struct report_pair *pair, const char *metric,
                      const struct sample *sample, struct interval *interval)
{
    char *label = string_format("median:%s/%s/%s", pair->c->name, pair->run->name, metric);
    sample_median(sample, model->experiment->design.seed, label, interval);
    free(label);
}

static bool compare_pair(const struct comparison_request *request, struct comparison *comparison,
                         const struct report_pair *a, const struct report_pair *b, struct error *error)
{
    struct comparison_pair *pair = &comparison->pairs[comparison->pair_count++];
    struct sample of_a = {0}, of_b = {0};
    *pair = (struct comparison_pair){.a = a, .b = b};
    bool ok = sample_read(request->store_a, a, request->metric, &of_a, error) &&
              sample_read(request->store_b, b, request->metric, &of_b, error);
    if (ok) {
        median_of(&comparison->a, a, request->metric, &of_a, &pair->median_a);
        median_of(&comparison->b, b, request->metric, &of_b, &pair->median_b);
        sample_ratio_independent(&of_a, &of_b, &pair->ratio);
        pair->detectable = detectable_share(&pair->ratio);
        pair->regressed = comparison->judged && is_regression(request->metric, &pair->ratio, request->tolerance);
    }
    sample_release(&of_a);
    sample_release(&of_b);
    return ok;
}

static void add_pair_name(struct string_list *list, const struct report_pair *pair)
{
    string_list_push_format(list, "%s/%s", pair->c->name, pair->run->name);
}

/* Pairs of `from` of which the other side has no trial. */
static void list_missing(const struct report_model *from, const struct report_model *other, struct string_list *list)
{
    for (size_t i = 0; i < from->case_count; i++)
        for (size_t j = 0; j < from->cases[i].pair_count; j++) {
            const struct report_pair *pair = &from->cases[i].pairs[j],
                                     *found = report_model_find_pair(other, pair->c->name, pair->run->name);
            if (pair->trial_count > 0 && (!found || found->trial_count == 0))
                add_pair_name(list, pair);
        }
}

static bool compare_pairs(const struct comparison_request *request, struct comparison *comparison, struct error *error)
{
    const struct report_model *a = &comparison->a;
    comparison->pairs = memory_zeroed(a->experiment->pair_count + 1, sizeof *comparison->pairs);
    for (size_t i = 0; i < a->case_count; i++)
        for (size_t j = 0; j < a->cases[i].pair_count; j++) {
            const struct report_pair *own = &a->cases[i].pairs[j],
                                     *other = report_model_find_pair(&comparison->b, own->c->name, own->run->name);
            if (other && own->trial_count > 0 && other->trial_count > 0 &&
                !compare_pair(request, comparison, own, other, error))
                return false;
        }
    return true;
}

bool comparison_measure(const struct comparison_request *request, struct comparison *comparison, struct error *error)
{
    free(comparison->pairs);
    comparison->pair_count = 0;
    comparison->metric = request->metric;
    if (!compare_pairs(request, comparison, error))
        return false;
    return comparison->pair_count > 0 || request->without_pairs ||
           error_set(error, ERROR_INPUT,
                     "'%s' and '%s' have no pair of case and run in common that both have a trial of",
                     request->version_a, request->version_b);
}

bool comparison_make(const struct comparison_request *request, struct comparison *comparison, struct error *error)
{
    *comparison = (struct comparison){0};
    if (!report_model_load_revision(request->store_a, request->version_a, request->revision_a, false, &comparison->a,
                                    error))
        return false;
    if (!report_model_load_revision(request->store_b, request->version_b, request->revision_b, false, &comparison->b,
                                    error)) {
        report_model_release(&comparison->a);
        return false;
    }
    comparison_find_differences(comparison);
    comparison->judged = !comparison->other_machine || request->across_machines;
    list_missing(&comparison->a, &comparison->b, &comparison->only_a);
    list_missing(&comparison->b, &comparison->a, &comparison->only_b);
    if (comparison_measure(request, comparison, error))
        return true;
    comparison_release(comparison);
    return false;
}

void comparison_differences_free(struct comparison_difference *differences, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(differences[i].name);
        free(differences[i].a);
        free(differences[i].b);
    }
    free(differences);
}

void comparison_release(struct comparison *comparison)
{
    comparison_differences_free(comparison->differences, comparison->difference_count);
    free(comparison->pairs);
    string_list_release(&comparison->only_a);
    string_list_release(&comparison->only_b);
    report_model_release(&comparison->a);
    report_model_release(&comparison->b);
}

const char *comparison_verdict(const struct comparison *comparison, const struct comparison_pair *pair)
{
    const struct interval *ratio = &pair->ratio;
    bool is_speed = metric_better(comparison->metric) == BETTER_HIGHER;
    if (ratio->n == 0)
        return "no figure";
    if (!ratio->has_bounds)
        return "n<5";
    if (!comparison->judged)
        return "not judged";
    if (ratio->low > 1)
        return is_speed ? "faster" : "higher";
    if (ratio->high < 1)
        return is_speed ? "slower" : "lower";
    return "no difference shown";
}

size_t comparison_pairs_with_interval(const struct comparison *comparison)
{
    size_t count = 0;
    for (size_t i = 0; i < comparison->pair_count; i++)
        count += comparison->pairs[i].ratio.has_bounds;
    return count;
}

size_t comparison_regressions(const struct comparison *comparison)
{
    size_t count = 0;
    for (size_t i = 0; i < comparison->pair_count; i++)
        count += comparison->pairs[i].regressed;
    return count;
}

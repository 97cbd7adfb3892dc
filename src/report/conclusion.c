/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether a conclusion hangs on the disturbed trials: every comparison to the baseline is made a second time, with them when
 * the report is without and the other way round. A conclusion is what the table of ratios says of a metric.
 */
#include "report/pair.h"

#include "base/banned.h"

int report_conclusion_of(const struct interval *ratio)
{
    if (!ratio->has_bounds)
        return 0;
    return ratio->low > 1 ? 1 : ratio->high < 1 ? -1 : 0;
}

static bool has_disturbed(const struct report_case *report_case)
{
    for (size_t i = 0; i < report_case->pair_count; i++)
        if (report_case->pairs[i].disturbed > 0)
            return true;
    return false;
}

/* The pair with the other choice of trials, for ratios only. */
static struct report_pair select_other(const struct report_model *model, const struct report_pair *pair)
{
    struct report_pair other = {.c = pair->c, .run = pair->run};
    report_pair_select(model, !model->include_disturbed, &other);
    return other;
}

static void compare_pair(struct report_model *model, const struct report_pair *pair, const struct report_pair *baseline)
{
    struct report_pair other = select_other(model, pair);
    for (size_t i = 0; i < REPORT_COMPARED_COUNT; i++) {
        enum report_metric metric = report_compared[i];
        struct interval ratio;
        report_pair_ratio(model, &other, baseline, metric, &ratio);
        if (!ratio.has_bounds && !pair->metrics[metric].ratio.has_bounds)
            continue;
        int shown = report_conclusion_of(&pair->metrics[metric].ratio), differently = report_conclusion_of(&ratio);
        model->conclusion_count++;
        if (shown == differently)
            continue;
        model->changed = memory_resized(model->changed, model->changed_count + 1, sizeof *model->changed);
        model->changed[model->changed_count++] = (struct report_changed_conclusion){pair, metric, shown, differently};
    }
    report_pair_release(&other);
}

static void compare_case(struct report_model *model, const struct report_case *report_case)
{
    const struct report_pair *baseline = NULL;
    for (size_t i = 0; i < report_case->pair_count; i++)
        if (report_case->pairs[i].is_baseline)
            baseline = &report_case->pairs[i];
    if (!baseline || !has_disturbed(report_case))
        return;
    struct report_pair other = select_other(model, baseline);
    for (size_t i = 0; i < report_case->pair_count; i++)
        if (&report_case->pairs[i] != baseline)
            compare_pair(model, &report_case->pairs[i], &other);
    report_pair_release(&other);
}

void report_conclusions_compare(struct report_model *model)
{
    for (size_t i = 0; i < model->case_count; i++)
        compare_case(model, &model->cases[i]);
}

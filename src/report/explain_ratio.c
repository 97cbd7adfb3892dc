/* SPDX-License-Identifier: Apache-2.0 */
/* The ratio to the baseline as the model has formed it, and the blocks that it is of. */
#include "report/explain_parts.h"
#include "report/format.h"
#include "report/pair.h"
#include "report/shown.h"

#include "base/banned.h"

static const struct report_pair *find_baseline(const struct explanation *explanation)
{
    const struct report_model *model = explanation->model;
    return model->baseline < 0 ? NULL
                               : report_model_find_pair(model, explanation->pair->c->name,
                                                        model->experiment->runs[model->baseline].name);
}

static const char *why_none(const struct explanation *explanation, const struct report_pair *baseline,
                            enum report_metric metric)
{
    if (explanation->sum)
        return "a sum can be 0, so that no ratio can be formed of it";
    if (metric == METRIC_COUNT)
        return "of percentiles, ratios are formed of the 50th, 95th, 99th and 99.9th";
    if (metric >= METRIC_FIRST_STATE)
        return "of how busy something was no ratio is formed";
    if (explanation->model->baseline < 0)
        return "the definition names no baseline";
    if (explanation->pair->is_baseline)
        return "it is the baseline itself";
    if (!baseline)
        return "the definition leaves the baseline out of this case";
    return explanation->pair->metrics[metric].ratio.n ? NULL : "there is no block in which both have a value above 0";
}

static void take_blocks(struct explanation *explanation, const struct report_pair *baseline, enum report_metric metric)
{
    const struct report_pair *pair = explanation->pair;
    struct explanation_ratio *ratio = &explanation->ratio;
    int *numbers = memory_zeroed(pair->trial_count + 1, sizeof *numbers);
    double *own = memory_zeroed(pair->trial_count + 1, sizeof *own);
    double *other = memory_zeroed(pair->trial_count + 1, sizeof *other);
    ratio->block_count = report_pair_blocks(pair, baseline, metric, numbers, own, other);
    ratio->blocks = memory_zeroed(ratio->block_count + 1, sizeof *ratio->blocks);
    for (size_t i = 0; i < ratio->block_count; i++)
        ratio->blocks[i] = (struct explanation_block){numbers[i], own[i], other[i], own[i] / other[i]};
    free(numbers);
    free(own);
    free(other);
}

void explain_ratio(struct explanation *explanation)
{
    struct explanation_ratio *ratio = &explanation->ratio;
    enum report_metric metric = explain_metric_index(explanation->metric);
    const struct report_pair *baseline = find_baseline(explanation);
    ratio->why_none = why_none(explanation, baseline, metric);
    if (ratio->why_none)
        return;
    struct text shown = TEXT_INIT, spread = TEXT_INIT;
    ratio->baseline = baseline;
    ratio->interval = explanation->pair->metrics[metric].ratio;
    format_ratio(&shown, ratio->interval.estimate);
    shown_ratio_spread(explanation->pair, metric, &spread);
    ratio->shown = text_detach(&shown);
    ratio->shown_spread = text_detach(&spread);
    take_blocks(explanation, baseline, metric);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* How the intervals were made, and which pairs did not become as precise as the design asks. */
#include <math.h>

#include "report/validity.h"
#include "report/wording.h"
#include "statistics/stopping.h"

#include "base/banned.h"

static void add_method(struct string_list *methods, const struct interval *interval)
{
    if (interval->has_bounds && interval->method && !string_list_contains(methods, interval->method))
        string_list_push(methods, interval->method);
}

static void state_method(struct report_model *model)
{
    struct string_list methods = {0};
    struct text list = TEXT_INIT;
    EACH_PAIR(model, pair)
    {
        for (int metric = 0; metric < METRIC_COUNT; metric++) {
            add_method(&methods, &pair->metrics[metric].value);
            add_method(&methods, &pair->metrics[metric].ratio);
        }
    }
    for (size_t i = 0; i < methods.count; i++)
        text_append_format(&list, "%s%s", i ? "; " : "", methods.items[i]);
    char *other_confidence = wording_other_confidence(model);
    if (list.length)
        string_list_push_format(&model->validity, "Intervals are 95 %% intervals%s of the median: %s.",
                                other_confidence, list.bytes);
    free(other_confidence);
    text_release(&list);
    string_list_release(&methods);
}

static void append_precision(struct text *list, const struct report_pair *pair, double half_width)
{
    validity_append_pair(list, pair);
    if (isfinite(half_width))
        text_append_format(list, " (\xc2\xb1 %.1f %% after %zu trials)", 100 * half_width, pair->trial_count);
    else
        text_append_format(list, " (n<%d)", INTERVAL_MIN_TRIALS);
}

static void state_precision(struct report_model *model)
{
    double wanted = model->experiment->design.precision;
    struct text list = TEXT_INIT;
    size_t reached = 0;
    EACH_PAIR(model, pair)
    {
        double half_width = interval_half_width(&pair->metrics[METRIC_RECORDS_PER_SEC].value);
        if (half_width <= wanted)
            reached++;
        else if (pair->trial_count > 0)
            append_precision(&list, pair, half_width);
    }
    if (list.length)
        string_list_push_format(&model->validity,
                                "The design asks for a throughput known to \xc2\xb1 %g %% (half the width of its "
                                "interval). These pairs did not get there: %s.",
                                100 * wanted, list.bytes);
    else if (reached > 0)
        string_list_push_format(&model->validity,
                                "The throughput of every pair is known to \xc2\xb1 %g %% (half the width of its "
                                "interval), as the design asks.",
                                100 * wanted);
    text_release(&list);
}

void validity_state_precision(struct report_model *model)
{
    state_method(model);
    if (!report_stops_by_precision(model->experiment))
        return;
    state_precision(model);
    string_list_push_format(
        &model->validity,
        "A pair stopped as soon as the interval of its throughput was narrow enough, after %d to %d trials. That picks "
        "intervals that are narrow by luck: 95 %% intervals would cover the truth in 91.7 to 94.8 %% of simulated "
        "campaigns. Those of records/s and MB/s are therefore made at %g %%, and cover 93.3 to 96.8 %%; those of ratios, "
        "which stopped nothing, cover 94.0 to 95.2 %% as they are.",
        model->experiment->design.trials_min, model->experiment->design.trials_max, 100 * STOPPING_CONFIDENCE);
}

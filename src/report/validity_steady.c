/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the throughput was steady: within the windows of trials, and from block to block. */
#include <math.h>

#include "report/validity.h"

#include "base/banned.h"

#define TREND_P_VALUE 0.05
#define WINDOW_TO_TELL_S 6 /* a shorter window has too few whole seconds for such a p value */
#define BLOCKS_TO_TELL 5   /* with fewer, no order of them has a p value below TREND_P_VALUE */

struct trends {
    size_t tested, found;  /* trials */
    double median_percent; /* change over the window, of those found */
};

static struct trends trends_of(const struct report_pair *pair)
{
    struct trends trends = {.tested = 0};
    double *changes = memory_zeroed(pair->trial_count + 1, sizeof *changes);
    for (size_t i = 0; i < pair->trial_count; i++) {
        const struct store_result_row *row = pair->trials[i].row;
        if (!isfinite(row->trend_p_value) || row->duration_s < WINDOW_TO_TELL_S)
            continue;
        trends.tested++;
        if (row->trend_p_value < TREND_P_VALUE)
            changes[trends.found++] = row->trend_percent;
    }
    trends.median_percent = statistics_median(changes, trends.found);
    free(changes);
    return trends;
}

static void state_trends(struct report_model *model)
{
    struct text list = TEXT_INIT;
    size_t tested = 0, found = 0;
    EACH_PAIR(model, pair)
    {
        struct trends trends = trends_of(pair);
        tested += trends.tested;
        found += trends.found;
        if (trends.found == 0)
            continue;
        validity_append_pair(&list, pair);
        text_append_format(&list, " (%zu of %zu, median change %+.1f %%)", trends.found, trends.tested,
                           trends.median_percent);
    }
    if (tested == 0)
        string_list_push_format(
            &model->validity,
            "Whether the throughput climbed or fell within the windows was not tested in these trials, or "
            "the windows are too short to tell (below %d s).",
            WINDOW_TO_TELL_S);
    else if (found == 0)
        string_list_push_format(
            &model->validity,
            "In none of %zu trials did the throughput climb or fall over its window (Mann-Kendall, p < %g).", tested,
            TREND_P_VALUE);
    else
        string_list_push_format(
            &model->validity,
            "In %zu of %zu trials the throughput climbed or fell over its window (Mann-Kendall, p < %g; by chance alone "
            "about 1 in 20 would): %s.",
            found, tested, TREND_P_VALUE, list.bytes);
    text_release(&list);
}

static void state_drift(struct report_model *model)
{
    const struct drift *drift = &model->drift;
    if (drift->count > 1 && drift->count < BLOCKS_TO_TELL)
        string_list_push_format(
            &model->validity,
            "%zu blocks are too few to tell a drift from noise; ratios are formed within blocks, which "
            "takes a drift out of them.",
            drift->count);
    if (drift->count < BLOCKS_TO_TELL || !isfinite(drift->trend.p_value))
        return;
    string_list_push_format(
        &model->validity,
        "From the first block to the last the throughput of all pairs together %s: %+.1f %% (Theil-Sen; Mann-Kendall, "
        "p = %.2g over %zu blocks). Ratios are formed within blocks, which takes such a drift out of them; medians and "
        "their intervals hold it.",
        drift->trend.p_value < TREND_P_VALUE ? "drifted" : "shows no drift that is more than noise",
        100 * drift->trend.change, drift->trend.p_value, drift->count);
}

void validity_state_steadiness(struct report_model *model)
{
    state_trends(model);
    state_drift(model);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "runner/campaign_pairs.h"

#include <limits.h>

#include "statistics/stopping.h"

#include "base/banned.h"

void campaign_pairs_init(struct campaign_pairs *pairs, const struct experiment *experiment, int least)
{
    *pairs = (struct campaign_pairs){.experiment = experiment, .block = least};
    pairs->takes_part = memory_zeroed(experiment->pair_count, sizeof *pairs->takes_part);
    for (size_t i = 0; i < experiment->pair_count; i++)
        pairs->takes_part[i] = true;
}

void campaign_pairs_release(struct campaign_pairs *pairs)
{
    free(pairs->takes_part);
    *pairs = (struct campaign_pairs){0};
}

/* ---- what is known of a pair ---- */

static const char *case_name(const struct experiment *experiment, size_t pair)
{
    return experiment->cases[experiment->pairs[pair].case_index].name;
}

static const char *run_name(const struct experiment *experiment, size_t pair)
{
    return experiment->runs[experiment->pairs[pair].run_index].name;
}

/* records_per_sec of the pair's trials in the blocks up to `block` that are in the summary, in the order of the blocks. */
static double *take_values(const struct experiment *experiment, const struct store_result_rows *results, size_t pair,
                           int block, size_t *count)
{
    double *values = memory_zeroed(results->count + 1, sizeof *values);
    *count = 0;
    for (size_t i = 0; i < results->count; i++) {
        const struct store_result_row *row = &results->items[i];
        if (row->block <= block && string_equal(row->status, "ok") && !string_equal(row->source, "published") &&
            string_equal(row->case_name, case_name(experiment, pair)) &&
            string_equal(row->run_name, run_name(experiment, pair)))
            values[(*count)++] = row->records_per_sec;
    }
    return values;
}

/* The random stream of the report's interval, so that what stops a pair is the interval that is shown. */
static char *interval_label(const struct experiment *experiment, size_t pair)
{
    return string_format("median:%s/%s/records_per_sec", case_name(experiment, pair), run_name(experiment, pair));
}

/* Whether the blocks so far leave the pair's own interval too wide; `*trials` of it are in them. */
static bool needs_more(const struct campaign_pairs *pairs, const struct store_result_rows *results, size_t pair,
                       size_t *trials)
{
    const struct experiment_design *design = &pairs->experiment->design;
    double *values = take_values(pairs->experiment, results, pair, pairs->block, trials);
    char *label = interval_label(pairs->experiment, pair);
    bool reached = stopping_is_reached(values, *trials, design->precision, design->seed, label);
    free(label);
    free(values);
    return !reached;
}

void campaign_pair_precision(const struct experiment *experiment, const struct store_result_rows *results, size_t pair,
                             struct pair_precision *precision)
{
    const struct experiment_design *design = &experiment->design;
    struct interval interval;
    size_t count;
    double *values = take_values(experiment, results, pair, INT_MAX, &count);
    char *label = interval_label(experiment, pair);
    stopping_interval(values, count, design->seed, label, &interval);
    *precision = (struct pair_precision){
        .trials = count,
        .half_width = interval_half_width(&interval),
        .reached = stopping_is_reached(values, count, design->precision, design->seed, label),
    };
    free(label);
    free(values);
}

/* ---- who is compared with whom ---- */

static bool is_side(const struct experiment *experiment, size_t pair, const char *of_case, const char *of_run)
{
    return string_equal(of_case, case_name(experiment, pair)) && string_equal(of_run, run_name(experiment, pair));
}

/* Whether the two are the sides of a claim about this version's own measurements. */
static bool are_claimed(const struct experiment *experiment, size_t a, size_t b)
{
    for (size_t i = 0; i < experiment->claim_count; i++) {
        const struct claim *claim = &experiment->claims[i];
        bool is_own = !claim->of_version && !claim->of_published && !claim->to_version && !claim->to_published;
        if (is_own && ((is_side(experiment, a, claim->of_case, claim->of_run) &&
                        is_side(experiment, b, claim->to_case, claim->to_run)) ||
                       (is_side(experiment, b, claim->of_case, claim->of_run) &&
                        is_side(experiment, a, claim->to_case, claim->to_run))))
            return true;
    }
    return false;
}

/* Whether a ratio of `pair` is formed with `partner`. The baseline is the partner of the others, they are not its own. */
static bool is_partner(const struct experiment *experiment, size_t partner, size_t pair)
{
    bool same_case = experiment->pairs[partner].case_index == experiment->pairs[pair].case_index;
    bool is_baseline = string_equal(run_name(experiment, partner), experiment->report.baseline);
    return (same_case && is_baseline) || are_claimed(experiment, partner, pair);
}

static bool is_needed(const struct experiment *experiment, const bool *needs, size_t pair)
{
    for (size_t i = 0; i < experiment->pair_count; i++)
        if (needs[i] && (i == pair || is_partner(experiment, pair, i)))
            return true;
    return false;
}

static void advance_one(struct campaign_pairs *pairs, const struct store_result_rows *results)
{
    size_t count = pairs->experiment->pair_count;
    bool *needs = memory_zeroed(count, sizeof *needs);
    for (size_t i = 0; i < count; i++) {
        size_t trials = 0;
        bool is_wide = pairs->takes_part[i] && needs_more(pairs, results, i, &trials);
        pairs->takes_part[i] = trials > 0; /* one that has only failed so far will not do better */
        needs[i] = is_wide && trials > 0;
    }
    for (size_t i = 0; i < count; i++)
        pairs->takes_part[i] = pairs->takes_part[i] && is_needed(pairs->experiment, needs, i);
    pairs->block++;
    free(needs);
}

void campaign_pairs_advance(struct campaign_pairs *pairs, const struct store_result_rows *results, int block)
{
    while (pairs->block < block)
        advance_one(pairs, results);
}

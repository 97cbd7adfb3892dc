/* SPDX-License-Identifier: Apache-2.0 */
#include "bundle/reproduction.h"

#include <math.h>

#include "statistics/quotient.h"

#include "base/banned.h"

static enum ratio_outcome outcome_of(const struct interval *quotient)
{
    if (!quotient->has_bounds)
        return RATIO_NOT_JUDGED;
    return quotient->low > 1 || quotient->high < 1 ? RATIO_OTHER : RATIO_ALIKE;
}

static void add_ratio(struct reproduction *reproduction, const struct report_pair *then, const struct report_pair *now,
                      enum report_metric metric)
{
    const struct interval *a = &then->metrics[metric].ratio, *b = &now->metrics[metric].ratio;
    if (a->n == 0 || b->n == 0)
        return;
    reproduction->ratios =
        memory_resized(reproduction->ratios, reproduction->ratio_count + 1, sizeof *reproduction->ratios);
    struct reproduced_ratio *ratio = &reproduction->ratios[reproduction->ratio_count++];
    *ratio = (struct reproduced_ratio){.pair = then, .metric = metric, .then = *a, .now = *b};
    interval_of_quotient(a, b, &ratio->quotient);
    ratio->outcome = outcome_of(&ratio->quotient);
}

/* Metric by metric, so that what is read together stands together. */
static void add_ratios(struct reproduction *reproduction)
{
    for (size_t m = 0; m < REPORT_COMPARED_COUNT; m++)
        for (size_t i = 0; i < reproduction->comparison.pair_count; i++)
            add_ratio(reproduction, reproduction->comparison.pairs[i].a, reproduction->comparison.pairs[i].b,
                      report_compared[m]);
}

static const struct report_claim *find_claim(const struct report_model *model, const char *name)
{
    for (size_t i = 0; i < model->claim_count; i++)
        if (string_equal(model->claims[i].claim->name, name))
            return &model->claims[i];
    return NULL;
}

static bool is_flipped(const struct report_judgement *then, const struct report_judgement *now)
{
    return then->judged && now->judged && then->verdict != now->verdict && then->verdict != VERDICT_UNDECIDED &&
           now->verdict != VERDICT_UNDECIDED;
}

static void add_claims(struct reproduction *reproduction)
{
    const struct report_model *then = &reproduction->comparison.a, *now = &reproduction->comparison.b;
    reproduction->claims = memory_zeroed(then->claim_count, sizeof *reproduction->claims);
    for (size_t i = 0; i < then->claim_count; i++) {
        struct reproduced_claim *claim = &reproduction->claims[reproduction->claim_count++];
        claim->then = &then->claims[i];
        claim->now = find_claim(now, claim->then->claim->name);
        claim->flipped = claim->now && is_flipped(&claim->then->measured, &claim->now->measured);
    }
}

bool reproduction_judge(struct store *bundle, struct store *here, const char *version,
                        struct reproduction *reproduction, struct error *error)
{
    const struct comparison_request request = {
        .store_a = bundle,
        .store_b = here,
        .version_a = version,
        .version_b = version,
        .metric = "records_per_sec",
        .tolerance = INFINITY,
    };
    *reproduction = (struct reproduction){0};
    if (!comparison_make(&request, &reproduction->comparison, error))
        return false;
    if (!report_claims_load(bundle, &reproduction->comparison.a, error) ||
        !report_claims_load(here, &reproduction->comparison.b, error)) {
        comparison_release(&reproduction->comparison);
        return false;
    }
    add_ratios(reproduction);
    add_claims(reproduction);
    return true;
}

void reproduction_release(struct reproduction *reproduction)
{
    comparison_release(&reproduction->comparison);
    free(reproduction->ratios);
    free(reproduction->claims);
}

size_t reproduction_flips(const struct reproduction *reproduction)
{
    size_t flips = 0;
    for (size_t i = 0; i < reproduction->claim_count; i++)
        flips += reproduction->claims[i].flipped;
    return flips;
}

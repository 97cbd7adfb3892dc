/* SPDX-License-Identifier: Apache-2.0 */
/* What can be said of a claim. */
#include <math.h>

#include "experiment/metric.h"
#include "publish/value.h"
#include "publish/value_what.h"

#include "base/banned.h"

/* Numbers of a claim are written as report_claim_format() writes them. */
static void set_number(const struct claim *claim, double first, double second, struct value *value)
{
    *value = (struct value){.type = claim->to_case                   ? VALUE_RATIO
                                    : metric_is_count(claim->metric) ? VALUE_COUNT
                                                                     : VALUE_NUMBER,
                            .numbers = {first, second}};
}

static bool check_judged(const struct claim *claim, const struct report_judgement *judgement, const char *what,
                         bool has_number, struct error *error)
{
    if (!judgement->judged)
        return error_set(error, ERROR_INPUT, "there are no %s numbers to judge the claim '%s' by", what, claim->name);
    if (has_number && !isfinite(judgement->value.estimate))
        return error_set(error, ERROR_INPUT, "the claim '%s' has no value: %s", claim->name,
                         judgement->note ? judgement->note : "nothing was measured");
    return true;
}

static bool set_bounds_of_interval(const struct claim *claim, const struct interval *interval, int what,
                                   struct value *value, struct error *error)
{
    if (!interval->has_bounds)
        return error_set(error, ERROR_INPUT, "the value of the claim '%s' has no interval; there is of=value",
                         claim->name);
    set_number(claim, what == CLAIM_HIGH ? interval->high : interval->low, interval->high, value);
    value->shape = what == CLAIM_INTERVAL ? VALUE_INTERVAL : VALUE_ONE;
    return true;
}

/* As they are written in the definition, of which one may be open. */
static void set_bounds_of_claim(const struct claim *claim, struct value *value)
{
    const double *bounds = report_claim_bounds(claim);
    char *text = string_format("%g to %g", bounds[0], bounds[1]);
    value_set_text(value, text);
    free(text);
}

bool value_of_claim(const struct value_request *request, struct value *value, struct error *error)
{
    const struct report_claim *found =
        publication_claim(request->publication, attributes_get(request->attributes, "claim"), error);
    if (!found)
        return false;
    const struct claim *claim = found->claim;
    int what = request->name->what;
    bool is_published = what == CLAIM_PUBLISHED_VERDICT || what == CLAIM_PUBLISHED_VALUE;
    const struct report_judgement *judgement = is_published ? &found->published : &found->measured;
    bool needs_judgement = what != CLAIM_BOUNDS && what != CLAIM_QUOTE;
    bool has_number = what != CLAIM_VERDICT && what != CLAIM_PUBLISHED_VERDICT && what != CLAIM_N;
    if (needs_judgement && !check_judged(claim, judgement, is_published ? "published" : "measured", has_number, error))
        return false;
    switch (what) {
    case CLAIM_LOW:
    case CLAIM_HIGH:
    case CLAIM_INTERVAL: return set_bounds_of_interval(claim, &judgement->value, what, value, error);
    case CLAIM_BOUNDS: set_bounds_of_claim(claim, value); return true;
    case CLAIM_N: value_set_count(value, (int64_t)judgement->value.n); return true;
    case CLAIM_QUOTE: value_set_text(value, claim->quote); return true;
    case CLAIM_VALUE:
    case CLAIM_PUBLISHED_VALUE: set_number(claim, judgement->value.estimate, NAN, value); return true;
    default: value_set_text(value, verdict_name(judgement->verdict)); return true;
    }
}

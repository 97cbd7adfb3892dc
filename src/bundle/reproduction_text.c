/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "bundle/reproduction.h"
#include "report/format.h"
#include "report/shown.h"
#include "statistics/detectable.h"

#include "base/banned.h"

static void append_side(const struct report_model *model, const char *where, struct text *text)
{
    const struct store_campaign_rows *campaigns = &model->campaigns;
    text_append_format(text, "%s: %s, revision %d", where, model->row.version, model->row.revision);
    if (campaigns->count)
        text_append_format(text, ", %zu campaign%s from %s, kbench %s", campaigns->count,
                           campaigns->count == 1 ? "" : "s", campaigns->items[0].started_at,
                           campaigns->items[0].kbench_version ? campaigns->items[0].kbench_version : "not known");
    text_append_char(text, '\n');
}

static char *pair_name(const struct report_pair *pair)
{
    return string_format("%s/%s", pair->c->name, pair->run->name);
}

static int widest_name(const struct reproduction *reproduction)
{
    size_t width = 4;
    for (size_t i = 0; i < reproduction->comparison.pair_count; i++) {
        char *name = pair_name(reproduction->comparison.pairs[i].a);
        width = strlen(name) > width ? strlen(name) : width;
        free(name);
    }
    return (int)width;
}

static const char *outcome_text(const struct reproduced_ratio *ratio)
{
    return ratio->outcome == RATIO_NOT_JUDGED ? "n<5"
           : ratio->outcome == RATIO_ALIKE    ? "alike"
           : ratio->quotient.low > 1          ? "other: higher here"
                                              : "other: lower here";
}

static void append_ratio(const struct reproduced_ratio *ratio, int width, struct text *text)
{
    char *name = pair_name(ratio->pair), *then = shown_interval_text(&ratio->then, format_ratio);
    char *now = shown_interval_text(&ratio->now, format_ratio),
         *quotient = shown_interval_text(&ratio->quotient, format_ratio);
    double share = detectable_share(&ratio->quotient);
    char *detectable = isfinite(share) ? string_format("%.1f %%", 100 * share) : string_copy("-");
    text_append_format(text, "  %-*s  %-27s  %-27s  %-27s  %10s  %s\n", width, name, then, now, quotient, detectable,
                       outcome_text(ratio));
    free(name);
    free(then);
    free(now);
    free(quotient);
    free(detectable);
}

static void append_ratios(const struct reproduction *reproduction, struct text *text)
{
    int width = widest_name(reproduction);
    size_t counts[] = {[RATIO_ALIKE] = 0, [RATIO_OTHER] = 0, [RATIO_NOT_JUDGED] = 0};
    for (size_t i = 0; i < reproduction->ratio_count; i++) {
        const struct reproduced_ratio *ratio = &reproduction->ratios[i];
        if (i == 0 || ratio->metric != ratio[-1].metric)
            text_append_format(text, "\n%s, ratio to %s\n  %-*s  %-27s  %-27s  %-27s  %10s  %s\n",
                               report_metric_name(ratio->metric),
                               reproduction->comparison.a.experiment->report.baseline, width, "pair", "bundle", "here",
                               "here/bundle", "detectable", "came out");
        append_ratio(ratio, width, text);
        counts[ratio->outcome]++;
    }
    if (reproduction->ratio_count == 0) {
        text_append(text, "\nNo ratio to a baseline was found on both sides.\n");
        return;
    }
    text_append_format(text,
                       "\nRatios alike: %zu, other: %zu, not judged, of fewer than 5 blocks on a side: %zu.\n"
                       "Alike: the 95 %% interval of here/bundle holds 1, so that no difference was shown; one below "
                       "\"detectable\" would rarely have\nbeen. Of 20 ratios that are the same, one comes out other by "
                       "chance.\n",
                       counts[RATIO_ALIKE], counts[RATIO_OTHER], counts[RATIO_NOT_JUDGED]);
}

static void append_figures(const struct reproduction *reproduction, struct text *text)
{
    int width = widest_name(reproduction);
    text_append_format(text, "\n%s itself, which belongs to a machine and is not judged\n  %-*s  %-34s  %s\n",
                       reproduction->comparison.metric, width, "pair", "bundle", "here");
    for (size_t i = 0; i < reproduction->comparison.pair_count; i++) {
        const struct comparison_pair *pair = &reproduction->comparison.pairs[i];
        char *name = pair_name(pair->a), *then = shown_interval_text(&pair->median_a, format_number);
        char *now = shown_interval_text(&pair->median_b, format_number);
        text_append_format(text, "  %-*s  %-34s  %s\n", width, name, then, now);
        free(name);
        free(then);
        free(now);
    }
}

static void append_missing(const struct string_list *list, const char *where, struct text *text)
{
    if (list->count == 0)
        return;
    char *names = format_list(list);
    text_append_format(text, "Only %s has trials of %s.\n", where, names);
    free(names);
}

static int widest_claim(const struct reproduction *reproduction)
{
    size_t width = strlen("claim");
    for (size_t i = 0; i < reproduction->claim_count; i++) {
        size_t length = strlen(reproduction->claims[i].then->claim->name);
        width = length > width ? length : width;
    }
    return (int)width;
}

static const char *judged_as(const struct report_judgement *judgement)
{
    return judgement->judged ? verdict_name(judgement->verdict) : "not judged";
}

static void append_claims(const struct reproduction *reproduction, struct text *text)
{
    if (reproduction->claim_count == 0)
        return;
    int width = widest_claim(reproduction);
    text_append_format(text, "\nclaims\n  %-*s  %-10s  %s\n", width, "claim", "bundle", "here");
    for (size_t i = 0; i < reproduction->claim_count; i++) {
        const struct reproduced_claim *claim = &reproduction->claims[i];
        text_append_format(text, "  %-*s  %-10s  %s%s\n", width, claim->then->claim->name,
                           judged_as(&claim->then->measured), claim->now ? judged_as(&claim->now->measured) : "(none)",
                           claim->flipped ? ", flipped" : "");
    }
    text_append_format(text,
                       "\n%zu of %zu claims flipped between holds and fails. Undecided on one side is no flip: too few "
                       "trials are no\ncontradiction, nor is a version that was not measured here.\n",
                       reproduction_flips(reproduction), reproduction->claim_count);
}

void reproduction_text(const struct reproduction *reproduction, struct text *text)
{
    const struct comparison *comparison = &reproduction->comparison;
    append_side(&comparison->a, "bundle", text);
    append_side(&comparison->b, "here", text);
    if (!string_equal(comparison->a.row.sha256, comparison->b.row.sha256))
        text_append_format(text, "\nThe definition here is another one: SHA-256 %s, the bundle's is %s.\n",
                           comparison->b.row.sha256, comparison->a.row.sha256);
    comparison_text_differences(comparison, text);
    append_ratios(reproduction, text);
    append_figures(reproduction, text);
    append_missing(&comparison->only_a, "the bundle", text);
    append_missing(&comparison->only_b, "this machine", text);
    append_claims(reproduction, text);
}

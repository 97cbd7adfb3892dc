/* SPDX-License-Identifier: Apache-2.0 */
/* From the figures of a claim's sides to its verdict. Pure arithmetic. */
#include <math.h>

#include "experiment/metric.h"
#include "report/claims_parts.h"

#include "base/banned.h"

static void add_note(struct text *note, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void add_note(struct text *note, const char *format, ...)
{
    va_list arguments;
    text_append(note, note->length ? "; " : "");
    va_start(arguments, format);
    text_append_vformat(note, format, arguments);
    va_end(arguments);
}

static struct interval point_of(double value)
{
    return (struct interval){.n = 0, .estimate = value, .low = NAN, .high = NAN};
}

/* Each figure of the interval by a number without a spread, or the number by it. */
static void divide(struct interval *interval, double number)
{
    interval->estimate /= number;
    interval->low /= number;
    interval->high /= number;
}

static void divide_into(struct interval *interval, double number)
{
    double low = interval->low;
    interval->estimate = number / interval->estimate;
    interval->low = number / interval->high;
    interval->high = number / low;
}

/* All trials' records together. A count is what it is: it has no interval. */
static void count(const struct claim_figures *of, struct interval *value, struct text *note)
{
    double total = 0;
    for (size_t i = 0; i < of->sample.count; i++)
        total += of->sample.values[i];
    *value = (struct interval){.n = of->sample.count, .estimate = total, .low = NAN, .high = NAN};
    if (of->sample.count < of->trials)
        add_note(note, "known in %zu of %zu trials", of->sample.count, of->trials);
}

static void ratio_of_trials(const struct claim *claim, const struct claim_figures *of, const struct claim_figures *to,
                            uint64_t seed, struct interval *value, struct text *note)
{
    size_t most = of->sample.count > to->sample.count ? of->sample.count : to->sample.count;
    if (of->model == to->model) {
        char *label = string_format("claim:%s", claim->name);
        sample_ratio_paired(&to->sample, &of->sample, seed, label, value);
        free(label);
        if (value->n < most)
            add_note(note, "%zu of %zu blocks have a figure above 0 on both sides", value->n, most);
    } else {
        sample_ratio_independent(&to->sample, &of->sample, value);
        add_note(note, "trials of different versions: not paired by block");
    }
}

/* The figure or ratio of a claim that is no count. */
static void measure(const struct claim *claim, const struct claim_figures *of, const struct claim_figures *to,
                    uint64_t seed, struct interval *value, struct text *note)
{
    char *label = string_format("claim:%s", claim->name);
    if (!to && of->kind == FIGURES_POINT) {
        *value = point_of(of->point);
    } else if (!to) {
        sample_median(&of->sample, seed, label, value);
    } else if (of->kind == FIGURES_POINT && to->kind == FIGURES_POINT) {
        *value = point_of(of->point / to->point);
    } else if (of->kind == FIGURES_POINT) {
        sample_median(&to->sample, seed, label, value);
        divide_into(value, of->point);
    } else if (to->kind == FIGURES_POINT) {
        sample_median(&of->sample, seed, label, value);
        divide(value, to->point);
    } else {
        ratio_of_trials(claim, of, to, seed, value, note);
    }
    if (to && (of->kind == FIGURES_POINT) != (to->kind == FIGURES_POINT))
        add_note(note, "against %s, and without a spread",
                 of->is_printed || to->is_printed ? "what a tool printed elsewhere: of a machine that is not known"
                                                  : "a published number: of another machine");
    free(label);
}

/* Exactly what it is: published, or counted. */
static enum verdict judge_exact(double value, double low, double high)
{
    return value >= low && value <= high ? VERDICT_HOLDS : VERDICT_FAILS;
}

static void explain_undecided(const struct interval *value, const double *bounds, struct text *note)
{
    if (value->n == 0)
        add_note(note, "no block has a figure above 0 on both sides");
    else if (!value->has_bounds)
        add_note(note, "n<%d: %zu block%s, no interval", INTERVAL_MIN_TRIALS, value->n, value->n == 1 ? "" : "s");
    for (int i = 0; value->has_bounds && i < 2; i++)
        if (value->low < bounds[i] && value->high > bounds[i])
            add_note(note, "the interval crosses %g", bounds[i]);
}

/* More that is not known can only add to a count: above the bound it fails, within it nothing is said yet. */
static enum verdict judge_count(const struct claim_figures *of, double total, const double *bounds)
{
    bool all_known = of->kind == FIGURES_POINT || of->sample.count == of->trials;
    if (!all_known && total <= bounds[1])
        return VERDICT_UNDECIDED;
    return judge_exact(total, bounds[0], bounds[1]);
}

void claim_judge(const struct claim *claim, const struct claim_figures *of, const struct claim_figures *to,
                 uint64_t seed, struct report_judgement *judgement)
{
    const double *bounds = report_claim_bounds(claim);
    const struct claim_figures *missing = of->kind == FIGURES_NONE ? of : to && to->kind == FIGURES_NONE ? to : NULL;
    struct text note = TEXT_INIT;
    *judgement = (struct report_judgement){.judged = true, .verdict = VERDICT_UNDECIDED, .value = point_of(NAN)};
    bool exact = of->kind == FIGURES_POINT && (!to || to->kind == FIGURES_POINT);
    if (missing) {
        add_note(&note, "%s", missing->why ? missing->why : "not published");
    } else if (metric_is_count(claim->metric) && !exact) {
        count(of, &judgement->value, &note);
        judgement->verdict = judge_count(of, judgement->value.estimate, bounds);
    } else {
        measure(claim, of, to, seed, &judgement->value, &note);
        judgement->verdict = exact ? judge_exact(judgement->value.estimate, bounds[0], bounds[1])
                                   : verdict_judge(&judgement->value, bounds[0], bounds[1]);
        if (judgement->verdict == VERDICT_UNDECIDED)
            explain_undecided(&judgement->value, bounds, &note);
    }
    judgement->note = note.length ? text_detach(&note) : NULL;
    text_release(&note);
}

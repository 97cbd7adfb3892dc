/* SPDX-License-Identifier: Apache-2.0 */
#include "report/claims.h"

#include <math.h>

#include "experiment/flatten.h"
#include "experiment/metric.h"
#include "report/claims_parts.h"

#include "base/banned.h"

static struct claim_side of_side(const struct claim *claim)
{
    return (struct claim_side){claim->of_case, claim->of_run, claim->of_version, claim->of_published};
}

static struct claim_side to_side(const struct claim *claim)
{
    return (struct claim_side){claim->to_case, claim->to_run, claim->to_version, claim->to_published};
}

const double *report_claim_bounds(const struct claim *claim)
{
    return claim->to_case ? claim->ratio : claim->range;
}

typedef bool figures_reader(struct claim_sources *sources, const struct claim_side *side, const char *metric,
                            struct claim_figures *figures, struct error *error);

/* The figures of both sides; `to` stays empty when the claim has none. */
static bool read_sides(struct claim_sources *sources, const struct claim *claim, figures_reader *read,
                       struct claim_figures sides[2], struct error *error)
{
    struct claim_side of = of_side(claim), to = to_side(claim);
    return read(sources, &of, claim->metric, &sides[0], error) &&
           (!to.case_name || read(sources, &to, claim->metric, &sides[1], error));
}

static bool judge_measured(struct claim_sources *sources, struct report_claim *found, struct error *error)
{
    const struct claim *claim = found->claim;
    struct claim_figures sides[2] = {0};
    if (claim->of_published && (!claim->to_case || claim->to_published))
        return true; /* nothing of it is measured */
    bool ok = read_sides(sources, claim, claim_figures_measured, sides, error);
    if (ok)
        claim_judge(claim, &sides[0], claim->to_case ? &sides[1] : NULL, sources->own->experiment->design.seed,
                    &found->measured);
    claim_figures_release(&sides[0]);
    claim_figures_release(&sides[1]);
    return ok;
}

static bool judge_published(struct claim_sources *sources, struct report_claim *found, struct error *error)
{
    const struct claim *claim = found->claim;
    struct claim_figures sides[2] = {0};
    bool ok = read_sides(sources, claim, claim_figures_published, sides, error);
    bool complete =
        sides[0].kind == FIGURES_POINT && (!claim->to_case || (sides[1].kind == FIGURES_POINT && sides[1].point > 0));
    if (ok && complete)
        claim_judge(claim, &sides[0], claim->to_case ? &sides[1] : NULL, sources->own->experiment->design.seed,
                    &found->published);
    claim_figures_release(&sides[0]);
    claim_figures_release(&sides[1]);
    return ok;
}

static bool is_of_this_version(const struct claim_side *side)
{
    return side->case_name && !side->version && !side->published;
}

bool report_claims_load(struct store *store, struct report_model *model, struct error *error)
{
    const struct experiment *experiment = model->experiment;
    struct claim_sources sources = {.store = store, .own = model};
    struct flat_definition flat;
    bool ok = true;
    experiment_flatten(experiment, &flat);
    model->claims = memory_zeroed(experiment->claim_count + 1, sizeof *model->claims);
    for (size_t i = 0; ok && i < experiment->claim_count; i++) {
        struct report_claim *found = &model->claims[model->claim_count++];
        found->claim = &experiment->claims[i];
        ok = judge_measured(&sources, found, error) && judge_published(&sources, found, error);
        struct claim_side of = of_side(found->claim), to = to_side(found->claim);
        if (is_of_this_version(&of) && is_of_this_version(&to))
            flat_definition_compare_cases(&flat, to.case_name, of.case_name, &found->differences);
    }
    flat_definition_release(&flat);
    claim_sources_release(&sources);
    return ok;
}

void report_claims_release(struct report_model *model)
{
    for (size_t i = 0; i < model->claim_count; i++) {
        free(model->claims[i].measured.note);
        free(model->claims[i].published.note);
        string_list_release(&model->claims[i].differences);
    }
    free(model->claims);
    model->claims = NULL;
    model->claim_count = 0;
}

static void add_row(const struct report_claim *claim, const char *basis, const struct report_judgement *judgement,
                    struct store_claim_verdict *rows, size_t *count)
{
    if (!judgement->judged)
        return;
    rows[(*count)++] = (struct store_claim_verdict){
        .claim = claim->claim->name,
        .basis = basis,
        .verdict = verdict_name(judgement->verdict),
        .trials = (int)judgement->value.n,
        .value = judgement->value.estimate,
        .ci_low = judgement->value.has_bounds ? judgement->value.low : NAN,
        .ci_high = judgement->value.has_bounds ? judgement->value.high : NAN,
        .note = judgement->note,
    };
}

bool report_claims_store(struct store *store, const struct report_model *model, struct error *error)
{
    struct store_claim_verdict *rows = memory_zeroed(2 * model->claim_count + 1, sizeof *rows);
    size_t count = 0;
    for (size_t i = 0; i < model->claim_count; i++) {
        add_row(&model->claims[i], "measured", &model->claims[i].measured, rows, &count);
        add_row(&model->claims[i], "published", &model->claims[i].published, rows, &count);
    }
    bool ok = store_put_claim_verdicts(store, model->row.id, rows, count, error);
    free(rows);
    return ok;
}

size_t report_claims_count(const struct report_model *model, enum verdict verdict)
{
    size_t count = 0;
    for (size_t i = 0; i < model->claim_count; i++)
        count += model->claims[i].measured.judged && model->claims[i].measured.verdict == verdict;
    return count;
}

bool report_claim_contradicts_post(const struct report_claim *claim)
{
    return claim->published.judged && claim->published.verdict == VERDICT_FAILS && !claim->claim->of_published &&
           !claim->claim->to_published;
}

bool report_claims_disagree(const struct report_model *model, size_t first, bool published)
{
    bool holds = false, fails = false;
    for (size_t i = 0; i < model->claim_count; i++) {
        const struct report_claim *claim = &model->claims[i];
        const struct report_judgement *judgement = published ? &claim->published : &claim->measured;
        if (!string_equal(claim->claim->quote, model->claims[first].claim->quote) || !judgement->judged)
            continue;
        holds = holds || judgement->verdict == VERDICT_HOLDS;
        fails = fails || judgement->verdict == VERDICT_FAILS;
    }
    return holds && fails;
}

bool report_claim_is_quoted_before(const struct report_model *model, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (string_equal(model->claims[i].claim->quote, model->claims[index].claim->quote))
            return true;
    return false;
}

char *report_claim_side(const char *case_name, const char *run_name, const char *version, const char *published)
{
    if (!case_name)
        return string_copy("");
    return string_format("%s/%s%s%s%s%s", case_name, run_name, version ? " of " : "", version ? version : "",
                         published ? " as published in " : "", published ? published : "");
}

static void format_whole(struct text *text, double value)
{
    format_count(text, isnan(value) ? STORE_ABSENT : llround(value));
}

format_function *report_claim_format(const struct claim *claim)
{
    return claim->to_case ? format_ratio : metric_is_count(claim->metric) ? format_whole : format_number;
}

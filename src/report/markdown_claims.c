/* SPDX-License-Identifier: Apache-2.0 */
/* The section of the claims: each sentence, what it comes down to, what was found of it. */
#include <math.h>

#include "report/format.h"
#include "report/writers.h"

#include "base/banned.h"

static void cell(struct text *text, const char *value)
{
    text_append_char(text, ' ');
    format_markdown(text, value[0] ? value : "\xe2\x80\x93");
    text_append(text, " |");
}

static void side_cell(struct text *text, const char *case_name, const char *run_name, const char *version,
                      const char *published)
{
    char *side = report_claim_side(case_name, run_name, version, published);
    cell(text, side);
    free(side);
}

static void judgement_cells(struct text *text, const struct claim *claim, const struct report_judgement *judgement)
{
    const struct interval *value = &judgement->value;
    if (!judgement->judged) {
        text_append(text, " \xe2\x80\x93 | \xe2\x80\x93 |");
        return;
    }
    text_append_char(text, ' ');
    report_claim_number(text, claim, value->estimate);
    if (value->has_bounds) {
        text_append(text, " [");
        report_claim_number(text, claim, value->low);
        text_append(text, ", ");
        report_claim_number(text, claim, value->high);
        text_append_char(text, ']');
    }
    text_append_format(text, " | %s |", verdict_name(judgement->verdict));
}

static void row(const struct report_claim *found, struct text *text)
{
    const struct claim *claim = found->claim;
    const double *bounds = report_claim_bounds(claim);
    text_append_char(text, '|');
    cell(text, claim->name);
    cell(text, claim->metric);
    side_cell(text, claim->of_case, claim->of_run, claim->of_version, claim->of_published);
    side_cell(text, claim->to_case, claim->to_run, claim->to_version, claim->to_published);
    text_append_format(text, " %g to %g |", bounds[0], bounds[1]);
    judgement_cells(text, claim, &found->measured);
    if (found->measured.judged)
        text_append_format(text, " %zu |", found->measured.value.n);
    else
        cell(text, "");
    judgement_cells(text, claim, &found->published);
    text_append_char(text, '\n');
}

static void note(struct text *text, const char *name, const char *sentence)
{
    text_append(text, "- ");
    format_markdown(text, name);
    text_append(text, ": ");
    format_markdown(text, sentence);
    text_append(text, ".\n");
}

static void claim_notes(const struct report_claim *found, struct text *text)
{
    const char *name = found->claim->name;
    if (found->measured.note)
        note(text, name, found->measured.note);
    if (report_claim_contradicts_post(found))
        note(text, name, "by the post's own published numbers the sentence, read this way, does not hold");
    if (found->differences.count > 1) {
        char *list = format_list(&found->differences);
        char *sentence = string_format("the two cases differ in %zu settings at once, so no one of them is shown to be "
                                       "the cause: %s",
                                       found->differences.count, list);
        note(text, name, sentence);
        free(sentence);
        free(list);
    }
}

/* All claims with the quote of the one at `first`. */
static void sentence(const struct report_model *model, size_t first, struct text *text)
{
    const char *quote = model->claims[first].claim->quote;
    text_append(text, "> ");
    format_markdown(text, quote);
    text_append(text,
                "\n\n| Claim | Figure | Of | To | Holds within | Measured | Verdict | n | Published | Verdict on it |\n"
                "| --- | --- | --- | --- | --- | --- | --- | ---: | --- | --- |\n");
    for (size_t i = first; i < model->claim_count; i++)
        if (string_equal(model->claims[i].claim->quote, quote))
            row(&model->claims[i], text);
    text_append_char(text, '\n');
    size_t length = text->length;
    for (size_t i = first; i < model->claim_count; i++)
        if (string_equal(model->claims[i].claim->quote, quote))
            claim_notes(&model->claims[i], text);
    if (report_claims_disagree(model, first, false))
        text_append(text,
                    "- Of what was measured here the sentence is true in one reading or for one client, and not in "
                    "the other.\n");
    if (report_claims_disagree(model, first, true))
        text_append(text,
                    "- By the published numbers alone it is true in one reading or for one client, and not in the "
                    "other: the sentence is ambiguous.\n");
    if (text->length > length)
        text_append_char(text, '\n');
}

void report_markdown_claims(const struct report_model *model, struct text *text)
{
    if (model->claim_count == 0)
        return;
    text_append(
        text,
        "## Claims\n\nEach sentence is held against what was measured here: it holds when the whole 95 % interval lies "
        "within the bounds, fails when the whole of it lies outside, and is undecided when the interval crosses a bound "
        "or there is none. A ratio is formed block by block.");
    if (model->experiment->report.published) {
        text_append(text, " Beside it stands what the post's own numbers say (");
        format_markdown(text, model->experiment->report.published);
        text_append(text, "): one number each, without a spread, of another machine.");
    }
    text_append(text, "\n\n");
    for (size_t i = 0; i < model->claim_count; i++)
        if (!report_claim_is_quoted_before(model, i))
            sentence(model, i, text);
}

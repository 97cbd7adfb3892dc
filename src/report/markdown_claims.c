/* SPDX-License-Identifier: Apache-2.0 */
/* The section of the claims: each sentence, what it comes down to, what was found of it. */
#include "report/format.h"
#include "report/markdown.h"
#include "report/wording.h"
#include "report/shown.h"
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
    if (!judgement->judged) {
        text_append(text, " \xe2\x80\x93 | \xe2\x80\x93 |");
        return;
    }
    text_append_char(text, ' ');
    shown_interval(&judgement->value, report_claim_format(claim), text);
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

static void bullets(const struct string_list *sentences, struct text *text)
{
    for (size_t i = 0; i < sentences->count; i++) {
        text_append(text, "- ");
        format_markdown(text, sentences->items[i]);
        text_append_char(text, '\n');
    }
    if (sentences->count)
        text_append_char(text, '\n');
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
    struct string_list notes = {0};
    for (size_t i = first; i < model->claim_count; i++)
        if (string_equal(model->claims[i].claim->quote, quote))
            wording_claim_notes(&model->claims[i], &notes);
    wording_claims_disagree(model, first, &notes);
    bullets(&notes, text);
    string_list_release(&notes);
}

void report_markdown_sentences(const struct report_model *model, struct text *text)
{
    for (size_t i = 0; i < model->claim_count; i++)
        if (!report_claim_is_quoted_before(model, i))
            sentence(model, i, text);
}

void report_markdown_claims(const struct report_model *model, struct text *text)
{
    if (model->claim_count == 0)
        return;
    struct string_list sentences = {0};
    wording_claims(model, &sentences);
    for (size_t i = 0; i < sentences.count; i++) {
        text_append(text, i ? " " : "");
        format_markdown(text, sentences.items[i]);
    }
    text_append(text, "\n\n");
    string_list_release(&sentences);
    report_markdown_sentences(model, text);
}

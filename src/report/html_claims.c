/* SPDX-License-Identifier: Apache-2.0 */
/* The claims: one table, each sentence a group of its rows, with what must be known of them below. */
#include <math.h>

#include "report/claims_parts.h"
#include "report/explain_metric.h"
#include "report/html_parts.h"
#include "report/shown.h"
#include "report/wording.h"

#include "base/banned.h"

#define COLUMNS 10

/* Where the page says what the side's figure comes from; NULL: it is of elsewhere, or there is no side. The caller frees. */
static char *source_of(const struct report_model *model, const struct claim_side *side, const char *metric)
{
    struct string_list names = {0};
    bool is_own = side->case_name && !side->version && !side->published;
    const struct report_pair *pair = is_own ? report_model_find_pair(model, side->case_name, side->run_name) : NULL;
    metric_names_of(model, &names);
    char *id = pair && string_list_contains(&names, metric) ? html_pair_id(pair, metric) : NULL;
    string_list_release(&names);
    return id;
}

static void side_cell(struct html *html, const struct report_model *model, const struct claim_side *side,
                      const char *metric)
{
    char *name = report_claim_side(side->case_name, side->run_name, side->version, side->published);
    char *source = html->page ? source_of(model, side, metric) : NULL;
    if (source) {
        text_append_format(html->text, "<td><a href=\"#%s\">", source);
        format_html(html->text, name);
        text_append(html->text, "</a></td>");
    } else
        html_cell_text(html, name);
    free(source);
    free(name);
}

/* The word says it; sign and colour only help to find it. */
static void verdict_cell(struct html *html, enum verdict verdict)
{
    static const char *const signs[] =
        {[VERDICT_HOLDS] = "\xe2\x9c\x93", [VERDICT_FAILS] = "\xe2\x9c\x97", [VERDICT_UNDECIDED] = "?"};
    const char *name = verdict_name(verdict);
    text_append_format(html->text, "<td><span class=\"verdict %s\"><span aria-hidden=\"true\">%s</span> %s</span></td>",
                       name, signs[verdict], name);
}

static void judgement_cells(struct html *html, const struct claim *claim, const struct report_judgement *judgement)
{
    const struct interval *value = &judgement->value;
    struct text text = TEXT_INIT, behind = TEXT_INIT;
    if (!judgement->judged) {
        html_cell_number(html, NAN);
        html_cell_text(html, NULL);
        return;
    }
    format_function *format = report_claim_format(claim);
    format(&text, value->estimate);
    text_append(html->text, "<td class=\"number\">");
    format_html(html->text, text.bytes);
    if (value->has_bounds) {
        shown_bounds(value, format, &behind);
        text_append_char(html->text, ' ');
        html_element(html, "small", NULL, behind.bytes);
    }
    text_append(html->text, "</td>");
    verdict_cell(html, judgement->verdict);
    text_release(&behind);
    text_release(&text);
}

static void row(struct html *html, const struct report_model *model, const struct report_claim *found)
{
    const struct claim *claim = found->claim;
    const double *bounds = report_claim_bounds(claim);
    const struct claim_side of = {claim->of_case, claim->of_run, claim->of_version, claim->of_published};
    const struct claim_side to = {claim->to_case, claim->to_run, claim->to_version, claim->to_published};
    text_append(html->text, "<tr><th scope=\"row\">");
    format_html(html->text, claim->name);
    text_append(html->text, "</th>");
    text_append_format(html->text, "<td class=\"number\">%g to %g</td>", bounds[0], bounds[1]);
    judgement_cells(html, claim, &found->measured);
    html_cell_count(html, found->measured.judged ? (int64_t)found->measured.value.n : STORE_ABSENT);
    judgement_cells(html, claim, &found->published);
    html_cell_code(html, claim->metric);
    side_cell(html, model, &of, claim->metric);
    side_cell(html, model, &to, claim->metric);
    text_append(html->text, "</tr>\n");
}

static void notes(struct html *html, const struct string_list *sentences)
{
    if (sentences->count == 0)
        return;
    text_append_format(html->text, "<tr class=\"notes\"><td colspan=\"%d\">\n", COLUMNS);
    html_list(html, sentences);
    text_append(html->text, "</td></tr>\n");
}

/* All claims with the quote of the one at `first`. */
static void sentence(struct html *html, const struct report_model *model, size_t first)
{
    const char *quote = model->claims[first].claim->quote;
    struct string_list sentences = {0};
    text_append_format(html->text, "<tr class=\"quote\"><th scope=\"rowgroup\" colspan=\"%d\"><q>", COLUMNS);
    format_html(html->text, quote);
    text_append(html->text, "</q></th></tr>\n");
    for (size_t i = first; i < model->claim_count; i++) {
        if (!string_equal(model->claims[i].claim->quote, quote))
            continue;
        row(html, model, &model->claims[i]);
        wording_claim_notes(&model->claims[i], &sentences);
    }
    wording_claims_disagree(model, first, &sentences);
    notes(html, &sentences);
    string_list_release(&sentences);
}

static void header(struct html *html)
{
    static const struct {
        const char *title, *class;
    } columns[COLUMNS] = {{"Claim", NULL},
                          {"Holds within", "number"},
                          {"Measured", "number"},
                          {"Verdict", NULL},
                          {"n", "number"},
                          {"Published", "number"},
                          {"Verdict on it", NULL},
                          {"Figure", NULL}, /* these last: what was found is what one looks for */
                          {"Of", NULL},
                          {"To", NULL}};
    for (size_t i = 0; i < COLUMNS; i++)
        html_column(html, columns[i].title, columns[i].class);
}

void html_sentences(struct html *html, const struct report_model *model)
{
    bool any = false;
    html_table_begin(html, "claims", "Claims: what was measured here, and what the published numbers say");
    header(html);
    html_table_rows(html);
    for (size_t i = 0; i < model->claim_count; i++) {
        if (report_claim_is_quoted_before(model, i))
            continue;
        if (any) /* a sentence is a group of rows, to which its header cell belongs */
            text_append(html->text, "</tbody>\n<tbody>\n");
        sentence(html, model, i);
        any = true;
    }
    html_table_end(html);
}

void html_claims(struct html *html, const struct report_model *model)
{
    struct string_list sentences = {0};
    wording_claims(model, &sentences);
    for (size_t i = 0; i < sentences.count; i++)
        html_paragraph(html, sentences.items[i]);
    string_list_release(&sentences);
    html_sentences(html, model);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>

#include "base/utf8.h"
#include "report/claims_write.h"
#include "report/format.h"
#include "report/shown.h"

#include "base/banned.h"

/* The columns of the table, as the text of one claim. */
enum {
    COLUMN_NAME,
    COLUMN_BOUNDS,
    COLUMN_VALUE,
    COLUMN_TRIALS,
    COLUMN_VERDICT,
    COLUMN_PUBLISHED,
    COLUMN_FIGURE, /* these two last: they are long, and what was found is what one looks for */
    COLUMN_SIDES,
    COLUMN_COUNT
};
static const char *const titles[COLUMN_COUNT] = {"claim",   "holds within", "measured", "n",
                                                 "verdict", "published",    "figure",   "of : to"};

static char *sides_text(const struct claim *claim)
{
    char *of = report_claim_side(claim->of_case, claim->of_run, claim->of_version, claim->of_published);
    char *to = report_claim_side(claim->to_case, claim->to_run, claim->to_version, claim->to_published);
    char *sides = string_format("%s%s%s", of, to[0] ? " : " : "", to);
    free(of);
    free(to);
    return sides;
}

/* The caller frees each. */
static void make_cells(const struct report_claim *found, char *cells[COLUMN_COUNT])
{
    const struct claim *claim = found->claim;
    const double *bounds = report_claim_bounds(claim);
    const struct report_judgement *measured = &found->measured, *published = &found->published;
    char *value =
        published->judged ? shown_interval_text(&published->value, report_claim_format(claim)) : string_copy("");
    cells[COLUMN_NAME] = string_copy(claim->name);
    cells[COLUMN_FIGURE] = string_copy(claim->metric);
    cells[COLUMN_SIDES] = sides_text(claim);
    cells[COLUMN_BOUNDS] = string_format("[%g, %g]", bounds[0], bounds[1]);
    cells[COLUMN_VALUE] =
        measured->judged ? shown_interval_text(&measured->value, report_claim_format(claim)) : string_copy("-");
    cells[COLUMN_TRIALS] = measured->judged ? string_format("%zu", measured->value.n) : string_copy("-");
    cells[COLUMN_VERDICT] = string_copy(measured->judged ? verdict_name(measured->verdict) : "-");
    cells[COLUMN_PUBLISHED] =
        published->judged ? string_format("%s %s", verdict_name(published->verdict), value) : string_copy("-");
    free(value);
}

static size_t characters(const char *string)
{
    return utf8_count(string, strlen(string));
}

static void append_row(const char *const cells[COLUMN_COUNT], const size_t widths[COLUMN_COUNT], struct text *text)
{
    text_append(text, "  ");
    for (int i = 0; i < COLUMN_COUNT; i++) {
        text_append(text, cells[i]);
        for (size_t at = characters(cells[i]); i + 1 < COLUMN_COUNT && at < widths[i] + 2; at++)
            text_append_char(text, ' ');
    }
    text_append_char(text, '\n');
}

static void append_note(const char *name, const char *sentence, struct text *text)
{
    text_append_format(text, "    %s: ", name);
    format_clean(text, sentence);
    text_append_char(text, '\n');
}

static void append_notes(const struct report_claim *found, struct text *text)
{
    const char *name = found->claim->name;
    if (found->measured.note)
        append_note(name, found->measured.note, text);
    if (report_claim_contradicts_post(found))
        append_note(name, "by the post's own published numbers it does not hold", text);
    if (found->differences.count > 1) {
        char *list = format_list(&found->differences);
        char *sentence = string_format("%zu settings change at once: %s", found->differences.count, list);
        append_note(name, sentence, text);
        free(sentence);
        free(list);
    }
}

static void append_sentence(const struct report_model *model, size_t first, char *(*cells)[COLUMN_COUNT],
                            const size_t widths[COLUMN_COUNT], struct text *text)
{
    const char *quote = model->claims[first].claim->quote;
    text_append(text, "\n\"");
    format_clean(text, quote);
    text_append(text, "\"\n");
    for (size_t i = first; i < model->claim_count; i++)
        if (string_equal(model->claims[i].claim->quote, quote))
            append_row((const char *const *)cells[i], widths, text);
    for (size_t i = first; i < model->claim_count; i++)
        if (string_equal(model->claims[i].claim->quote, quote))
            append_notes(&model->claims[i], text);
    if (report_claims_disagree(model, first, false))
        text_append(text, "    measured here, it is true in one reading or for one client and not in the other\n");
    if (report_claims_disagree(model, first, true))
        text_append(
            text,
            "    by the published numbers, it is true in one reading or for one client and not in the other: ambiguous\n");
}

void report_claims_text(const struct report_model *model, struct text *text)
{
    char *(*cells)[COLUMN_COUNT] = memory_zeroed(model->claim_count + 1, sizeof *cells);
    size_t widths[COLUMN_COUNT];
    for (int i = 0; i < COLUMN_COUNT; i++)
        widths[i] = characters(titles[i]);
    for (size_t i = 0; i < model->claim_count; i++) {
        make_cells(&model->claims[i], cells[i]);
        for (int j = 0; j < COLUMN_COUNT; j++)
            widths[j] = characters(cells[i][j]) > widths[j] ? characters(cells[i][j]) : widths[j];
    }
    append_row(titles, widths, text);
    for (size_t i = 0; i < model->claim_count; i++)
        if (!report_claim_is_quoted_before(model, i))
            append_sentence(model, i, cells, widths, text);
    for (size_t i = 0; i < model->claim_count; i++)
        for (int j = 0; j < COLUMN_COUNT; j++)
            free(cells[i][j]);
    free(cells);
}

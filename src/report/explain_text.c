/* SPDX-License-Identifier: Apache-2.0 */
/* An explanation for people. */
#include <inttypes.h>
#include <math.h>

#include "report/explain_parts.h"
#include "report/format.h"

#include "base/banned.h"

static char *real_text(double value)
{
    struct text text = TEXT_INIT;
    if (isfinite(value))
        format_real(&text, value);
    else
        text_append(&text, "not known");
    return text_detach(&text);
}

static char *number_text(double value)
{
    struct text text = TEXT_INIT;
    format_number(&text, value);
    return text_detach(&text);
}

static void head(const struct explanation *e, struct text *text)
{
    const struct report_model *model = e->model;
    char *title = string_format("%s of %s/%s, %s, revision %d%s", e->metric, e->pair->c->name, e->pair->run->name,
                                model->row.version, model->row.revision,
                                model->include_disturbed ? ", with the disturbed trials" : "");
    char *value = real_text(e->value), *method = explanation_method(e);
    const char *unit = metric_shown_unit(e->document);
    explain_paragraph(text, 0, title);
    text_append_char(text, '\n');
    bool is_known = !isnan(e->value), has_unit = !is_known || string_ends_with(e->shown, unit); /* of a share, "12 %" */
    explain_item(text, "Shown as", "%s%s%s%s%s", e->shown, has_unit ? "" : " ", has_unit ? "" : unit,
                 e->shown_range[0] ? " " : "", e->shown_range);
    explain_item(text, "Not rounded", "%s%s%s", value, is_known ? " " : "", is_known ? e->document->unit : "");
    if (e->shown_range[0] == '(')
        explain_item(text, "In parentheses", "the lowest and the highest trial");
    explain_item(text, "How", "%s", method);
    if (e->interval.has_bounds) {
        char *low = real_text(e->interval.low), *high = real_text(e->interval.high);
        explain_item(text, "Interval, not rounded", "%s to %s", low, high);
        free(low);
        free(high);
    }
    free(title);
    free(value);
    free(method);
}

static void meaning(const struct explanation *e, struct text *text)
{
    explain_heading(text, "What it is");
    explain_item(text, e->document->title, "%s", e->document->meaning);
    explain_item(text, "Of one trial", "%s = %s, in %s", e->metric, e->document->formula, e->document->unit);
    explain_item(text, "Where", "%s", e->document->symbols);
    if (e->pair->is_tool)
        explain_item(text, "Measured by", "the tool itself: its trials have the figures that it printed");
}

static void trial_line(const struct explanation_trial *trial, struct text *text)
{
    const struct store_result_row *row = trial->row;
    char *value = number_text(trial->value);
    struct text line = TEXT_INIT;
    text_append_format(&line, "  %5d  %7d  %6" PRId64 "  %-24s  %8" PRId64 "  ", row->block, row->attempt,
                       row->trial_id, row->started_at ? row->started_at : "-", row->campaign_id);
    if (row->environment_id == STORE_ABSENT)
        text_append_format(&line, "%11s", "-");
    else
        text_append_format(&line, "%11" PRId64, row->environment_id);
    text_append_format(&line, "  %-11s  %s", row->status, value);
    format_clean(text, line.bytes);
    text_append_char(text, '\n');
    text_release(&line);
    free(value);
}

static void trials_header(struct text *text)
{
    text_append_format(text, "  %5s  %7s  %6s  %-24s  %8s  %11s  %-11s  %s\n", "block", "attempt", "trial",
                       "started (UTC)", "campaign", "environment", "status", "value");
}

static void trials(const struct explanation *e, struct text *text)
{
    explain_heading(text, "Trials in the figure: %zu of %zu, value in %s", e->counted, e->trial_count,
                    e->document->unit);
    if (e->counted)
        trials_header(text);
    for (size_t i = 0; i < e->trial_count; i++)
        if (e->trials[i].fate == EXPLAINED_COUNTED)
            trial_line(&e->trials[i], text);
    explain_heading(text, "Trials left out: %zu", e->trial_count - e->counted);
    if (e->counted < e->trial_count)
        trials_header(text);
    for (size_t i = 0; i < e->trial_count; i++) {
        const struct explanation_trial *trial = &e->trials[i];
        if (trial->fate == EXPLAINED_COUNTED)
            continue;
        trial_line(trial, text);
        char *why = string_format("%s: %s", explanation_fate_name(trial->fate), trial->why);
        explain_paragraph(text, 9, why); /* below the attempt */
        free(why);
    }
}

static void ratio_line(const struct explanation_block *block, struct text *text)
{
    char *own = number_text(block->own), *baseline = number_text(block->baseline);
    struct text ratio = TEXT_INIT;
    format_ratio(&ratio, block->ratio);
    text_append_format(text, "  %5d  %16s  %16s  %8s\n", block->number, own, baseline, ratio.bytes);
    text_release(&ratio);
    free(own);
    free(baseline);
}

static void ratio(const struct explanation *e, struct text *text)
{
    const struct explanation_ratio *r = &e->ratio;
    explain_heading(text, "Ratio to the baseline");
    if (!r->baseline) {
        explain_item(text, "None", "%s", r->why_none);
        return;
    }
    char *value = real_text(r->interval.estimate);
    explain_item(text, "Shown as", "%s %s", r->shown, r->shown_spread);
    explain_item(text, "Not rounded", "%s", value);
    explain_item(
        text, "How",
        "in each block in which both have a value above 0, the value%s of %s/%s divided by that of %s/%s; then exp "
        "of the median of the logarithms over %zu blocks%s%s",
        e->model->include_disturbed ? " (of several trials their median)" : "", e->pair->c->name, e->pair->run->name,
        r->baseline->c->name, r->baseline->run->name, r->block_count,
        r->interval.has_bounds ? "; 95 % interval by " : "",
        r->interval.has_bounds ? r->interval.method : ", too few for an interval");
    free(value);
    text_append_format(text, "  %5s  %16s  %16s  %8s\n", "block", "value", "of the baseline", "ratio");
    for (size_t i = 0; i < r->block_count; i++)
        ratio_line(&r->blocks[i], text);
}

void report_explain_text(const struct explanation *explanation, struct text *text)
{
    head(explanation, text);
    meaning(explanation, text);
    trials(explanation, text);
    ratio(explanation, text);
    explain_text_context(explanation, text);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The throughput of every run in every case: the table that a reader looks at first. */
#include "report/markdown.h"
#include "report/markdown_cells.h"

#include "base/banned.h"

static const struct report_pair *find_pair(const struct report_case *report_case, int run_index)
{
    for (size_t i = 0; i < report_case->pair_count; i++)
        if (report_case->pairs[i].run_index == run_index)
            return &report_case->pairs[i];
    return NULL;
}

static void rate_cell(const struct report_pair *pair, struct text *text)
{
    if (!pair || pair->metrics[METRIC_RECORDS_PER_SEC].value.n == 0) {
        cell_text(text, NULL);
        return;
    }
    const struct report_figure *rate = &pair->metrics[METRIC_RECORDS_PER_SEC];
    text_append_char(text, ' ');
    format_number(text, rate->value.estimate);
    if (rate->ratio.n > 0) {
        text_append(text, "<br>\xc3\x97 ");
        format_ratio(text, rate->ratio.estimate);
    }
    text_append(text, " |");
}

void report_markdown_glance(const struct report_model *model, struct text *text)
{
    const struct experiment *experiment = model->experiment;
    text_append(text, "Records/s, median of the trials");
    if (model->baseline >= 0) {
        text_append(text, "; \xc3\x97: ratio to ");
        format_markdown(text, experiment->runs[model->baseline].title);
        text_append(text, " within the blocks");
    }
    text_append(text, "; a dash: not measured.\n\n| Run |");
    for (size_t i = 0; i < model->case_count; i++)
        cell_text(text, model->cases[i].c->name);
    text_append(text, "\n| --- |");
    for (size_t i = 0; i < model->case_count; i++)
        text_append(text, " ---: |");
    for (size_t run = 0; run < experiment->run_count; run++) {
        text_append(text, "\n|");
        cell_text(text, experiment->runs[run].title);
        for (size_t i = 0; i < model->case_count; i++)
            rate_cell(find_pair(&model->cases[i], (int)run), text);
    }
    text_append(text, "\n\n");
}

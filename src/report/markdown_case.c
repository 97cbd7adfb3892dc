/* SPDX-License-Identifier: Apache-2.0 */
/* The section of one case: the post's table and the ratios. */
#include <math.h>

#include "report/markdown.h"
#include "report/markdown_cells.h"
#include "report/wording.h"
#include "report/writers.h"
#include "statistics/detectable.h"

#include "base/banned.h"

static void describe(const struct experiment_case *c, struct text *text)
{
    char *line = wording_case(c);
    format_markdown(text, line);
    text_append(text, "\n\n");
    free(line);
}

struct columns {
    bool delivery, ratio; /* whether they are shown */
};

static void results_header(const struct report_model *model, struct columns columns, struct text *text)
{
    const struct experiment *experiment = model->experiment;
    size_t count = 7u + (columns.ratio ? 1u : 0u) + (columns.delivery ? 3u : 0u) + experiment->report.percentile_count;
    text_append(text, "| Run | Trials | Records sent | Records/s |");
    if (columns.ratio)
        text_append(text, " Ratio |");
    text_append(text, " MB/s | Average ms | Maximum ms |");
    for (size_t i = 0; i < experiment->report.percentile_count; i++) {
        text_append_char(text, ' ');
        format_percentile(text, experiment->report.percentiles[i]);
        text_append(text, " ms |");
    }
    text_append(text, columns.delivery ? " Lost | Duplicated | Failed |\n| --- |" : "\n| --- |");
    for (size_t i = 1; i < count; i++)
        text_append(text, " ---: |");
    text_append_char(text, '\n');
}

static void results_row(const struct report_model *model, const struct report_pair *pair, struct columns columns,
                        int *number, struct text *text, struct text *notes)
{
    text_append(text, "| ");
    format_markdown(text, pair->run->title);
    if (pair->is_tool)
        text_append(text, " (tool)");
    report_markdown_footnotes(pair, number, text, notes);
    text_append_format(text, " | %zu", pair->trial_count);
    if (pair->trial_count < INTERVAL_MIN_TRIALS)
        text_append_format(text, " (n&lt;%d)", INTERVAL_MIN_TRIALS);
    text_append(text, " |");
    cell_sum(text, &pair->sent, pair->trial_count);
    cell_median(text, &pair->metrics[METRIC_RECORDS_PER_SEC]);
    if (columns.ratio) {
        text_append_char(text, ' ');
        format_ratio(text, pair->is_baseline && pair->trial_count ? 1
                           : pair->metrics[METRIC_RECORDS_PER_SEC].ratio.n
                               ? pair->metrics[METRIC_RECORDS_PER_SEC].ratio.estimate
                               : NAN);
        text_append(text, " |");
    }
    cell_median(text, &pair->metrics[METRIC_MB_PER_SEC]);
    cell_median(text, &pair->metrics[METRIC_LATENCY_AVG]);
    cell_merged(text, &pair->metrics[METRIC_LATENCY_MAX]);
    for (size_t i = 0; i < model->experiment->report.percentile_count; i++)
        cell_merged(text, &pair->percentiles[i]);
    if (columns.delivery) {
        cell_sum(text, &pair->lost, pair->trial_count);
        cell_sum(text, &pair->duplicated, pair->trial_count);
        cell_sum(text, &pair->failed_records, pair->trial_count);
    }
    text_append_char(text, '\n');
}

void report_markdown_results(const struct report_model *model, const struct report_case *report_case, struct text *text)
{
    struct columns columns = {.ratio = false};
    struct text notes = TEXT_INIT;
    int number = 0;
    for (size_t i = 0; i < report_case->pair_count; i++) {
        const struct report_pair *pair = &report_case->pairs[i];
        columns.delivery =
            columns.delivery || pair->lost.total > 0 || pair->duplicated.total > 0 || pair->failed_records.total > 0;
        columns.ratio = columns.ratio || pair->metrics[METRIC_RECORDS_PER_SEC].ratio.n > 0;
    }
    results_header(model, columns, text);
    for (size_t i = 0; i < report_case->pair_count; i++)
        results_row(model, &report_case->pairs[i], columns, &number, text, &notes);
    text_append_char(text, '\n');
    if (notes.length)
        text_append_format(text, "%s\n", notes.bytes);
    text_release(&notes);
}

/* What the case could have shown: a difference that is smaller would not have been called one in 8 of 10 experiments. */
static void ratio_row(const struct report_pair *pair, struct text *text)
{
    const struct interval *rate = &pair->metrics[METRIC_RECORDS_PER_SEC].ratio;
    text_append_char(text, '|');
    cell_text(text, pair->run->title);
    text_append_format(text, " %zu |", rate->n);
    cell_ratio(text, pair, METRIC_RECORDS_PER_SEC, "faster", "slower");
    cell_share(text, rate->n ? detectable_share(rate) : NAN);
    cell_ratio(text, pair, METRIC_LATENCY_P50, "higher", "lower");
    cell_ratio(text, pair, METRIC_LATENCY_P99, "higher", "lower");
    cell_ratio(text, pair, METRIC_CLIENT_CPU_PER_RECORD, "more", "less");
    text_append_char(text, '\n');
}

void report_markdown_ratios(const struct report_model *model, const struct report_case *report_case, struct text *text)
{
    bool any = false;
    for (size_t i = 0; i < report_case->pair_count; i++)
        any = any || report_case->pairs[i].metrics[METRIC_RECORDS_PER_SEC].ratio.n > 0;
    if (!any)
        return;
    text_append(text, "Relative to ");
    format_markdown(text, model->experiment->runs[model->baseline].title);
    text_append(
        text,
        ", block by block (\"detectable\": a smaller difference in records/s would probably not have been seen):\n\n"
        "| Run | Blocks | Records/s | Detectable | Latency, 50th | Latency, 99th | CPU time of the client for a "
        "record |\n| --- | ---: | --- | ---: | --- | --- | --- |\n");
    for (size_t i = 0; i < report_case->pair_count; i++)
        if (!report_case->pairs[i].is_baseline)
            ratio_row(&report_case->pairs[i], text);
    text_append_char(text, '\n');
}

void report_markdown_case(const struct report_model *model, const struct report_case *report_case, struct text *text)
{
    text_append(text, "### ");
    format_markdown(text, report_case->c->title);
    text_append(text, "\n\n");
    describe(report_case->c, text);
    report_markdown_results(model, report_case, text);
    report_markdown_ratios(model, report_case, text);
    report_markdown_efficiency(report_case, text);
    report_markdown_settings(report_case, text);
}

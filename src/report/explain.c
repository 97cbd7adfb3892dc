/* SPDX-License-Identifier: Apache-2.0 */
/* The figure itself: as the model has it and as the tables show it. */
#include "report/explain.h"

#include <math.h>

#include "experiment/metric.h"
#include "report/explain_parts.h"
#include "report/pair.h"
#include "report/shown.h"

#include "base/banned.h"

enum report_metric explain_metric_index(const char *name)
{
    int metric = 0;
    while (metric < METRIC_COUNT && !string_equal(report_metric_name((enum report_metric)metric), name))
        metric++;
    return (enum report_metric)metric;
}

/* A percentile of the definition stands in the tables, with its trials' own histograms; other columns are figures of the model. */
static const struct report_figure *find_figure(const struct explanation *explanation)
{
    const struct experiment *experiment = explanation->model->experiment;
    for (size_t i = 0; i < experiment->report.percentile_count; i++)
        if (explanation->percentile == experiment->report.percentiles[i])
            return &explanation->pair->percentiles[i];
    enum report_metric metric = explain_metric_index(explanation->metric);
    return metric == METRIC_COUNT ? NULL : &explanation->pair->metrics[metric];
}

static const struct report_sum *find_sum(const struct report_pair *pair, const char *metric)
{
    const struct {
        const char *name;
        const struct report_sum *sum;
    } sums[] = {
        {"records_sent", &pair->sent},     {"records_acked", &pair->acked}, {"records_failed", &pair->failed_records},
        {"records_stored", &pair->stored}, {"records_lost", &pair->lost},   {"records_duplicated", &pair->duplicated},
    };
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++)
        if (string_equal(sums[i].name, metric))
            return sums[i].sum;
    return NULL;
}

static bool unknown_metric(const struct explanation *explanation, struct error *error)
{
    struct string_list names = {0};
    metric_names_of(explanation->model, &names);
    error_set(error, ERROR_INPUT, "version '%s' has no metric '%s'", explanation->model->row.version,
              explanation->metric);
    error_suggest_or(error, explanation->metric, (const char *const *)names.items, names.count,
                     "; the results' columns, the definition's percentiles and the sums are");
    string_list_release(&names);
    return false;
}

/* Where no table shows an interval behind the figure, none is shown here either; `interval` has it. */
static void show_median(struct explanation *explanation, struct text *shown, struct text *range)
{
    metric_show(explanation->document, explanation->value, shown);
    if (explanation->document->display == METRIC_DISPLAY_NUMBER)
        shown_spread(explanation->figure, range);
}

static void take_figure(struct explanation *explanation)
{
    struct text shown = TEXT_INIT, range = TEXT_INIT;
    const struct report_figure *figure = explanation->figure;
    bool is_median = explanation->document->kind == METRIC_KIND_MEDIAN;
    explanation->value = is_median ? figure->value.estimate : shown_merged_value(figure);
    explanation->interval = figure->value;
    if (figure->value.has_bounds)
        explanation->confidence = is_median
                                      ? report_confidence(explanation->model, explain_metric_index(explanation->metric))
                                      : INTERVAL_CONFIDENCE;
    if (is_median) {
        show_median(explanation, &shown, &range);
    } else {
        shown_merged(figure, &shown);
        shown_range(figure, &range);
    }
    if (explanation->document->kind == METRIC_KIND_PERCENTILE && isfinite(figure->merged)) {
        explanation->merged = true;
        explanation->records = histogram_count(explanation->pair->latency);
        explanation->digits = histogram_digits(explanation->pair->latency);
    }
    explanation->shown = text_detach(&shown);
    explanation->shown_range = text_detach(&range);
}

static void take_sum(struct explanation *explanation)
{
    struct text shown = TEXT_INIT;
    explanation->value = explanation->sum->known ? (double)explanation->sum->total : NAN;
    shown_sum(explanation->sum, explanation->pair->trial_count, &shown);
    explanation->shown = text_detach(&shown);
    explanation->shown_range = string_copy("");
}

bool report_explain(struct store *store, const struct report_model *model, const struct report_pair *pair,
                    const char *metric, struct explanation *explanation, struct error *error)
{
    double percentile = NAN;
    bool is_percentile = metric_percentile(metric, &percentile);
    *explanation =
        (struct explanation){.model = model,
                             .pair = pair,
                             .metric = is_percentile ? metric_percentile_name(percentile) : string_copy(metric),
                             .document = metric_document(metric),
                             .percentile = percentile,
                             .confidence = NAN,
                             .records = STORE_ABSENT};
    if (explanation->document) {
        explanation->sum = find_sum(pair, metric);
        explanation->figure = explanation->sum ? NULL : find_figure(explanation);
    }
    bool ok = (explanation->figure || explanation->sum || unknown_metric(explanation, error));
    if (ok && explanation->figure)
        take_figure(explanation);
    else if (ok)
        take_sum(explanation);
    ok = ok && explain_trials(store, explanation, error);
    if (ok) {
        explain_ratio(explanation);
        explain_context(explanation);
    } else {
        explanation_release(explanation);
    }
    return ok;
}

void explanation_release(struct explanation *explanation)
{
    for (size_t i = 0; i < explanation->trial_count; i++) {
        free(explanation->trials[i].why);
        free(explanation->trials[i].command_line);
    }
    for (size_t i = 0; i < explanation->difference_count; i++)
        string_list_release(&explanation->differences[i].values);
    string_list_release(&explanation->command_lines);
    free(explanation->metric);
    free(explanation->shown);
    free(explanation->shown_range);
    free(explanation->trials);
    free(explanation->ratio.shown);
    free(explanation->ratio.shown_spread);
    free(explanation->ratio.blocks);
    free(explanation->campaigns);
    free(explanation->environments);
    free(explanation->differences);
    free(explanation->sql);
    *explanation = (struct explanation){0};
}

/* From the lowest to the highest of n trials covers a median with 1 - 2^(1-n), and no interval within them with more. */
static void describe_interval(const struct explanation *explanation, struct text *text)
{
    const struct interval *interval = &explanation->interval;
    double most = 1 - exp2(1 - (double)interval->n);
    text_append_format(text, "; %.0f %% interval of the trials' median by %s", 100 * explanation->confidence,
                       interval->method);
    if (explanation->confidence > INTERVAL_CONFIDENCE)
        text_append(text, ", at that level because its width decided how many trials there are");
    if (explanation->confidence > most)
        text_append_format(text, "; that is the lowest to the highest of %zu, which covers %.2f %%", interval->n,
                           100 * most);
}

char *explanation_method(const struct explanation *explanation)
{
    const struct interval *interval = &explanation->interval;
    struct text text = TEXT_INIT;
    if (explanation->sum)
        text_append_format(&text, "sum over %zu trials", explanation->counted);
    else if (explanation->merged)
        text_append_format(&text,
                           "percentile of the merged HdrHistograms of %zu trials: %lld records, %d significant digits",
                           explanation->counted, (long long)explanation->records, explanation->digits);
    else if (explanation->document->kind == METRIC_KIND_MAXIMUM)
        text_append_format(&text, "highest of %zu trials", explanation->counted);
    else
        text_append_format(&text, "median of %zu trials%s", explanation->counted,
                           explanation->document->kind == METRIC_KIND_PERCENTILE
                               ? ", which have no histograms to be merged"
                               : "");
    if (interval->has_bounds)
        describe_interval(explanation, &text);
    else if (interval->n)
        text_append_format(&text, "; no interval with fewer than %d trials", INTERVAL_MIN_TRIALS);
    return text_detach(&text);
}

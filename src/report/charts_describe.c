/* SPDX-License-Identifier: Apache-2.0 */
/* What each chart shows, as a sentence: for those who cannot see it. */
#include <math.h>

#include "report/charts_data.h"
#include "report/format.h"
#include "report/origin.h"

#include "base/banned.h"

/* The value that a chart is about; NAN: the run is not in it. */
typedef double value_of(const struct report_pair *pair);

static double throughput_of(const struct report_pair *pair)
{
    return pair->metrics[METRIC_RECORDS_PER_SEC].value.estimate;
}

static double timed_throughput_of(const struct report_pair *pair)
{
    for (size_t i = 0; i < pair->trial_count; i++)
        if (pair->trials[i].series.count > 0)
            return throughput_of(pair);
    return NAN;
}

static double p99_of(const struct report_pair *pair)
{
    return pair->latency ? pair->metrics[METRIC_LATENCY_P99].merged : NAN;
}

static double cost_of(const struct report_pair *pair)
{
    return throughput_of(pair) > 0 ? pair->metrics[METRIC_CLIENT_CPU_PER_RECORD].value.estimate : NAN;
}

/* "9,708 records/s (Pure Python) to 747,418 records/s (Pure Java)"; false: no run has a value. */
static bool append_extremes(const struct report_case *report_case, value_of *value, const char *unit, struct text *text)
{
    const struct report_pair *least = NULL, *most = NULL;
    size_t shown = 0;
    for (size_t i = 0; i < report_case->pair_count; i++) {
        const struct report_pair *pair = &report_case->pairs[i];
        if (!isfinite(value(pair)))
            continue;
        shown++;
        least = !least || value(pair) < value(least) ? pair : least;
        most = !most || value(pair) > value(most) ? pair : most;
    }
    if (!least)
        return false;
    format_number(text, value(least));
    text_append_format(text, " %s (%s)", unit, least == most && shown > 1 ? "all runs" : least->run->title);
    if (least != most) {
        text_append(text, " to ");
        format_number(text, value(most));
        text_append_format(text, " %s (%s)", unit, most->run->title);
    }
    return true;
}

static void describe_extremes(const struct report_case *report_case, const char *what, value_of *value,
                              const char *unit, struct text *text)
{
    struct text extremes = TEXT_INIT;
    if (append_extremes(report_case, value, unit, &extremes))
        text_append_format(text, "%s: %s.", what, extremes.bytes);
    text_release(&extremes);
}

/* "A 0.98 [0.95, 1.02], no difference shown; B …" */
static void describe_ratios(const struct chart_subject *subject, struct text *text)
{
    static const char *const conclusions[] = {"lower", "no difference shown", "higher"};
    const struct report_model *model = subject->model;
    size_t shown = 0;
    for (size_t i = 0; model->baseline >= 0 && i < subject->report_case->pair_count; i++) {
        const struct report_pair *pair = &subject->report_case->pairs[i];
        const struct interval *ratio = &pair->metrics[METRIC_RECORDS_PER_SEC].ratio;
        if (ratio->n == 0)
            continue;
        if (shown++ == 0)
            text_append_format(text, "Throughput as a ratio to %s, with 95 %% intervals: ",
                               model->experiment->runs[model->baseline].title);
        else
            text_append(text, "; ");
        text_append_format(text, "%s ", pair->run->title);
        chart_ratio_figures(text, ratio);
        if (ratio->has_bounds)
            text_append_format(text, ", %s", conclusions[report_conclusion_of(ratio) + 1]);
    }
    text_append(text, shown ? "." : "");
}

static void append_version(struct text *text, const char *name, double value)
{
    text_append_format(text, "%s ", name);
    format_number(text, value);
}

/* "Pure Java v2 747,418, v1 700,000, published in v1.0 747,418; …" */
static void describe_versions(const struct chart_subject *subject, struct text *text)
{
    struct chart_versions versions;
    chart_versions_name(subject, &versions);
    bool any = versions.other || versions.published;
    size_t shown = 0;
    for (size_t i = 0; any && i < subject->report_case->pair_count; i++) {
        const struct report_pair *pair = &subject->report_case->pairs[i];
        if (!isfinite(throughput_of(pair)))
            continue;
        text_append_format(text, "%s%s: ", shown++ ? "; " : "Median records/s by version. ", pair->run->title);
        append_version(text, versions.own, throughput_of(pair));
        const struct report_pair *other = chart_versions_other(subject, pair);
        const struct store_result_row *published = chart_versions_published(subject, pair);
        text_append(text, other ? ", " : "");
        if (other)
            append_version(text, versions.other, throughput_of(other));
        if (published) {
            text_append_format(text, ", %s in ", origin_of(&subject->model->published)->word);
            append_version(text, versions.published, published->records_per_sec);
        }
    }
    text_append(text, shown ? "." : "");
    if (shown && versions.other_machine)
        text_append_format(text, " %s is not known to be of the same machine.", versions.other);
    chart_versions_release(&versions);
}

static void append_count(struct text *text, size_t count, const char *status)
{
    if (count > 0)
        text_append_format(text, ", %zu %s", count, status);
}

static void describe_trials(const struct chart_subject *subject, struct text *text)
{
    static const char *const statuses[] = {"disturbed", "failed", "interrupted"};
    size_t all = 0, counts[3] = {0};
    for (size_t i = 0; i < subject->model->results.count; i++) {
        const struct store_result_row *row = &subject->model->results.items[i];
        if (!chart_trials_shows(subject, row))
            continue;
        all++;
        for (size_t j = 0; j < 3; j++)
            counts[j] += string_equal(row->status, statuses[j]);
    }
    if (all == 0)
        return;
    struct chart_time time;
    chart_time_measure(subject, &time);
    text_append_format(text, "Throughput of %zu trial%s over %.*f minutes of %zu campaign%s", all, all == 1 ? "" : "s",
                       time.measured_s < 600, time.measured_s / 60, time.shown, time.shown == 1 ? "" : "s");
    for (size_t j = 0; j < 3; j++)
        append_count(text, counts[j], statuses[j]);
    text_append_char(text, '.');
    chart_time_release(&time);
}

void report_chart_describe(const struct report_model *model, const struct report_model *other, enum report_chart chart,
                           const struct report_case *report_case, struct text *text)
{
    const struct chart_subject subject = {model, other, report_case};
    if (!report_case && report_chart_is_of_case(chart))
        return;
    if (chart == CHART_THROUGHPUT)
        describe_extremes(report_case, "Median throughput of the runs, and every trial", throughput_of, "records/s",
                          text);
    else if (chart == CHART_TIMELINE)
        describe_extremes(report_case, "Throughput over the time of each trial, by run; medians", timed_throughput_of,
                          "records/s", text);
    else if (chart == CHART_LATENCY)
        describe_extremes(report_case, "Latency by percentile and run; the 99th percentiles", p99_of, "ms", text);
    else if (chart == CHART_EFFICIENCY)
        describe_extremes(report_case, "Throughput against the client's CPU time for a record, which is", cost_of, "µs",
                          text);
    else if (chart == CHART_RATIO)
        describe_ratios(&subject, text);
    else if (chart == CHART_VERSIONS)
        describe_versions(&subject, text);
    else
        describe_trials(&subject, text);
}

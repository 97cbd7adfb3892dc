/* SPDX-License-Identifier: Apache-2.0 */
/* What can be said of a pair: its figures, its ratios, what it counted. */
#include <math.h>

#include "experiment/metric.h"
#include "publish/value.h"
#include "report/format.h"
#include "publish/value_what.h"
#include "report/pair.h"
#include "statistics/detectable.h"

#include "base/banned.h"

/* A metric of a pair, by its name: a figure, or a sum. */
struct pair_metric {
    const char *name;
    const struct metric_documentation *document;
    const struct report_figure *figure; /* NULL: it is a sum */
    int metric;                         /* enum report_metric, or -1: a percentile that no ratio is formed of */
    struct report_sum sum;
};

static bool find_sum(const struct report_pair *pair, const char *name, struct report_sum *sum)
{
    const struct {
        const char *name;
        const struct report_sum *sum;
    } sums[] = {{"records_sent", &pair->sent},
                {"records_acked", &pair->acked},
                {"records_failed", &pair->failed_records},
                {"records_stored", &pair->stored},
                {"records_lost", &pair->lost},
                {"records_duplicated", &pair->duplicated}};
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++)
        if (string_equal(sums[i].name, name)) {
            *sum = *sums[i].sum;
            return true;
        }
    return false;
}

/* By its name, or of a percentile also by another name of the same: latency_p99.9_ms is latency_p999_ms. */
static int find_metric(const char *name)
{
    double percentile, other;
    bool is_percentile = metric_percentile(name, &percentile);
    for (int metric = 0; metric < METRIC_COUNT; metric++) {
        const char *known = report_metric_name((enum report_metric)metric);
        if (string_equal(known, name) || (is_percentile && metric_percentile(known, &other) && other == percentile))
            return metric;
    }
    return -1;
}

static const struct report_figure *find_percentile(const struct report_model *model, const struct report_pair *pair,
                                                   const char *name)
{
    double percentile;
    const struct experiment_report *report = &model->experiment->report;
    if (metric_percentile(name, &percentile))
        for (size_t i = 0; i < report->percentile_count; i++)
            if (report->percentiles[i] == percentile)
                return &pair->percentiles[i];
    return NULL;
}

static bool find(const struct report_model *model, const struct report_pair *pair, const char *name,
                 struct pair_metric *found, struct error *error)
{
    *found = (struct pair_metric){.name = name, .document = metric_document(name), .metric = find_metric(name)};
    found->figure = found->metric >= 0 ? &pair->metrics[found->metric] : find_percentile(model, pair, name);
    if (found->document && (found->figure || find_sum(pair, name, &found->sum)))
        return true;
    struct string_list names = {0};
    metric_names_of(model, &names);
    error_set(error, ERROR_INPUT, "there is no metric '%s' of a pair", name);
    error_suggest_from(error, name, &names);
    string_list_release(&names);
    return false;
}

static bool no_trial(const struct report_pair *pair, const char *metric, struct error *error)
{
    return error_set(error, ERROR_INPUT, "no trial of %s/%s that counts tells of %s", pair->c->name, pair->run->name,
                     metric);
}

static bool set_sum(const struct report_pair *pair, const struct report_sum *sum, const char *what, struct value *value,
                    struct error *error)
{
    if (sum->known == 0)
        return no_trial(pair, what, error);
    if (sum->known < pair->trial_count)
        return error_set(error, ERROR_INPUT, "%s of %s/%s is known in %zu of %zu trials only", what, pair->c->name,
                         pair->run->name, sum->known, pair->trial_count);
    value_set_count(value, sum->total);
    return true;
}

static void set_numbers(struct value *value, enum value_shape shape, double first, double second)
{
    value->shape = shape;
    value->numbers[0] = first;
    value->numbers[1] = second;
}

static bool is_merged(const struct pair_metric *metric)
{
    return isfinite(metric->figure->merged);
}

/* The interval is that of the median of the trials: beside a number of all records together it would be another's. */
static bool check_bounds(const struct report_pair *pair, const struct pair_metric *metric, struct error *error)
{
    if (is_merged(metric))
        return error_set(
            error, ERROR_INPUT,
            "%s is of all trials' records together and has no interval; there are of=lowest, highest and range",
            metric->name);
    if (!metric->figure->value.has_bounds)
        return error_set(
            error, ERROR_INPUT,
            "%s/%s has %zu trials with %s, below %d there is no interval; there are of=lowest, highest and "
            "range",
            pair->c->name, pair->run->name, metric->figure->value.n, metric->name, INTERVAL_MIN_TRIALS);
    return true;
}

static bool set_figure(const struct report_pair *pair, const struct pair_metric *metric, enum pair_what what,
                       struct value *value, struct error *error)
{
    const struct report_figure *figure = metric->figure;
    if (!figure)
        return what == PAIR_MEDIAN
                   ? set_sum(pair, &metric->sum, metric->name, value, error)
                   : error_set(error, ERROR_INPUT, "%s is a sum over the trials and has only of=median", metric->name);
    if (figure->value.n == 0)
        return no_trial(pair, metric->name, error);
    if (what >= PAIR_LOW && what <= PAIR_INTERVAL && !check_bounds(pair, metric, error))
        return false;
    *value = (struct value){.type = VALUE_METRIC, .document = metric->document};
    switch (what) {
    case PAIR_LOW: set_numbers(value, VALUE_ONE, figure->value.low, NAN); break;
    case PAIR_HIGH: set_numbers(value, VALUE_ONE, figure->value.high, NAN); break;
    case PAIR_INTERVAL: set_numbers(value, VALUE_INTERVAL, figure->value.low, figure->value.high); break;
    case PAIR_LOWEST: set_numbers(value, VALUE_ONE, figure->lowest, NAN); break;
    case PAIR_HIGHEST: set_numbers(value, VALUE_ONE, figure->highest, NAN); break;
    case PAIR_RANGE: set_numbers(value, VALUE_RANGE, figure->lowest, figure->highest); break;
    default: set_numbers(value, VALUE_ONE, is_merged(metric) ? figure->merged : figure->value.estimate, NAN); break;
    }
    return true;
}

/* To the pair of `to`, or to the baseline as the tables have it. */
static bool find_ratio(const struct value_request *request, const struct report_pair *pair,
                       const struct pair_metric *metric, struct interval *ratio, struct error *error)
{
    const struct report_model *model = &request->publication->model;
    const char *to = attributes_get(request->attributes, "to");
    const struct report_pair *other = to ? publication_pair(request->publication, to, error) : NULL;
    if (to && !other)
        return false;
    if (metric->metric < 0 || metric->metric >= METRIC_FIRST_STATE)
        return error_set(error, ERROR_INPUT, "no ratio is formed of %s", metric->name);
    if (!to && (model->baseline < 0 || pair->is_baseline))
        return error_set(error, ERROR_INPUT, "%s; name the other pair: to=CASE/RUN",
                         model->baseline < 0 ? "the definition names no baseline" : "the run is the baseline itself");
    *ratio = metric->figure->ratio;
    if (other)
        report_pair_ratio(model, pair, other, (enum report_metric)metric->metric, ratio);
    if (ratio->n == 0)
        return error_set(error, ERROR_INPUT, "there is no block in which both %s/%s and %s have a trial with %s",
                         pair->c->name, pair->run->name, to ? to : "the baseline", metric->name);
    return true;
}

static const char *verdict_of(enum report_metric metric, const struct interval *ratio)
{
    int direction = report_conclusion_of(ratio);
    bool is_rate = metric == METRIC_RECORDS_PER_SEC || metric == METRIC_MB_PER_SEC;
    if (direction == 0)
        return "no difference shown";
    return direction > 0 ? (is_rate ? "faster" : "higher") : (is_rate ? "slower" : "lower");
}

static bool set_ratio(const struct value_request *request, const struct report_pair *pair,
                      const struct pair_metric *metric, struct value *value, struct error *error)
{
    struct interval ratio;
    int what = request->name->what;
    if (!find_ratio(request, pair, metric, &ratio, error))
        return false;
    if (!ratio.has_bounds && what != PAIR_RATIO && what != PAIR_BLOCKS)
        return error_set(error, ERROR_INPUT, "%zu blocks, below %d there is no interval; there is of=ratio", ratio.n,
                         INTERVAL_MIN_TRIALS);
    *value = (struct value){.type = VALUE_RATIO};
    switch (what) {
    case PAIR_RATIO_LOW: set_numbers(value, VALUE_ONE, ratio.low, NAN); break;
    case PAIR_RATIO_HIGH: set_numbers(value, VALUE_ONE, ratio.high, NAN); break;
    case PAIR_RATIO_INTERVAL: set_numbers(value, VALUE_INTERVAL, ratio.low, ratio.high); break;
    case PAIR_RATIO_VERDICT: value_set_text(value, verdict_of((enum report_metric)metric->metric, &ratio)); break;
    case PAIR_BLOCKS: value_set_count(value, (int64_t)ratio.n); break;
    case PAIR_DETECTABLE:
        value->type = VALUE_SHARE;
        value->numbers[0] = detectable_share(&ratio);
        break;
    default: set_numbers(value, VALUE_ONE, ratio.estimate, NAN); break;
    }
    return true;
}

static bool set_list(const struct report_pair *pair, const struct string_list *list, struct value *value,
                     struct error *error)
{
    if (list->count == 0)
        return no_trial(pair, "a version", error);
    char *text = format_list(list);
    value_set_text(value, text);
    free(text);
    return true;
}

/* "+51 %". A window too short for a trend has none. */
static bool set_trend(const struct report_pair *pair, struct value *value, struct error *error)
{
    double *changes = memory_zeroed(pair->trial_count + 1, sizeof *changes);
    size_t count = 0;
    for (size_t i = 0; i < pair->trial_count; i++)
        if (isfinite(pair->trials[i].row->trend_percent))
            changes[count++] = pair->trials[i].row->trend_percent;
    double median = statistics_median(changes, count);
    free(changes);
    if (count < pair->trial_count || count == 0)
        return error_set(error, ERROR_INPUT, "a trend is known of %zu of the %zu trials of %s/%s", count,
                         pair->trial_count, pair->c->name, pair->run->name);
    *value = (struct value){.type = VALUE_TREND, .numbers = {median}};
    return true;
}

static bool set_of_pair(const struct report_pair *pair, enum pair_what what, struct value *value, struct error *error)
{
    switch (what) {
    case PAIR_TRIALS: value_set_count(value, (int64_t)pair->trial_count); return true;
    case PAIR_DISTURBED: value_set_count(value, pair->disturbed); return true;
    case PAIR_FAILED: value_set_count(value, pair->failed); return true;
    case PAIR_SENT: return set_sum(pair, &pair->sent, "records_sent", value, error);
    case PAIR_ACKED: return set_sum(pair, &pair->acked, "records_acked", value, error);
    case PAIR_STORED: return set_sum(pair, &pair->stored, "records_stored", value, error);
    case PAIR_LOST: return set_sum(pair, &pair->lost, "records_lost", value, error);
    case PAIR_DUPLICATED: return set_sum(pair, &pair->duplicated, "records_duplicated", value, error);
    case PAIR_TITLE: value_set_text(value, pair->run->title); return true;
    case PAIR_CLIENT: return set_list(pair, &pair->clients, value, error);
    case PAIR_TREND: return set_trend(pair, value, error);
    default: value_set_text(value, bottleneck_name(pair->bottleneck)); return true;
    }
}

bool value_of_pair(const struct value_request *request, struct value *value, struct error *error)
{
    const char *name = attributes_get(request->attributes, "pair"),
               *metric_name = attributes_get(request->attributes, "metric");
    const char *to = attributes_get(request->attributes, "to");
    int what = request->name->what;
    bool is_ratio = what >= PAIR_RATIO && what <= PAIR_DETECTABLE, is_of_metric = what < PAIR_TRIALS;
    struct pair_metric metric;
    const struct report_pair *pair = publication_pair(request->publication, name, error);
    if (!pair)
        return false;
    if (to && !is_ratio)
        return error_set(error, ERROR_INPUT, "to=%s goes with of=ratio and its like, not with of=%s", to,
                         request->name->name);
    if (is_of_metric != (metric_name != NULL))
        return error_set(error, ERROR_INPUT,
                         is_of_metric ? "of=%s needs metric=NAME" : "of=%s is of the pair and takes no metric=",
                         request->name->name);
    if (!is_of_metric)
        return set_of_pair(pair, (enum pair_what)what, value, error);
    if (!find(&request->publication->model, pair, metric_name, &metric, error))
        return false;
    return is_ratio ? set_ratio(request, pair, &metric, value, error)
                    : set_figure(pair, &metric, (enum pair_what)what, value, error);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* report.json: the whole model. An absent number is null. Keys are sorted, so that the same model gives the same bytes. */
#include <math.h>

#include "base/json.h"
#include "report/format.h"
#include "report/writers.h"

#include "base/banned.h"

#define FORMAT_VERSION 1

static json_t *string(const char *value)
{
    struct text clean = TEXT_INIT;
    if (!value)
        return json_null();
    format_clean(&clean, value);
    json_t *json = json_string(clean.bytes);
    text_release(&clean);
    return json;
}

static json_t *real(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static json_t *integer(int64_t value)
{
    return value == STORE_ABSENT ? json_null() : json_integer(value);
}

static json_t *strings(const struct string_list *list)
{
    json_t *array = json_array();
    for (size_t i = 0; i < list->count; i++)
        json_array_append_new(array, string(list->items[i]));
    return array;
}

static json_t *sum(const struct report_sum *value)
{
    return value->known ? json_integer(value->total) : json_null();
}

static json_t *interval(const struct interval *value)
{
    json_t *object = json_object();
    json_object_set_new(object, "n", json_integer((json_int_t)value->n));
    json_object_set_new(object, "median", real(value->estimate));
    json_object_set_new(object, "ci_low", real(value->low));
    json_object_set_new(object, "ci_high", real(value->high));
    return object;
}

static json_t *figure(const struct report_figure *value)
{
    json_t *object = interval(&value->value);
    json_object_set_new(object, "lowest", real(value->lowest));
    json_object_set_new(object, "highest", real(value->highest));
    json_object_set_new(object, "over_all_trials", real(value->merged));
    json_object_set_new(object, "ratio", value->ratio.n ? interval(&value->ratio) : json_null());
    return object;
}

static json_t *pair_json(const struct report_model *model, const struct report_pair *pair)
{
    json_t *object = json_object(), *metrics = json_object(), *percentiles = json_array(), *settings = json_array();
    for (int metric = 0; metric < METRIC_COUNT; metric++)
        json_object_set_new(metrics, report_metric_name((enum report_metric)metric), figure(&pair->metrics[metric]));
    for (size_t i = 0; i < model->experiment->report.percentile_count; i++) {
        json_t *entry = figure(&pair->percentiles[i]);
        json_object_set_new(entry, "percentile", json_real(model->experiment->report.percentiles[i]));
        json_array_append_new(percentiles, entry);
    }
    for (size_t i = 0; i < pair->setting_count; i++) {
        const struct report_setting *setting = &pair->settings[i];
        json_t *entry = json_object();
        json_object_set_new(entry, "name", string(setting->canonical));
        json_object_set_new(entry, "native", strings(&setting->natives));
        json_object_set_new(entry, "requested", strings(&setting->requested));
        json_object_set_new(entry, "in_force", strings(&setting->in_force));
        json_object_set_new(entry, "applied", json_boolean(setting->applied));
        json_array_append_new(settings, entry);
    }
    json_object_set_new(object, "run", string(pair->run->name));
    json_object_set_new(object, "title", string(pair->run->title));
    json_object_set_new(object, "source", json_string(pair->is_tool ? "tool" : "measured"));
    json_object_set_new(object, "baseline", json_boolean(pair->is_baseline));
    json_object_set_new(object, "trials", json_integer((json_int_t)pair->trial_count));
    json_object_set_new(object, "trials_failed", json_integer(pair->failed));
    json_object_set_new(object, "trials_disturbed", json_integer(pair->disturbed));
    json_object_set_new(object, "trials_interrupted", json_integer(pair->interrupted));
    json_object_set_new(object, "records_sent", sum(&pair->sent));
    json_object_set_new(object, "records_acked", sum(&pair->acked));
    json_object_set_new(object, "records_failed", sum(&pair->failed_records));
    json_object_set_new(object, "records_stored", sum(&pair->stored));
    json_object_set_new(object, "records_lost", sum(&pair->lost));
    json_object_set_new(object, "records_duplicated", sum(&pair->duplicated));
    json_object_set_new(object, "clients", strings(&pair->clients));
    json_object_set_new(object, "brokers", strings(&pair->brokers));
    json_object_set_new(object, "metrics", metrics);
    json_object_set_new(object, "percentiles_ms", percentiles);
    json_object_set_new(object, "settings", settings);
    return object;
}

static json_t *cases_json(const struct report_model *model)
{
    json_t *cases = json_array();
    for (size_t i = 0; i < model->case_count; i++) {
        json_t *object = json_object(), *pairs = json_array();
        for (size_t j = 0; j < model->cases[i].pair_count; j++)
            json_array_append_new(pairs, pair_json(model, &model->cases[i].pairs[j]));
        json_object_set_new(object, "case", string(model->cases[i].c->name));
        json_object_set_new(object, "title", string(model->cases[i].c->title));
        json_object_set_new(object, "runs", pairs);
        json_array_append_new(cases, object);
    }
    return cases;
}

static json_t *published_json(const struct report_model *model)
{
    json_t *array = json_array();
    for (size_t i = 0; i < model->results.count; i++) {
        const struct store_result_row *row = &model->results.items[i];
        if (!string_equal(row->source, "published"))
            continue;
        json_t *object = json_object();
        json_object_set_new(object, "case", string(row->case_name));
        json_object_set_new(object, "run", string(row->run_name));
        json_object_set_new(object, "records_sent", integer(row->records_sent));
        json_object_set_new(object, "records_per_sec", real(row->records_per_sec));
        json_object_set_new(object, "mb_per_sec", real(row->mb_per_sec));
        json_object_set_new(object, "latency_avg_ms", real(row->latency_avg_ms));
        json_object_set_new(object, "latency_p50_ms", real(row->latency_p50_ms));
        json_object_set_new(object, "latency_p95_ms", real(row->latency_p95_ms));
        json_object_set_new(object, "latency_p99_ms", real(row->latency_p99_ms));
        json_object_set_new(object, "latency_p999_ms", real(row->latency_p999_ms));
        json_object_set_new(object, "latency_max_ms", real(row->latency_max_ms));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *campaigns_json(const struct report_model *model)
{
    json_t *array = json_array();
    for (size_t i = 0; i < model->campaigns.count; i++) {
        const struct store_campaign_row *row = &model->campaigns.items[i];
        json_t *object = json_object();
        json_object_set_new(object, "id", json_integer(row->id));
        json_object_set_new(object, "environment", integer(row->environment_id));
        json_object_set_new(object, "started_at", string(row->started_at));
        json_object_set_new(object, "ended_at", string(row->ended_at));
        json_object_set_new(object, "how", string(row->how));
        json_object_set_new(object, "command_line", string(row->command_line));
        json_object_set_new(object, "kbench_version", string(row->kbench_version));
        json_object_set_new(object, "trials_ok", integer(row->trials_ok));
        json_object_set_new(object, "trials_failed", integer(row->trials_failed));
        json_object_set_new(object, "trials_disturbed", integer(row->trials_disturbed));
        json_object_set_new(object, "trials_interrupted", integer(row->trials_interrupted));
        json_object_set_new(object, "cluster_s", real(row->cluster_s));
        json_object_set_new(object, "warmup_s", real(row->warmup_s));
        json_object_set_new(object, "measured_s", real(row->measured_s));
        json_object_set_new(object, "total_s", real(row->total_s));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *environments_json(const struct report_model *model)
{
    json_t *array = json_array();
    for (size_t i = 0; i < model->environment_count; i++) {
        const struct report_environment *environment = &model->environments[i];
        json_t *object = json_object(), *values = json_object();
        for (size_t j = 0; j < environment->names.count; j++) {
            struct text name = TEXT_INIT;
            format_clean(&name, environment->names.items[j]);
            json_object_set_new(values, name.bytes, string(environment->values.items[j]));
            text_release(&name);
        }
        json_object_set_new(object, "id", json_integer(environment->id));
        json_object_set_new(object, "values", values);
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *broker_settings_json(const struct report_model *model)
{
    json_t *array = json_array();
    for (size_t i = 0; i < model->broker_setting_count; i++) {
        json_t *object = json_object();
        json_object_set_new(object, "name", string(model->broker_settings[i].name));
        json_object_set_new(object, "value", string(model->broker_settings[i].value));
        json_object_set_new(object, "source", string(model->broker_settings[i].source));
        json_array_append_new(array, object);
    }
    return array;
}

void report_json(const struct report_model *model, struct text *text)
{
    json_t *root = json_object();
    json_object_set_new(root, "format", json_integer(FORMAT_VERSION));
    json_object_set_new(root, "experiment", string(model->row.version));
    json_object_set_new(root, "revision", json_integer(model->row.revision));
    json_object_set_new(root, "title", string(model->experiment->title));
    json_object_set_new(root, "supersedes", string(model->experiment->supersedes));
    json_object_set_new(root, "sha256", string(model->row.sha256));
    json_object_set_new(root, "git_commit", string(model->row.git_commit));
    json_object_set_new(root, "git_dirty", model->row.git_dirty < 0 ? json_null() : json_boolean(model->row.git_dirty));
    json_object_set_new(root, "baseline",
                        model->baseline < 0 ? json_null() : string(model->experiment->report.baseline));
    json_object_set_new(root, "cases", cases_json(model));
    json_object_set_new(root, "published", published_json(model));
    json_object_set_new(root, "campaigns", campaigns_json(model));
    json_object_set_new(root, "environments", environments_json(model));
    json_object_set_new(root, "broker_settings", broker_settings_json(model));
    json_object_set_new(root, "validity", strings(&model->validity));
    char *bytes = json_dumps(root, JSON_INDENT(2) | JSON_SORT_KEYS | JSON_REAL_PRECISION(15));
    if (!bytes)
        abort(); /* only for want of memory: every string is clean UTF-8, every number finite */
    text_append(text, bytes);
    text_append_char(text, '\n');
    free(bytes);
    json_decref(root);
}

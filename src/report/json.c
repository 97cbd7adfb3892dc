/* SPDX-License-Identifier: Apache-2.0 */
/* report.json: the whole model. An absent number is null. Keys are sorted, so that the same model gives the same bytes. */
#include <math.h>

#include "report/claims_write.h"
#include "report/history.h"
#include "report/json_parts.h"
#include "report/writers.h"

#include "base/banned.h"

#define FORMAT_VERSION 1

static json_t *sum(const struct report_sum *value)
{
    return value->known ? json_integer(value->total) : json_null();
}

static json_t *figure(const struct report_figure *value)
{
    json_t *object = report_json_interval(&value->value);
    json_object_set_new(object, "lowest", report_json_real(value->lowest));
    json_object_set_new(object, "highest", report_json_real(value->highest));
    json_object_set_new(object, "over_all_trials", report_json_real(value->merged));
    json_object_set_new(object, "ratio", value->ratio.n ? report_json_interval(&value->ratio) : json_null());
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
    for (size_t i = 0; i < pair->setting_count; i++)
        json_array_append_new(settings, report_json_setting(&pair->settings[i]));
    json_object_set_new(object, "run", report_json_string(pair->run->name));
    json_object_set_new(object, "title", report_json_string(pair->run->title));
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
    json_object_set_new(object, "clients", report_json_strings(&pair->clients));
    json_object_set_new(object, "brokers", report_json_strings(&pair->brokers));
    json_object_set_new(object, "metrics", metrics);
    json_object_set_new(object, "percentiles_ms", percentiles);
    json_object_set_new(object, "settings", settings);
    json_object_set_new(object, "own_settings", report_json_strings(&pair->own_settings));
    json_object_set_new(object, "broken_rules", report_json_broken_rules(pair));
    json_object_set_new(object, "limited_by", report_json_bottleneck(pair));
    return object;
}

static json_t *cases_json(const struct report_model *model)
{
    json_t *cases = json_array();
    for (size_t i = 0; i < model->case_count; i++) {
        json_t *object = json_object(), *pairs = json_array();
        for (size_t j = 0; j < model->cases[i].pair_count; j++)
            json_array_append_new(pairs, pair_json(model, &model->cases[i].pairs[j]));
        json_object_set_new(object, "case", report_json_string(model->cases[i].c->name));
        json_object_set_new(object, "title", report_json_string(model->cases[i].c->title));
        json_object_set_new(object, "runs", pairs);
        json_object_set_new(object, "at_ceiling", report_json_strings(&model->cases[i].at_ceiling));
        json_object_set_new(object, "differences", report_json_differences(&model->cases[i]));
        json_array_append_new(cases, object);
    }
    return cases;
}

static json_t *published_json(const struct report_model *model)
{
    json_t *array = json_array();
    for (size_t i = 0; i < model->results.count; i++) {
        const struct store_result_row *row = &model->results.items[i];
        if (string_equal(row->source, "published"))
            json_array_append_new(array, report_json_published(row));
    }
    return array;
}

static json_t *campaigns_json(const struct report_model *model)
{
    json_t *array = json_array();
    for (size_t i = 0; i < model->campaigns.count; i++)
        json_array_append_new(array, report_json_campaign(&model->campaigns.items[i]));
    return array;
}

static json_t *environments_json(const struct report_model *model)
{
    json_t *array = json_array();
    for (size_t i = 0; i < model->environment_count; i++)
        json_array_append_new(array, report_json_environment(&model->environments[i]));
    return array;
}

static json_t *broker_settings_json(const struct report_model *model)
{
    json_t *array = json_array();
    for (size_t i = 0; i < model->broker_setting_count; i++) {
        json_t *object = json_object();
        json_object_set_new(object, "name", report_json_string(model->broker_settings[i].name));
        json_object_set_new(object, "value", report_json_string(model->broker_settings[i].value));
        json_object_set_new(object, "source", report_json_string(model->broker_settings[i].source));
        json_array_append_new(array, object);
    }
    return array;
}

void report_json(const struct report_model *model, const struct history *history, struct text *text)
{
    json_t *root = json_object();
    json_object_set_new(root, "format", json_integer(FORMAT_VERSION));
    json_object_set_new(root, "experiment", report_json_string(model->row.version));
    json_object_set_new(root, "revision", json_integer(model->row.revision));
    json_object_set_new(root, "title", report_json_string(model->experiment->title));
    json_object_set_new(root, "supersedes", report_json_string(model->experiment->supersedes));
    json_object_set_new(root, "sha256", report_json_string(model->row.sha256));
    json_object_set_new(root, "git_commit", report_json_string(model->row.git_commit));
    json_object_set_new(root, "git_dirty", model->row.git_dirty < 0 ? json_null() : json_boolean(model->row.git_dirty));
    json_object_set_new(root, "baseline",
                        model->baseline < 0 ? json_null() : report_json_string(model->experiment->report.baseline));
    json_object_set_new(root, "cases", cases_json(model));
    json_object_set_new(root, "published", published_json(model));
    json_object_set_new(root, "campaigns", campaigns_json(model));
    json_object_set_new(root, "environments", environments_json(model));
    json_object_set_new(root, "broker_settings", broker_settings_json(model));
    json_object_set_new(root, "include_disturbed", json_boolean(model->include_disturbed));
    json_object_set_new(root, "conclusions_compared", json_integer((json_int_t)model->conclusion_count));
    json_object_set_new(root, "conclusions_changed", report_json_changed(model));
    json_object_set_new(root, "drift", report_json_drift(&model->drift));
    json_object_set_new(root, "warmups", report_json_warmups(model));
    json_object_set_new(root, "verification", report_json_verification(model));
    json_object_set_new(root, "validity", report_json_strings(&model->validity));
    json_object_set_new(root, "claims", report_claims_json(model));
    json_object_set_new(root, "history", report_history_json(history));
    char *bytes = json_dumps(root, JSON_INDENT(2) | JSON_SORT_KEYS | JSON_REAL_PRECISION(15));
    if (!bytes)
        abort(); /* only for want of memory: every string is clean UTF-8, every number finite */
    text_append(text, bytes);
    text_append_char(text, '\n');
    free(bytes);
    json_decref(root);
}

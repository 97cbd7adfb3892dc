/* SPDX-License-Identifier: Apache-2.0 */
/* An explanation for programs. An absent number is null. */
#include <math.h>

#include "report/explain_parts.h"
#include "report/json_parts.h"

#include "base/banned.h"

static json_t *metric_json(const struct explanation *e)
{
    static const char *const kinds[] = {
        [METRIC_KIND_MEDIAN] = "median",
        [METRIC_KIND_PERCENTILE] = "percentile",
        [METRIC_KIND_MAXIMUM] = "maximum",
        [METRIC_KIND_SUM] = "sum",
    };
    json_t *object = json_object();
    json_object_set_new(object, "name", report_json_string(e->metric));
    json_object_set_new(object, "title", json_string(e->document->title));
    json_object_set_new(object, "unit", json_string(e->document->unit));
    json_object_set_new(object, "shown_unit", json_string(metric_shown_unit(e->document)));
    json_object_set_new(object, "formula", json_string(e->document->formula));
    json_object_set_new(object, "symbols", json_string(e->document->symbols));
    json_object_set_new(object, "meaning", json_string(e->document->meaning));
    json_object_set_new(object, "kind", json_string(kinds[e->document->kind]));
    json_object_set_new(object, "percentile", report_json_real(e->percentile));
    return object;
}

static json_t *figure_json(const struct explanation *e)
{
    json_t *object = json_object();
    char *method = explanation_method(e);
    json_object_set_new(object, "shown", report_json_string(e->shown));
    json_object_set_new(object, "shown_range", report_json_string(e->shown_range));
    json_object_set_new(object, "value", report_json_real(e->value));
    json_object_set_new(object, "method", report_json_string(method));
    json_object_set_new(object, "trials", json_integer((json_int_t)e->counted));
    json_object_set_new(object, "records_merged", report_json_integer(e->records));
    json_object_set_new(object, "significant_digits", e->digits ? json_integer(e->digits) : json_null());
    json_object_set_new(object, "interval", e->figure ? report_json_interval(&e->interval) : json_null());
    json_object_set_new(object, "confidence", report_json_real(e->confidence));
    json_object_set_new(object, "lowest", report_json_real(e->figure ? e->figure->lowest : NAN));
    json_object_set_new(object, "highest", report_json_real(e->figure ? e->figure->highest : NAN));
    free(method);
    return object;
}

static json_t *trials_json(const struct explanation *e)
{
    json_t *array = json_array();
    for (size_t i = 0; i < e->trial_count; i++) {
        const struct explanation_trial *trial = &e->trials[i];
        const struct store_result_row *row = trial->row;
        json_t *object = json_object();
        json_object_set_new(object, "trial_id", report_json_integer(row->trial_id));
        json_object_set_new(object, "block", json_integer(row->block));
        json_object_set_new(object, "attempt", json_integer(row->attempt));
        json_object_set_new(object, "started_at", report_json_string(row->started_at));
        json_object_set_new(object, "campaign", report_json_integer(row->campaign_id));
        json_object_set_new(object, "environment", report_json_integer(row->environment_id));
        json_object_set_new(object, "status", report_json_string(row->status));
        json_object_set_new(object, "source", report_json_string(row->source));
        json_object_set_new(object, "cause", report_json_string(row->cause));
        json_object_set_new(object, "value", report_json_real(trial->value));
        json_object_set_new(object, "counted", json_boolean(trial->fate == EXPLAINED_COUNTED));
        json_object_set_new(object, "fate", json_string(explanation_fate_name(trial->fate)));
        json_object_set_new(object, "why", report_json_string(trial->why));
        json_object_set_new(object, "command_line", report_json_string(trial->command_line));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *ratio_json(const struct explanation *e)
{
    json_t *object = json_object(), *blocks = json_array();
    for (size_t i = 0; i < e->ratio.block_count; i++) {
        json_t *block = json_object();
        json_object_set_new(block, "block", json_integer(e->ratio.blocks[i].number));
        json_object_set_new(block, "value", report_json_real(e->ratio.blocks[i].own));
        json_object_set_new(block, "baseline", report_json_real(e->ratio.blocks[i].baseline));
        json_object_set_new(block, "ratio", report_json_real(e->ratio.blocks[i].ratio));
        json_array_append_new(blocks, block);
    }
    bool is_formed = e->ratio.baseline != NULL;
    json_object_set_new(object, "baseline", report_json_string(is_formed ? e->ratio.baseline->run->name : NULL));
    json_object_set_new(object, "none_because", report_json_string(e->ratio.why_none));
    json_object_set_new(object, "shown", report_json_string(e->ratio.shown));
    json_object_set_new(object, "shown_range", report_json_string(e->ratio.shown_spread));
    json_object_set_new(object, "interval", is_formed ? report_json_interval(&e->ratio.interval) : json_null());
    json_object_set_new(object, "blocks", blocks);
    return object;
}

static json_t *settings_json(const struct report_pair *pair)
{
    json_t *array = json_array();
    for (size_t i = 0; i < pair->setting_count; i++)
        json_array_append_new(array, report_json_setting(&pair->settings[i]));
    return array;
}

static json_t *topic_json(const struct experiment_case *c)
{
    json_t *object = json_object(), *config = json_object();
    for (size_t i = 0; i < c->topic_config.count; i++)
        json_object_set_new(config, c->topic_config.items[i].name, report_json_string(c->topic_config.items[i].value));
    json_object_set_new(object, "partitions", json_integer(c->partitions));
    json_object_set_new(object, "replication_factor", json_integer(c->replication_factor));
    json_object_set_new(object, "config", config);
    return object;
}

static json_t *campaigns_json(const struct explanation *e)
{
    json_t *array = json_array();
    for (size_t i = 0; i < e->campaign_count; i++)
        json_array_append_new(array, report_json_campaign(e->campaigns[i]));
    return array;
}

static json_t *environments_json(const struct explanation *e)
{
    json_t *array = json_array();
    for (size_t i = 0; i < e->environment_count; i++)
        json_array_append_new(array, report_json_environment(e->environments[i]));
    return array;
}

static json_t *differences_json(const struct explanation *e)
{
    json_t *array = json_array();
    for (size_t i = 0; i < e->difference_count; i++) {
        json_t *object = json_object();
        json_object_set_new(object, "name", report_json_string(e->differences[i].name));
        json_object_set_new(object, "values", report_json_strings(&e->differences[i].values));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *definition_json(const struct store_experiment_row *row)
{
    json_t *object = json_object();
    json_object_set_new(object, "version", report_json_string(row->version));
    json_object_set_new(object, "revision", json_integer(row->revision));
    json_object_set_new(object, "sha256", report_json_string(row->sha256));
    json_object_set_new(object, "git_commit", report_json_string(row->git_commit));
    json_object_set_new(object, "git_dirty", row->git_dirty < 0 ? json_null() : json_boolean(row->git_dirty));
    return object;
}

json_t *report_explain_json(const struct explanation *explanation)
{
    const struct report_pair *pair = explanation->pair;
    json_t *root = json_object();
    json_object_set_new(root, "case", report_json_string(pair->c->name));
    json_object_set_new(root, "run", report_json_string(pair->run->name));
    json_object_set_new(root, "definition", definition_json(&explanation->model->row));
    json_object_set_new(root, "include_disturbed", json_boolean(explanation->model->include_disturbed));
    json_object_set_new(root, "metric", metric_json(explanation));
    json_object_set_new(root, "figure", figure_json(explanation));
    json_object_set_new(root, "trials", trials_json(explanation));
    json_object_set_new(root, "ratio", ratio_json(explanation));
    json_object_set_new(root, "campaigns", campaigns_json(explanation));
    json_object_set_new(root, "environments", environments_json(explanation));
    json_object_set_new(root, "environments_differ_in", differences_json(explanation));
    json_object_set_new(root, "driver", report_json_string(pair->run->driver));
    json_object_set_new(root, "clients", report_json_strings(&pair->clients));
    json_object_set_new(root, "brokers", report_json_strings(&pair->brokers));
    json_object_set_new(root, "command_lines", report_json_strings(&explanation->command_lines));
    json_object_set_new(root, "settings", settings_json(pair));
    json_object_set_new(root, "own_settings", report_json_strings(&pair->own_settings));
    json_object_set_new(root, "topic", topic_json(pair->c));
    json_object_set_new(root, "sql", report_json_string(explanation->sql));
    return root;
}

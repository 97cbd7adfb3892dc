/* SPDX-License-Identifier: Apache-2.0 */
/* What in report.json says how far the figures can be trusted. */
#include "report/difference.h"
#include "report/json_parts.h"

#include "base/banned.h"

json_t *report_json_broken_rules(const struct report_pair *pair)
{
    json_t *object = json_object();
    for (size_t i = 0; i < pair->broken_rule_count; i++)
        json_object_set_new(object, pair->broken_rules[i].rule, json_integer(pair->broken_rules[i].trials));
    return object;
}

json_t *report_json_bottleneck(const struct report_pair *pair)
{
    const struct bottleneck_evidence *e = &pair->evidence;
    json_t *object = json_object();
    json_object_set_new(object, "verdict", json_string(bottleneck_name(pair->bottleneck)));
    json_object_set_new(object, "client_thread", report_json_real(e->client_thread));
    json_object_set_new(object, "client_cpu", report_json_real(e->client_cpu));
    json_object_set_new(object, "broker_idle", report_json_real(e->broker_idle));
    json_object_set_new(object, "machine_busy", report_json_real(e->machine_busy));
    json_object_set_new(object, "brokers_cpu", report_json_real(e->brokers_cpu));
    json_object_set_new(object, "others_cpu", report_json_real(e->others_cpu));
    json_object_set_new(object, "steal", report_json_real(e->steal));
    json_object_set_new(object, "disk_busy", report_json_real(e->disk_busy));
    json_object_set_new(object, "stall_io", report_json_real(e->stall_io));
    json_object_set_new(object, "rate_kept", report_json_real(e->rate_kept));
    return object;
}

json_t *report_json_differences(const struct report_case *report_case)
{
    struct differences differences;
    json_t *object = json_object();
    differences_find(report_case, &differences);
    json_object_set_new(object, "deciding", report_json_strings(&differences.deciding));
    json_object_set_new(object, "others", report_json_strings(&differences.others));
    differences_release(&differences);
    return object;
}

json_t *report_json_changed(const struct report_model *model)
{
    json_t *array = json_array();
    for (size_t i = 0; i < model->changed_count; i++) {
        const struct report_changed_conclusion *changed = &model->changed[i];
        json_t *object = json_object();
        json_object_set_new(object, "case", report_json_string(changed->pair->c->name));
        json_object_set_new(object, "run", report_json_string(changed->pair->run->name));
        json_object_set_new(object, "metric", json_string(report_metric_name(changed->metric)));
        json_object_set_new(object, "shown", json_integer(changed->shown));
        json_object_set_new(object, "otherwise", json_integer(changed->other));
        json_array_append_new(array, object);
    }
    return array;
}

json_t *report_json_drift(const struct drift *drift)
{
    json_t *object = json_object(), *blocks = json_array();
    for (size_t i = 0; i < drift->count; i++)
        json_array_append_new(blocks, report_json_real(drift->relative[i]));
    json_object_set_new(object, "relative_throughput", blocks);
    json_object_set_new(object, "change", report_json_real(drift->trend.change));
    json_object_set_new(object, "p_value", report_json_real(drift->trend.p_value));
    return object;
}

json_t *report_json_warmups(const struct report_model *model)
{
    json_t *array = json_array();
    for (size_t i = 0; i < model->warmup_count; i++) {
        const struct report_warmup *warmup = &model->warmups[i];
        json_t *object = json_object(), *rates = json_array();
        for (size_t j = 0; j < warmup->rate_count; j++)
            json_array_append_new(rates, report_json_real(warmup->rates[j]));
        json_object_set_new(object, "campaign", json_integer(warmup->campaign_id));
        json_object_set_new(object, "case", report_json_string(warmup->case_name));
        json_object_set_new(object, "run", report_json_string(warmup->run_name));
        json_object_set_new(object, "seconds", report_json_real(warmup->seconds));
        json_object_set_new(object, "window_s", report_json_real(warmup->window_s));
        json_object_set_new(object, "steady", json_boolean(warmup->steady));
        json_object_set_new(object, "records_per_sec", rates);
        json_array_append_new(array, object);
    }
    return array;
}

json_t *report_json_verification(const struct report_model *model)
{
    const struct store_verification *v = &model->verification;
    if (v->id == STORE_ABSENT)
        return json_null();
    json_t *object = json_object(), *points = json_array();
    for (size_t i = 0; i < v->point_count; i++) {
        json_t *point = json_object();
        json_object_set_new(point, "name", report_json_string(v->points[i].name));
        json_object_set_new(point, "truth", report_json_string(v->points[i].truth));
        json_object_set_new(point, "measured", report_json_string(v->points[i].measured));
        json_object_set_new(point, "verdict", report_json_string(v->points[i].verdict));
        json_object_set_new(point, "detail", report_json_string(v->points[i].detail));
        json_array_append_new(points, point);
    }
    json_object_set_new(object, "ran_at", report_json_string(v->ran_at));
    json_object_set_new(object, "kbench_version", report_json_string(v->kbench_version));
    json_object_set_new(object, "git_commit", report_json_string(v->git_commit));
    json_object_set_new(object, "same_machine",
                        model->verified_here < 0 ? json_null() : json_boolean(model->verified_here));
    json_object_set_new(object, "passed", json_boolean(v->passed));
    json_object_set_new(object, "points", points);
    return object;
}

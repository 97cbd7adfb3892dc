/* SPDX-License-Identifier: Apache-2.0 */
/* What stood around the trials, in JSON. */
#include "report/format.h"
#include "report/json_parts.h"

#include "base/banned.h"

json_t *report_json_setting(const struct report_setting *setting)
{
    json_t *object = json_object();
    json_object_set_new(object, "name", report_json_string(setting->canonical));
    json_object_set_new(object, "native", report_json_strings(&setting->natives));
    json_object_set_new(object, "requested", report_json_strings(&setting->requested));
    json_object_set_new(object, "in_force", report_json_strings(&setting->in_force));
    json_object_set_new(object, "applied", json_boolean(setting->applied));
    return object;
}

json_t *report_json_campaign(const struct store_campaign_row *row)
{
    json_t *object = json_object();
    json_object_set_new(object, "id", json_integer(row->id));
    json_object_set_new(object, "environment", report_json_integer(row->environment_id));
    json_object_set_new(object, "started_at", report_json_string(row->started_at));
    json_object_set_new(object, "ended_at", report_json_string(row->ended_at));
    json_object_set_new(object, "how", report_json_string(row->how));
    json_object_set_new(object, "command_line", report_json_string(row->command_line));
    json_object_set_new(object, "kbench_version", report_json_string(row->kbench_version));
    json_object_set_new(object, "seed", json_integer((json_int_t)row->seed));
    json_object_set_new(object, "trials_ok", report_json_integer(row->trials_ok));
    json_object_set_new(object, "trials_failed", report_json_integer(row->trials_failed));
    json_object_set_new(object, "trials_disturbed", report_json_integer(row->trials_disturbed));
    json_object_set_new(object, "trials_interrupted", report_json_integer(row->trials_interrupted));
    json_object_set_new(object, "cluster_s", report_json_real(row->cluster_s));
    json_object_set_new(object, "warmup_s", report_json_real(row->warmup_s));
    json_object_set_new(object, "measured_s", report_json_real(row->measured_s));
    json_object_set_new(object, "total_s", report_json_real(row->total_s));
    return object;
}

json_t *report_json_environment(const struct report_environment *environment)
{
    json_t *object = json_object(), *values = json_object();
    for (size_t i = 0; i < environment->names.count; i++) {
        struct text name = TEXT_INIT;
        format_clean(&name, environment->names.items[i]);
        json_object_set_new(values, name.bytes, report_json_string(environment->values.items[i]));
        text_release(&name);
    }
    json_object_set_new(object, "id", json_integer(environment->id));
    json_object_set_new(object, "values", values);
    return object;
}

json_t *report_json_published(const struct store_result_row *row)
{
    json_t *object = json_object();
    json_object_set_new(object, "case", report_json_string(row->case_name));
    json_object_set_new(object, "run", report_json_string(row->run_name));
    json_object_set_new(object, "records_sent", report_json_integer(row->records_sent));
    json_object_set_new(object, "records_per_sec", report_json_real(row->records_per_sec));
    json_object_set_new(object, "mb_per_sec", report_json_real(row->mb_per_sec));
    json_object_set_new(object, "latency_avg_ms", report_json_real(row->latency_avg_ms));
    json_object_set_new(object, "latency_p50_ms", report_json_real(row->latency_p50_ms));
    json_object_set_new(object, "latency_p95_ms", report_json_real(row->latency_p95_ms));
    json_object_set_new(object, "latency_p99_ms", report_json_real(row->latency_p99_ms));
    json_object_set_new(object, "latency_p999_ms", report_json_real(row->latency_p999_ms));
    json_object_set_new(object, "latency_max_ms", report_json_real(row->latency_max_ms));
    return object;
}

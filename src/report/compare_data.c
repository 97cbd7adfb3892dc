/* SPDX-License-Identifier: Apache-2.0 */
/* A comparison for programs: CSV and JSON. */
#include "report/compare.h"
#include "report/format.h"
#include "report/json_parts.h"

#include "base/banned.h"

void comparison_csv(const struct comparison *comparison, struct text *text)
{
    text_append(text,
                "version_a,revision_a,version_b,revision_b,case,run,metric,trials_a,trials_b,median_a,median_b,ratio,"
                "ratio_ci_low,ratio_ci_high,detectable,verdict,regression\n");
    for (size_t i = 0; i < comparison->pair_count; i++) {
        const struct comparison_pair *pair = &comparison->pairs[i];
        const double values[] = {pair->median_a.estimate, pair->median_b.estimate, pair->ratio.estimate,
                                 pair->ratio.low,         pair->ratio.high,        pair->detectable};
        text_append_format(text, "%s,%d,%s,%d,", comparison->a.row.version, comparison->a.row.revision,
                           comparison->b.row.version, comparison->b.row.revision);
        format_csv(text, pair->a->c->name);
        text_append_format(text, ",%s,%s,%zu,%zu", pair->a->run->name, comparison->metric, pair->median_a.n,
                           pair->median_b.n);
        format_csv_reals(text, values, sizeof values / sizeof *values);
        text_append_format(text, ",%s,%s\n", comparison_verdict(comparison, pair), pair->regressed ? "true" : "false");
    }
}

static json_t *side_json(const struct report_model *model)
{
    json_t *object = json_object();
    json_object_set_new(object, "version", report_json_string(model->row.version));
    json_object_set_new(object, "revision", json_integer(model->row.revision));
    json_object_set_new(object, "sha256", report_json_string(model->row.sha256));
    return object;
}

static json_t *pair_json(const struct comparison *comparison, const struct comparison_pair *pair)
{
    json_t *object = json_object();
    json_object_set_new(object, "case", report_json_string(pair->a->c->name));
    json_object_set_new(object, "run", report_json_string(pair->a->run->name));
    json_object_set_new(object, "a", report_json_interval(&pair->median_a));
    json_object_set_new(object, "b", report_json_interval(&pair->median_b));
    json_object_set_new(object, "ratio", report_json_interval(&pair->ratio));
    json_object_set_new(object, "detectable", report_json_real(pair->detectable));
    json_object_set_new(object, "verdict", json_string(comparison_verdict(comparison, pair)));
    json_object_set_new(object, "regression", json_boolean(pair->regressed));
    return object;
}

json_t *comparison_difference_json(const struct comparison_difference *difference)
{
    json_t *object = json_object();
    json_object_set_new(object, "kind", json_string(difference_kind_name(difference->kind)));
    json_object_set_new(object, "name", report_json_string(difference->name));
    json_object_set_new(object, "a", report_json_string(difference->a));
    json_object_set_new(object, "b", report_json_string(difference->b));
    json_object_set_new(object, "intended", json_boolean(difference->intended));
    return object;
}

json_t *comparison_json(const struct comparison *comparison)
{
    json_t *root = json_object(), *pairs = json_array(), *differences = json_array();
    for (size_t i = 0; i < comparison->pair_count; i++)
        json_array_append_new(pairs, pair_json(comparison, &comparison->pairs[i]));
    for (size_t i = 0; i < comparison->difference_count; i++)
        json_array_append_new(differences, comparison_difference_json(&comparison->differences[i]));
    json_object_set_new(root, "metric", json_string(comparison->metric));
    json_object_set_new(root, "a", side_json(&comparison->a));
    json_object_set_new(root, "b", side_json(&comparison->b));
    json_object_set_new(root, "differences", differences);
    json_object_set_new(root, "other_machine", json_boolean(comparison->other_machine));
    json_object_set_new(root, "judged", json_boolean(comparison->judged));
    json_object_set_new(root, "pairs", pairs);
    json_object_set_new(root, "only_a", report_json_strings(&comparison->only_a));
    json_object_set_new(root, "only_b", report_json_strings(&comparison->only_b));
    return root;
}

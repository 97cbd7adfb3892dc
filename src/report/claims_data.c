/* SPDX-License-Identifier: Apache-2.0 */
/* The claims for programs: CSV and JSON. */
#include "report/claims_write.h"
#include "report/format.h"
#include "report/json_parts.h"

#include "base/banned.h"

static void csv_side(struct text *text, const char *case_name, const char *run_name, const char *version,
                     const char *published)
{
    const char *const fields[] = {case_name, run_name, version, published};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        text_append_char(text, ',');
        format_csv(text, fields[i]);
    }
}

static void csv_row(const struct report_model *model, const struct report_claim *found, const char *basis,
                    const struct report_judgement *judgement, struct text *text)
{
    const struct claim *claim = found->claim;
    const struct interval *value = &judgement->value;
    if (!judgement->judged)
        return;
    format_csv(text, model->row.version);
    text_append_format(text, ",%d,", model->row.revision);
    format_csv(text, claim->name);
    text_append_char(text, ',');
    format_csv(text, claim->quote);
    text_append_format(text, ",%s", claim->metric);
    csv_side(text, claim->of_case, claim->of_run, claim->of_version, claim->of_published);
    csv_side(text, claim->to_case, claim->to_run, claim->to_version, claim->to_published);
    format_csv_reals(text, report_claim_bounds(claim), 2);
    text_append_format(text, ",%s,%s,%zu", basis, verdict_name(judgement->verdict), value->n);
    format_csv_reals(text, (const double[]){value->estimate, value->low, value->high}, 3);
    text_append_char(text, ',');
    format_csv(text, judgement->note);
    text_append_char(text, '\n');
}

void report_claims_csv(const struct report_model *model, struct text *text)
{
    text_append(
        text, "experiment,revision,claim,quote,metric,of_case,of_run,of_version,of_published,to_case,to_run,to_version,"
              "to_published,bound_low,bound_high,basis,verdict,trials,value,ci_low,ci_high,note\n");
    for (size_t i = 0; i < model->claim_count; i++) {
        csv_row(model, &model->claims[i], "measured", &model->claims[i].measured, text);
        csv_row(model, &model->claims[i], "published", &model->claims[i].published, text);
    }
}

static json_t *side_json(const char *case_name, const char *run_name, const char *version, const char *published)
{
    if (!case_name)
        return json_null();
    json_t *object = json_object();
    json_object_set_new(object, "case", report_json_string(case_name));
    json_object_set_new(object, "run", report_json_string(run_name));
    json_object_set_new(object, "version", report_json_string(version));
    json_object_set_new(object, "published", report_json_string(published));
    return object;
}

static json_t *judgement_json(const struct report_judgement *judgement)
{
    if (!judgement->judged)
        return json_null();
    json_t *object = json_object();
    json_object_set_new(object, "verdict", json_string(verdict_name(judgement->verdict)));
    json_object_set_new(object, "trials", json_integer((json_int_t)judgement->value.n));
    json_object_set_new(object, "value", report_json_real(judgement->value.estimate));
    json_object_set_new(object, "ci_low", report_json_real(judgement->value.low));
    json_object_set_new(object, "ci_high", report_json_real(judgement->value.high));
    json_object_set_new(object, "note", report_json_string(judgement->note));
    return object;
}

static json_t *claim_json(const struct report_claim *found)
{
    const struct claim *claim = found->claim;
    const double *bounds = report_claim_bounds(claim);
    json_t *object = json_object(), *within = json_array();
    json_array_append_new(within, report_json_real(bounds[0]));
    json_array_append_new(within, report_json_real(bounds[1]));
    json_object_set_new(object, "claim", report_json_string(claim->name));
    json_object_set_new(object, "quote", report_json_string(claim->quote));
    json_object_set_new(object, "metric", json_string(claim->metric));
    json_object_set_new(object, "of", side_json(claim->of_case, claim->of_run, claim->of_version, claim->of_published));
    json_object_set_new(object, "to", side_json(claim->to_case, claim->to_run, claim->to_version, claim->to_published));
    json_object_set_new(object, "within", within);
    json_object_set_new(object, "measured", judgement_json(&found->measured));
    json_object_set_new(object, "published", judgement_json(&found->published));
    json_object_set_new(object, "contradicts_post", json_boolean(report_claim_contradicts_post(found)));
    json_object_set_new(object, "cases_differ_in", report_json_strings(&found->differences));
    return object;
}

json_t *report_claims_json(const struct report_model *model)
{
    json_t *array = json_array();
    for (size_t i = 0; i < model->claim_count; i++)
        json_array_append_new(array, claim_json(&model->claims[i]));
    return array;
}

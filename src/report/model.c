/* SPDX-License-Identifier: Apache-2.0 */
#include "report/model.h"

#include <math.h>

#include "base/banned.h"

struct experiment *report_definition(const struct store_experiment_row *row, struct error *error)
{
    if (!row->canonical || !row->canonical[0]) {
        error_set(error, ERROR_INPUT, "version '%s' has no definition in the database, so there is no report of it",
                  row->version);
        return NULL;
    }
    struct error_list errors = {0};
    char *file = string_format("%s.yaml", row->version);
    struct experiment *experiment = experiment_parse(file, row->canonical, strlen(row->canonical), &errors);
    if (!experiment) {
        char line[sizeof errors.items[0].message + 600];
        error_set(error, ERROR_INPUT, "cannot read the definition of '%s' in the database: %s", row->version,
                  errors.count ? error_text(&errors.items[0], line, sizeof line) : "no reason given");
    }
    error_list_release(&errors);
    free(file);
    return experiment;
}

static bool load_case(struct store *store, struct report_model *model, int index, struct error *error)
{
    const struct experiment *experiment = model->experiment;
    struct report_case *report_case = &model->cases[index];
    report_case->c = &experiment->cases[index];
    report_case->pairs = memory_zeroed(experiment->pair_count + 1, sizeof *report_case->pairs);
    const struct report_pair *baseline = NULL;
    for (size_t i = 0; i < experiment->pair_count; i++) {
        if (experiment->pairs[i].case_index != index)
            continue;
        struct report_pair *pair = &report_case->pairs[report_case->pair_count++];
        pair->c = report_case->c;
        pair->run_index = experiment->pairs[i].run_index;
        pair->run = &experiment->runs[pair->run_index];
        pair->is_baseline = pair->run_index == model->baseline;
        if (!report_pair_load(store, model, pair, error))
            return false;
        if (pair->is_baseline)
            baseline = pair;
        report_case->has_trials = report_case->has_trials || pair->trial_count > 0;
    }
    for (size_t i = 0; baseline && i < report_case->pair_count; i++)
        if (&report_case->pairs[i] != baseline)
            report_pair_compare(model, &report_case->pairs[i], baseline);
    return true;
}

/* The table that the definition names, where the database holds it. */
static bool load_published(struct store *store, struct report_model *model, struct error *error)
{
    const char *published = model->experiment->report.published;
    return !published || store_read_published(store, published, &model->published, error);
}

static void empty(struct report_model *model)
{
    *model = (struct report_model){.baseline = -1, .verification = {.id = STORE_ABSENT}};
}

bool report_model_load(struct store *store, const char *version, struct report_model *model, struct error *error)
{
    return report_model_load_all(store, version, false, model, error);
}

bool report_model_load_all(struct store *store, const char *version, bool include_disturbed, struct report_model *model,
                           struct error *error)
{
    return report_model_load_revision(store, version, 0, include_disturbed, model, error);
}

bool report_model_load_revision(struct store *store, const char *version, int revision, bool include_disturbed,
                                struct report_model *model, struct error *error)
{
    empty(model);
    model->include_disturbed = include_disturbed;
    if (!store_read_experiment(store, version, revision, &model->row, error) ||
        !(model->experiment = report_definition(&model->row, error)) ||
        !store_read_results(store, model->row.id, &model->results, error) || !load_published(store, model, error) ||
        !store_read_disturbances(store, model->row.id, &model->disturbances, error))
        goto fail;
    if (model->experiment->report.baseline)
        model->baseline = experiment_find_run(model->experiment, model->experiment->report.baseline);
    model->cases = memory_zeroed(model->experiment->case_count, sizeof *model->cases);
    for (; model->case_count < model->experiment->case_count; model->case_count++)
        if (!load_case(store, model, (int)model->case_count, error)) {
            model->case_count++; /* what it has already is to be released */
            goto fail;
        }
    if (!report_context_load(store, model, error) || !report_instrument_load(store, model, error) ||
        !report_verification_load(store, model, error))
        goto fail;
    report_warmup_load(model);
    report_bottleneck_judge(model);
    report_drift_measure(model);
    report_conclusions_compare(model);
    report_validity_state(model);
    return true;
fail:
    report_model_release(model);
    return false;
}

void report_model_release(struct report_model *model)
{
    for (size_t i = 0; i < model->case_count; i++) {
        for (size_t j = 0; j < model->cases[i].pair_count; j++)
            report_pair_release(&model->cases[i].pairs[j]);
        free(model->cases[i].pairs);
        string_list_release(&model->cases[i].at_ceiling);
    }
    free(model->cases);
    report_context_release(model);
    report_instrument_release(model);
    report_warmup_release(model);
    drift_release(&model->drift);
    free(model->changed);
    report_claims_release(model);
    string_list_release(&model->validity);
    store_verification_release(&model->verification);
    store_disturbance_rows_release(&model->disturbances);
    store_result_rows_release(&model->results);
    store_result_rows_release(&model->published);
    experiment_free(model->experiment);
    store_experiment_row_release(&model->row);
    empty(model);
}

const struct report_pair *report_model_find_pair(const struct report_model *model, const char *case_name,
                                                 const char *run_name)
{
    for (size_t i = 0; i < model->case_count; i++)
        for (size_t j = 0; j < model->cases[i].pair_count; j++) {
            const struct report_pair *pair = &model->cases[i].pairs[j];
            if (string_equal(pair->c->name, case_name) && string_equal(pair->run->name, run_name))
                return pair;
        }
    return NULL;
}

struct store_summary *report_model_summaries(const struct report_model *model, size_t *count)
{
    struct store_summary *rows = memory_zeroed(model->experiment->pair_count * METRIC_COUNT + 1, sizeof *rows);
    *count = 0;
    for (size_t i = 0; i < model->case_count; i++)
        for (size_t j = 0; j < model->cases[i].pair_count; j++)
            for (int metric = 0; metric < METRIC_COUNT; metric++) {
                const struct report_pair *pair = &model->cases[i].pairs[j];
                const struct report_figure *figure = &pair->metrics[metric];
                if (figure->value.n == 0)
                    continue;
                rows[(*count)++] = (struct store_summary){
                    .case_name = pair->c->name,
                    .run_name = pair->run->name,
                    .metric = report_metric_name((enum report_metric)metric),
                    .trials = (int)figure->value.n,
                    .median = figure->value.estimate,
                    .ci_low = figure->value.low,
                    .ci_high = figure->value.high,
                    .relative_to = figure->ratio.n ? model->experiment->report.baseline : NULL,
                    .ratio = figure->ratio.n ? figure->ratio.estimate : NAN,
                    .ratio_ci_low = figure->ratio.n ? figure->ratio.low : NAN,
                    .ratio_ci_high = figure->ratio.n ? figure->ratio.high : NAN,
                };
            }
    return rows;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Where the sides of claims have their figures from. */
#include <math.h>

#include "report/claims_parts.h"

#include "base/banned.h"

static void none(struct claim_figures *figures, char *why)
{
    *figures = (struct claim_figures){.kind = FIGURES_NONE, .why = why, .point = NAN};
}

/* The newest revision of a version, loaded once. *model NULL: it is not in the database. */
static bool find_version(struct claim_sources *sources, const char *version, const struct report_model **model,
                         struct error *error)
{
    for (size_t i = 0; i < sources->version_count; i++)
        if (string_equal(sources->versions[i].version, version)) {
            *model = sources->versions[i].model;
            return true;
        }
    struct report_model *loaded = NULL;
    if (store_find_experiment(sources->store, version) != STORE_ABSENT) {
        loaded = memory_zeroed(1, sizeof *loaded);
        if (!report_model_load_all(sources->store, version, sources->own->include_disturbed, loaded, error))
            return free(loaded), false;
    }
    sources->versions = memory_resized(sources->versions, sources->version_count + 1, sizeof *sources->versions);
    sources->versions[sources->version_count++] = (struct claim_version){string_copy(version), loaded};
    *model = loaded;
    return true;
}

static bool find_table(struct claim_sources *sources, const char *version, const struct store_result_rows **rows,
                       struct error *error)
{
    struct claim_table table = {0};
    for (size_t i = 0; i < sources->table_count; i++)
        if (string_equal(sources->tables[i].version, version)) {
            *rows = &sources->tables[i].rows;
            return true;
        }
    if (!store_read_published(sources->store, version, &table.rows, error))
        return false;
    table.version = string_copy(version);
    sources->tables = memory_resized(sources->tables, sources->table_count + 1, sizeof *sources->tables);
    sources->tables[sources->table_count++] = table;
    *rows = &sources->tables[sources->table_count - 1].rows;
    return true;
}

void claim_sources_release(struct claim_sources *sources)
{
    for (size_t i = 0; i < sources->version_count; i++) {
        if (sources->versions[i].model)
            report_model_release(sources->versions[i].model);
        free(sources->versions[i].model);
        free(sources->versions[i].version);
    }
    for (size_t i = 0; i < sources->table_count; i++) {
        store_result_rows_release(&sources->tables[i].rows);
        free(sources->tables[i].version);
    }
    free(sources->versions);
    free(sources->tables);
}

static bool read_trials(struct store *store, const struct report_model *model, const struct claim_side *side,
                        const char *metric, struct claim_figures *figures, struct error *error)
{
    const struct report_pair *pair = report_model_find_pair(model, side->case_name, side->run_name);
    if (!pair || pair->trial_count == 0) {
        none(figures, string_format("there is no trial of %s/%s in version '%s' that counts", side->case_name,
                                    side->run_name, model->row.version));
        return true;
    }
    *figures =
        (struct claim_figures){.kind = FIGURES_TRIALS, .model = model, .trials = pair->trial_count, .point = NAN};
    if (!sample_read(store, pair, metric, &figures->sample, error))
        return false;
    if (figures->sample.count == 0) {
        claim_figures_release(figures);
        none(figures, string_format("no trial of %s/%s has %s", side->case_name, side->run_name, metric));
    }
    return true;
}

static bool read_point(struct claim_sources *sources, const struct claim_side *side, const char *version,
                       const char *metric, struct claim_figures *figures, struct error *error)
{
    const struct store_result_rows *rows;
    const struct store_result_row *found = NULL;
    if (!find_table(sources, version, &rows, error))
        return false;
    for (size_t i = 0; i < rows->count; i++) {
        const struct store_result_row *row = &rows->items[i];
        if (!string_equal(row->case_name, side->case_name) || !string_equal(row->run_name, side->run_name))
            continue;
        if (found) {
            none(figures,
                 string_format("two sources published %s/%s as '%s'", side->case_name, side->run_name, version));
            return true;
        }
        found = row;
    }
    double point = found ? sample_value_of_row(found, metric) : NAN;
    *figures = (struct claim_figures){.kind = FIGURES_POINT,
                                      .point = point,
                                      .is_printed = found && string_equal(found->source, "tool")};
    if (rows->count == 0)
        none(figures,
             string_format("the published table '%s' is not in the database; 'kbench import' takes it in", version));
    else if (!isfinite(point))
        none(figures, string_format("the published table '%s' has no %s of %s/%s", version, metric, side->case_name,
                                    side->run_name));
    return true;
}

bool claim_figures_measured(struct claim_sources *sources, const struct claim_side *side, const char *metric,
                            struct claim_figures *figures, struct error *error)
{
    const struct report_model *model = sources->own;
    if (side->published)
        return read_point(sources, side, side->published, metric, figures, error);
    if (side->version && !find_version(sources, side->version, &model, error))
        return false;
    if (model)
        return read_trials(sources->store, model, side, metric, figures, error);
    none(figures, string_format("there is no version '%s' in the database", side->version));
    return true;
}

bool claim_figures_published(struct claim_sources *sources, const struct claim_side *side, const char *metric,
                             struct claim_figures *figures, struct error *error)
{
    const char *table = side->published  ? side->published
                        : !side->version ? sources->own->experiment->report.published
                                         : NULL;
    if (table)
        return read_point(sources, side, table, metric, figures, error);
    none(figures, NULL);
    return true;
}

void claim_figures_release(struct claim_figures *figures)
{
    sample_release(&figures->sample);
    free(figures->why);
    *figures = (struct claim_figures){.kind = FIGURES_NONE};
}

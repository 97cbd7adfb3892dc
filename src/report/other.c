/* SPDX-License-Identifier: Apache-2.0 */
#include "report/other.h"

#include "base/banned.h"

static bool was_measured(const struct report_model *model)
{
    for (size_t i = 0; i < model->case_count; i++)
        if (model->cases[i].has_trials)
            return true;
    return false;
}

static bool is_known(struct store *store, const char *version, int revision)
{
    struct store_experiment_row row;
    bool known = store_read_experiment(store, version, revision, &row, NULL);
    store_experiment_row_release(&row);
    return known;
}

/* Leaves the model empty where the database does not hold that version, or no trial of it counts. */
static bool load(struct store *store, const char *version, int revision, bool include_disturbed,
                 struct report_model *other, struct error *error)
{
    if (!is_known(store, version, revision))
        return true;
    if (!report_model_load_revision(store, version, revision, include_disturbed, other, error))
        return false;
    if (!was_measured(other))
        report_model_release(other);
    return true;
}

bool report_other_load(struct store *store, const struct report_model *model, struct report_model *other,
                       struct error *error)
{
    const char *superseded = model->experiment->supersedes;
    *other = (struct report_model){.baseline = -1};
    if (superseded && !load(store, superseded, 0, model->include_disturbed, other, error))
        return false;
    if (other->experiment || model->row.revision <= 1)
        return true;
    return load(store, model->row.version, model->row.revision - 1, model->include_disturbed, other, error);
}

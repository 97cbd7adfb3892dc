/* SPDX-License-Identifier: Apache-2.0 */
/* Medians, intervals and ratios, as the report has computed them. */
#include "store/database.h"

#include "base/banned.h"

static const struct column columns[] = {
    COLUMN(struct store_summary, metric),        COLUMN(struct store_summary, trials),
    COLUMN(struct store_summary, median),        COLUMN(struct store_summary, ci_low),
    COLUMN(struct store_summary, ci_high),       COLUMN(struct store_summary, relative_to),
    COLUMN(struct store_summary, ratio),         COLUMN(struct store_summary, ratio_ci_low),
    COLUMN(struct store_summary, ratio_ci_high), COLUMNS_END,
};

static bool find_part(struct store *store, const char *sql, int64_t experiment_id, const char *name, int64_t *id,
                      struct error *error)
{
    if (!store_lookup(store, sql, STORE_VALUES(value_integer(experiment_id), value_text(name)), id, error))
        return false;
    return *id != STORE_ABSENT ||
           error_set(error, ERROR_UNAVAILABLE, "the experiment has neither case nor run '%s'", name);
}

static bool put_summary(struct store *store, int64_t experiment_id, const struct store_summary *row,
                        struct error *error)
{
    int64_t case_id, run_id;
    if (!find_part(store, "SELECT id FROM experiment_case WHERE experiment_id = ? AND name = ?", experiment_id,
                   row->case_name, &case_id, error) ||
        !find_part(store, "SELECT id FROM run WHERE experiment_id = ? AND name = ?", experiment_id, row->run_name,
                   &run_id, error))
        return false;
    const struct row_key keys[] = {{"experiment_id", experiment_id}, {"case_id", case_id}, {"run_id", run_id}};
    const struct insertion insertion = {.table = "summary",
                                        .keys = keys,
                                        .key_count = 3,
                                        .columns = columns,
                                        .rows = row,
                                        .row_size = sizeof *row,
                                        .count = 1};
    return store_insert(store, &insertion, error);
}

bool store_put_summaries(struct store *store, int64_t experiment_id, const struct store_summary *rows, size_t count,
                         struct error *error)
{
    if (!store_begin(store, error))
        return false;
    bool ok = store_run(store, "DELETE FROM summary WHERE experiment_id = ?",
                        STORE_VALUES(value_integer(experiment_id)), error);
    for (size_t i = 0; ok && i < count; i++)
        ok = put_summary(store, experiment_id, &rows[i], error);
    return store_finish(store, ok, error);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Which of the definition's rules the trials of an experiment broke; trial.c writes them. */
#include "store/database.h"

#include "base/banned.h"

static const struct column columns[] = {
    COLUMN_AS(struct store_disturbance_row, trial_id, "d.trial_id"),
    COLUMN_AS(struct store_disturbance_row, rule, "d.rule"),
    COLUMN_AS(struct store_disturbance_row, measured, "d.measured"),
    COLUMN_AS(struct store_disturbance_row, bound, "d.bound"),
    COLUMNS_END,
};

bool store_read_disturbances(struct store *store, int64_t experiment_id, struct store_disturbance_rows *rows,
                             struct error *error)
{
    static const struct selection selection = {columns,
                                               "FROM trial_disturbance d JOIN trial t ON t.id = d.trial_id "
                                               "JOIN campaign g ON g.id = t.campaign_id WHERE g.experiment_id = ? "
                                               "ORDER BY d.trial_id, d.rule",
                                               sizeof(struct store_disturbance_row)};
    void *items;
    bool ok = store_select(store, &selection, STORE_VALUES(value_integer(experiment_id)), &items, &rows->count, error);
    rows->items = items;
    return ok;
}

void store_disturbance_rows_release(struct store_disturbance_rows *rows)
{
    store_rows_free(columns, rows->items, sizeof *rows->items, rows->count);
    *rows = (struct store_disturbance_rows){0};
}

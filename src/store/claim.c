/* SPDX-License-Identifier: Apache-2.0 */
/* What was found of the claims of an experiment. */
#include "store/database.h"

#include "base/banned.h"

static const struct column columns[] = {
    COLUMN(struct store_claim_verdict, basis),  COLUMN(struct store_claim_verdict, verdict),
    COLUMN(struct store_claim_verdict, trials), COLUMN(struct store_claim_verdict, value),
    COLUMN(struct store_claim_verdict, ci_low), COLUMN(struct store_claim_verdict, ci_high),
    COLUMN(struct store_claim_verdict, note),   COLUMNS_END,
};

static bool put_verdict(struct store *store, int64_t experiment_id, const struct store_claim_verdict *row,
                        struct error *error)
{
    int64_t claim_id;
    if (!store_lookup(store, "SELECT id FROM claim WHERE experiment_id = ? AND name = ?",
                      STORE_VALUES(value_integer(experiment_id), value_text(row->claim)), &claim_id, error))
        return false;
    if (claim_id == STORE_ABSENT)
        return error_set(error, ERROR_UNAVAILABLE, "the experiment has no claim '%s'", row->claim);
    const struct row_key keys[] = {{"claim_id", claim_id}};
    const struct insertion insertion = {.table = "claim_verdict",
                                        .keys = keys,
                                        .key_count = 1,
                                        .columns = columns,
                                        .rows = row,
                                        .row_size = sizeof *row,
                                        .count = 1};
    return store_insert(store, &insertion, error);
}

bool store_put_claim_verdicts(struct store *store, int64_t experiment_id, const struct store_claim_verdict *rows,
                              size_t count, struct error *error)
{
    if (!store_begin(store, error))
        return false;
    bool ok =
        store_run(store, "DELETE FROM claim_verdict WHERE claim_id IN (SELECT id FROM claim WHERE experiment_id = ?)",
                  STORE_VALUES(value_integer(experiment_id)), error);
    for (size_t i = 0; ok && i < count; i++)
        ok = put_verdict(store, experiment_id, &rows[i], error);
    return store_finish(store, ok, error);
}

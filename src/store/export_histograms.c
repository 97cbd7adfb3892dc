/* SPDX-License-Identifier: Apache-2.0 */
/* The histograms of trials in the order of time. */
#include <math.h>

#include "store/export_scope.h"
#include "store/query.h"

#include "base/banned.h"

/* Payloads are large: the trials are put in order without them. */
#define TRIAL_COLUMNS "trial_id, case_name, run_name, status, started_at, trial, attempt, setup_s, warmup_s, duration_s"
#define TRIAL_ORDER "started_at, trial_id"

static const char *text_of(sqlite3_stmt *statement, int column)
{
    return (const char *)sqlite3_column_text(statement, column);
}

static double real_of(sqlite3_stmt *statement, int column)
{
    return sqlite3_column_type(statement, column) == SQLITE_NULL ? (double)NAN
                                                                 : sqlite3_column_double(statement, column);
}

static bool take_trial(struct store *store, sqlite3_stmt *trial, sqlite3_stmt *payloads, store_histogram_taker *take,
                       void *context, struct error *error)
{
    struct store_histogram_row row = {
        .trial_id = sqlite3_column_int64(trial, 0),
        .case_name = text_of(trial, 1),
        .run_name = text_of(trial, 2),
        .status = text_of(trial, 3),
        .started_at = text_of(trial, 4),
        .block = sqlite3_column_int(trial, 5),
        .attempt = sqlite3_column_int(trial, 6),
        .setup_s = real_of(trial, 7),
        .warmup_s = real_of(trial, 8),
        .duration_s = real_of(trial, 9),
    };
    int code;
    sqlite3_reset(payloads);
    sqlite3_bind_int64(payloads, 1, row.trial_id);
    while ((code = sqlite3_step(payloads)) == SQLITE_ROW) {
        row.role = text_of(payloads, 0);
        row.payload = text_of(payloads, 1);
        if (!take(context, &row, error))
            return false;
    }
    return export_ended(store, code, error);
}

bool store_export_histograms(struct store *store, const struct store_filter *filter, store_histogram_taker *take,
                             void *context, struct error *error)
{
    struct export_scope scope;
    if (!export_scope_find(store, filter, &scope, error))
        return false;
    if (!scope.trials)
        return true;
    int code = SQLITE_DONE;
    query_heed_interrupts(store->db, true);
    sqlite3_stmt *trials = export_prepare(store, &scope, false, TRIAL_COLUMNS, TRIAL_ORDER, error);
    sqlite3_stmt *payloads =
        store_prepare(store, "SELECT role, payload FROM trial_latency WHERE trial_id = ? ORDER BY role DESC",
                      STORE_NO_VALUES, error);
    bool ok = trials && payloads;
    while (ok && (code = sqlite3_step(trials)) == SQLITE_ROW)
        ok = take_trial(store, trials, payloads, take, context, error);
    ok = ok && export_ended(store, code, error);
    sqlite3_finalize(trials);
    sqlite3_finalize(payloads);
    query_heed_interrupts(store->db, false);
    return ok;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "store/provenance.h"

#include "store/database.h"

#include "base/banned.h"

static const struct column line_columns[] = {
    COLUMN_AS(struct store_command_line, trial_id, "t.id"),
    COLUMN_AS(struct store_command_line, command_line, "t.command_line"),
    COLUMNS_END,
};

bool store_read_command_lines(struct store *store, int64_t experiment_id, const char *case_name, const char *run_name,
                              struct store_command_lines *lines, struct error *error)
{
    static const struct selection selection =
        {line_columns,
         "FROM trial t WHERE t.case_id = (SELECT id FROM experiment_case WHERE experiment_id = ?1 AND name = ?2) "
         "AND t.run_id = (SELECT id FROM run WHERE experiment_id = ?1 AND name = ?3) ORDER BY t.id",
         sizeof(struct store_command_line)};
    void *items;
    bool ok = store_select(store, &selection,
                           STORE_VALUES(value_integer(experiment_id), value_text(case_name), value_text(run_name)),
                           &items, &lines->count, error);
    lines->items = items;
    return ok;
}

void store_command_lines_release(struct store_command_lines *lines)
{
    store_rows_free(line_columns, lines->items, sizeof *lines->items, lines->count);
    *lines = (struct store_command_lines){0};
}

/* Beside max() SQLite takes the other columns from the row that has the maximum: the last attempt of the block. */
char *store_trials_sql(const struct store_experiment_row *experiment, const char *case_name, const char *run_name,
                       const char *column, bool include_disturbed)
{
    char *formatted = sqlite3_mprintf(
        "SELECT trial, %s, trial_id, %s FROM results WHERE experiment = %Q AND revision = %d AND case_name = %Q AND "
        "run_name = %Q AND %s",
        include_disturbed ? "attempt" : "max(attempt) AS attempt",
        column ? column : "(SELECT payload FROM trial_latency l WHERE l.trial_id = results.trial_id) AS histogram",
        experiment->version, experiment->revision, case_name, run_name,
        include_disturbed ? "status IN ('ok', 'disturbed') ORDER BY trial, attempt"
                          : "status = 'ok' GROUP BY trial ORDER BY trial");
    if (!formatted)
        abort(); /* only for want of memory */
    char *sql = string_copy(formatted);
    sqlite3_free(formatted);
    return sql;
}

char *store_read_as_written(struct store *store, int64_t experiment_id, struct error *error)
{
    sqlite3_stmt *statement = store_prepare(store, "SELECT as_written FROM experiment WHERE id = ?",
                                            STORE_VALUES(value_integer(experiment_id)), error);
    if (!statement)
        return NULL;
    char *text = NULL;
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        text = string_copy((const char *)sqlite3_column_text(statement, 0));
    else if (code == SQLITE_DONE)
        error_set(error, ERROR_INPUT, "'%s' has no experiment %lld", store->path, (long long)experiment_id);
    else
        store_fail(store, "read the database", error);
    sqlite3_finalize(statement);
    return text;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The view `results` as CSV and as JSON lines. */
#include "store/export_scope.h"
#include "store/query.h"

#include "base/banned.h"

/* In the order in which trials are stored: nothing has to be sorted for it. */
#define TRIAL_ORDER "trial_id"
#define PUBLISHED_ORDER "experiment, case_name, run_name, published_in"

/* What is done with the rows of one of the two queries; `first` of them is the first that is asked. */
typedef bool row_writer(struct store *store, sqlite3_stmt *statement, bool first, void *context, struct error *error);

static bool write_rows(struct store *store, const struct store_filter *filter, row_writer *write, void *context,
                       struct error *error)
{
    struct export_scope scope;
    if (!export_scope_find(store, filter, &scope, error))
        return false;
    bool ok = true, first = true;
    query_heed_interrupts(store->db, true);
    for (int i = 0; ok && i < 2; i++) {
        bool published = i == 1;
        if (!(published ? scope.published : scope.trials))
            continue;
        sqlite3_stmt *statement =
            export_prepare(store, &scope, published, "*", published ? PUBLISHED_ORDER : TRIAL_ORDER, error);
        ok = statement && write(store, statement, first, context, error);
        sqlite3_finalize(statement);
        first = false;
    }
    query_heed_interrupts(store->db, false);
    return ok;
}

static bool write_csv(struct store *store, sqlite3_stmt *statement, bool first, void *context, struct error *error)
{
    FILE *file = context;
    if (first)
        query_write_csv_names(statement, file);
    int code = query_write_csv_rows(statement, file);
    return ferror(file) || export_ended(store, code, error);
}

bool store_export_csv(struct store *store, const struct store_filter *filter, void *file, struct error *error)
{
    return write_rows(store, filter, write_csv, file, error);
}

/* ---- JSON lines ---- */

/* What belongs to a trial, by the name of its table. */
static const struct part {
    const char *name, *sql;
} parts[] = {
    {"trial_setting", "SELECT canonical, native, requested, in_force, applied FROM trial_setting WHERE trial_id = ? "
                      "ORDER BY position"},
    {"trial_disturbance", "SELECT rule, measured, bound FROM trial_disturbance WHERE trial_id = ? ORDER BY rule"},
    {"trial_event", "SELECT offset_ms, kind, message FROM trial_event WHERE trial_id = ? ORDER BY position"},
    {"trial_interval", "SELECT interval_ms, offset_ms, records, bytes, failed, p50_ns, p99_ns, max_ns, client_cpu_s, "
                       "broker_cpu_s, steal_percent FROM trial_interval WHERE trial_id = ? "
                       "ORDER BY interval_ms, offset_ms"},
};
#define PART_COUNT (sizeof parts / sizeof *parts)
#define PART_COUNT_WITHOUT_INTERVALS (PART_COUNT - 1)

struct lines {
    FILE *file;
    sqlite3_stmt *parts[PART_COUNT]; /* prepared once for all trials */
    size_t part_count;
    struct text value;
};

static bool write_part(struct store *store, struct lines *lines, size_t part, int64_t trial_id, struct error *error)
{
    sqlite3_stmt *statement = lines->parts[part];
    int code;
    sqlite3_reset(statement);
    sqlite3_bind_int64(statement, 1, trial_id);
    fprintf(lines->file, ",\"%s\":[", parts[part].name);
    for (const char *before = "{"; (code = sqlite3_step(statement)) == SQLITE_ROW; before = ",{") {
        fputs(before, lines->file);
        query_write_json_members(statement, &lines->value, lines->file);
        fputc('}', lines->file);
    }
    fputc(']', lines->file);
    return export_ended(store, code, error);
}

static int find_column(sqlite3_stmt *statement, const char *name)
{
    int column = 0;
    while (!string_equal(sqlite3_column_name(statement, column), name))
        column++;
    return column;
}

static bool write_lines(struct store *store, sqlite3_stmt *statement, bool first, void *context, struct error *error)
{
    (void)first;
    struct lines *lines = context;
    int trial_id = find_column(statement, "trial_id"), code = SQLITE_DONE;
    bool ok = true;
    while (ok && !ferror(lines->file) && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        fputc('{', lines->file);
        query_write_json_members(statement, &lines->value, lines->file);
        bool is_trial = sqlite3_column_type(statement, trial_id) != SQLITE_NULL;
        for (size_t i = 0; ok && is_trial && i < lines->part_count; i++)
            ok = write_part(store, lines, i, sqlite3_column_int64(statement, trial_id), error);
        fputs("}\n", lines->file);
    }
    return ok && (ferror(lines->file) || export_ended(store, code, error));
}

bool store_export_json_lines(struct store *store, const struct store_filter *filter, bool intervals, void *file,
                             struct error *error)
{
    struct lines lines = {.file = file,
                          .part_count = intervals ? PART_COUNT : PART_COUNT_WITHOUT_INTERVALS,
                          .value = TEXT_INIT};
    bool ok = true;
    for (size_t i = 0; ok && i < lines.part_count; i++)
        ok = (lines.parts[i] = store_prepare(store, parts[i].sql, STORE_NO_VALUES, error)) != NULL;
    ok = ok && write_rows(store, filter, write_lines, &lines, error);
    for (size_t i = 0; i < lines.part_count; i++)
        sqlite3_finalize(lines.parts[i]);
    text_release(&lines.value);
    return ok;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "store/load.h"

#include <ctype.h>

#include "base/file.h"
#include "base/interrupt.h"
#include "store/database.h"

#include "base/banned.h"

#define TEXT_LIMIT_BYTES (256L << 20)
/* A few lines of SQL can ask for any number of rows. */
#define PAGES_MAX "1048576"
enum { STEPS_BETWEEN_QUESTIONS = 100000 };

static bool is_one_of(const char *name, const char *const *names)
{
    for (; name && *names; names++)
        if (sqlite3_stricmp(name, *names) == 0)
            return true;
    return false;
}

static int authorize(void *context, int action, const char *first, const char *second, const char *database,
                     const char *trigger)
{
    static const char *const pragmas[] = {"application_id", "user_version", "foreign_keys", NULL};
    static const char *const functions[] = {"length", "json_valid", "nullif", "char", NULL};
    static const char *const schema[] = {"sqlite_master", "sqlite_schema", NULL};
    (void)trigger;
    bool allowed = false;
    switch (action) {
    case SQLITE_CREATE_TABLE:
    case SQLITE_CREATE_INDEX:
    case SQLITE_CREATE_VIEW:
    case SQLITE_REINDEX: /* part of making an index */
    case SQLITE_INSERT: allowed = sqlite3_stricmp(database, "main") == 0; break;
    case SQLITE_UPDATE: allowed = is_one_of(first, schema); break; /* part of making a table */
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_TRANSACTION: allowed = true; break;
    case SQLITE_PRAGMA: allowed = is_one_of(first, pragmas); break;
    case SQLITE_FUNCTION: allowed = is_one_of(second, functions); break;
    default: break;
    }
    *(bool *)context = *(bool *)context || !allowed;
    return allowed ? SQLITE_OK : SQLITE_DENY;
}

static int ask_to_stop(void *context)
{
    (void)context;
    return interrupt_count() > 0;
}

static bool open_new(struct store *store, bool *refused, struct error *error)
{
    if (sqlite3_open_v2(store->path, &store->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) != SQLITE_OK)
        return store_fail(store, "make the database", error);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_progress_handler(store->db, STEPS_BETWEEN_QUESTIONS, ask_to_stop, NULL);
    /* Nobody else sees the file, and it does not outlive this process. */
    bool ok =
        store_script(store, "PRAGMA synchronous = OFF; PRAGMA max_page_count = " PAGES_MAX, "make the database", error);
    sqlite3_set_authorizer(store->db, authorize, refused);
    return ok;
}

static bool fail_statement(const struct store *store, const char *sql_path, int line, bool refused, struct error *error)
{
    int code = sqlite3_errcode(store->db);
    if (code == SQLITE_INTERRUPT)
        return error_set(error, ERROR_INTERRUPTED, "interrupted");
    if (code == SQLITE_IOERR || code == SQLITE_CANTOPEN)
        return store_fail(store, "write to the database", error);
    if (refused)
        return error_set_at(error, sql_path, line, 1,
                            "only tables, indexes, views and rows are taken from the text of a database, not this "
                            "statement (%s)",
                            sqlite3_errmsg(store->db));
    return error_set_at(error, sql_path, line, 1, "%s", sqlite3_errmsg(store->db));
}

static bool run_statements(struct store *store, const char *sql_path, const char *sql, const bool *refused,
                           struct error *error)
{
    int line = 1;
    while (*sql) {
        sqlite3_stmt *statement;
        const char *rest;
        for (; isspace((unsigned char)*sql); sql++)
            line += *sql == '\n';
        int code = sqlite3_prepare_v2(store->db, sql, -1, &statement, &rest);
        while (code == SQLITE_OK && statement && (code = sqlite3_step(statement)) == SQLITE_ROW)
            code = SQLITE_OK;
        sqlite3_finalize(statement);
        if (code != SQLITE_OK && code != SQLITE_DONE)
            return fail_statement(store, sql_path, line, *refused, error);
        for (; sql < rest; sql++)
            line += *sql == '\n';
    }
    return true;
}

bool load_sql(const char *sql_path, const char *path, struct error *error)
{
    struct text sql = TEXT_INIT;
    struct store store = {.path = string_copy(path)};
    bool refused = false;
    bool ok = file_read(sql_path, TEXT_LIMIT_BYTES, &sql, error) && open_new(&store, &refused, error) &&
              run_statements(&store, sql_path, sql.bytes, &refused, error);
    if (ok && !sqlite3_get_autocommit(store.db))
        ok = error_set(error, ERROR_INPUT, "'%s' ends in the middle: its last COMMIT is missing", sql_path);
    sqlite3_close(store.db);
    free(store.path);
    text_release(&sql);
    return ok;
}

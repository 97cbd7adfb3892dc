/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kbench sql: one query, and only a query. The connection is read-only, but that alone would let ATTACH and VACUUM INTO make
 * other files: so a statement is also looked at before it runs.
 */
#include "store/query.h"

#include "base/interrupt.h"
#include "store/database.h"

#include "base/banned.h"

/* Pragmas that only tell something; the first list takes an argument that says of what. */
static bool is_telling_pragma(const char *name, const char *argument)
{
    static const char *const with_argument[] = {"table_info",       "table_xinfo",       "table_list",
                                                "index_list",       "index_info",        "index_xinfo",
                                                "foreign_key_list", "foreign_key_check", "integrity_check",
                                                "quick_check"};
    static const char *const without[] = {"user_version",  "application_id", "schema_version", "journal_mode",
                                          "page_count",    "page_size",      "encoding",       "foreign_keys",
                                          "synchronous",   "database_list",  "freelist_count", "compile_options",
                                          "function_list", "pragma_list",    "collation_list"};
    for (size_t i = 0; i < sizeof with_argument / sizeof *with_argument; i++)
        if (sqlite3_stricmp(name, with_argument[i]) == 0)
            return true;
    for (size_t i = 0; !argument && i < sizeof without / sizeof *without; i++)
        if (sqlite3_stricmp(name, without[i]) == 0)
            return true;
    return false;
}

/* What SQLite does not count as writing, or lets a read-only connection do: statements that write are found by
 * sqlite3_stmt_readonly(), which also tells the making of a pragma's virtual table from the making of a table. */
static int authorize(void *context, int action, const char *first, const char *second, const char *database,
                     const char *trigger)
{
    (void)database;
    (void)trigger;
    const char **refused = context;
    switch (action) {
    case SQLITE_ATTACH:
    case SQLITE_DETACH: *refused = "ATTACH or DETACH"; return SQLITE_DENY;
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT: *refused = "a transaction"; return SQLITE_DENY;
    case SQLITE_PRAGMA:
        if (is_telling_pragma(first, second))
            return SQLITE_OK;
        *refused = "this PRAGMA";
        return SQLITE_DENY;
    default: return SQLITE_OK;
    }
}

static int ask_to_stop(void *context)
{
    (void)context;
    return interrupt_count() > 0;
}

void query_heed_interrupts(sqlite3 *db, bool heed)
{
    sqlite3_progress_handler(db, heed ? 10000 : 0, heed ? ask_to_stop : NULL, NULL);
}

/* SQLite's words, and of a table or a column that there is not the nearest one. */
static bool fail_name(struct store *store, const char *message, struct error *error)
{
    static const struct {
        const char *begin, *tail;
    } kinds[] = {{"no such table: ", "FROM (SELECT DISTINCT table_name AS name FROM schema_doc)"},
                 {"no such column: ",
                  "FROM (SELECT DISTINCT column_name AS name FROM schema_doc WHERE column_name <> '')"}};
    struct string_list names = {0};
    const char *nearest = NULL;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (string_starts_with(message, kinds[i].begin)) {
            const char *name = message + strlen(kinds[i].begin), *dot = strrchr(name, '.');
            if (store_select_names(store, kinds[i].tail, STORE_NO_VALUES, &names, NULL))
                nearest = string_nearest(dot ? dot + 1 : name, (const char *const *)names.items, names.count);
        }
    error_set(error, ERROR_INPUT, "%s%s%s%s", message, nearest ? ", did you mean '" : "", nearest ? nearest : "",
              nearest ? "'?" : "");
    string_list_release(&names);
    return false;
}

static bool fail_query(struct store *store, const char *refused, struct error *error)
{
    int code = sqlite3_errcode(store->db);
    if (refused)
        return error_set(error, ERROR_INPUT, "'kbench sql' only reads: %s is not allowed", refused);
    if (code == SQLITE_INTERRUPT)
        return error_set(error, ERROR_INTERRUPTED, "interrupted");
    if (code == SQLITE_READONLY)
        return error_set(error, ERROR_INPUT, "'kbench sql' only reads");
    if (code == SQLITE_ERROR || code == SQLITE_MISMATCH || code == SQLITE_RANGE || code == SQLITE_TOOBIG) {
        char *message = string_copy(sqlite3_errmsg(store->db));
        fail_name(store, message, error);
        free(message);
        return false;
    }
    return store_fail(store, "read the database", error);
}

/* Exactly one statement; comments and a semicolon may follow it. */
static sqlite3_stmt *prepare_one(struct store *store, const char *sql, const char **refused, struct error *error)
{
    sqlite3_stmt *statement = NULL, *another = NULL;
    const char *rest;
    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, &rest) != SQLITE_OK) {
        fail_query(store, *refused, error);
        return NULL;
    }
    if (!statement) {
        error_set(error, ERROR_INPUT, "the query is empty");
        return NULL;
    }
    bool more = sqlite3_prepare_v2(store->db, rest, -1, &another, NULL) != SQLITE_OK || another;
    sqlite3_finalize(another);
    if (more)
        error_set(error, ERROR_INPUT, "more than one statement: give one query at a time");
    else if (!sqlite3_stmt_readonly(statement))
        error_set(error, ERROR_INPUT, "'kbench sql' only reads: this statement would write");
    else
        return statement;
    sqlite3_finalize(statement);
    return NULL;
}

/* Two columns of one name would be one member of the JSON object. */
static bool names_differ(sqlite3_stmt *statement, struct error *error)
{
    int count = sqlite3_column_count(statement);
    for (int i = 0; i < count; i++)
        for (int j = i + 1; j < count; j++)
            if (string_equal(sqlite3_column_name(statement, i), sqlite3_column_name(statement, j)))
                return error_set(error, ERROR_INPUT,
                                 "two columns are named '%s'; for JSON, name one of them otherwise with AS",
                                 sqlite3_column_name(statement, i));
    return true;
}

bool store_query_with(struct store *store, const char *sql, const struct store_parameters *parameters,
                      enum store_format format, FILE *file, struct error *error)
{
    static int (*const writers[])(sqlite3_stmt *, FILE *) =
        {[STORE_TABLE] = query_write_table, [STORE_CSV] = query_write_csv, [STORE_JSON] = query_write_json};
    const char *refused = NULL;
    sqlite3_set_authorizer(store->db, authorize, &refused);
    query_heed_interrupts(store->db, true);
    sqlite3_stmt *statement = prepare_one(store, sql, &refused, error);
    bool ok = statement && query_bind(store, statement, parameters, error) &&
              (format != STORE_JSON || names_differ(statement, error));
    if (ok && writers[format](statement, file) != SQLITE_DONE && !ferror(file))
        ok = fail_query(store, refused, error);
    sqlite3_finalize(statement);
    query_heed_interrupts(store->db, false);
    sqlite3_set_authorizer(store->db, NULL, NULL);
    return ok;
}

bool store_query(struct store *store, const char *sql, enum store_format format, FILE *file, struct error *error)
{
    return store_query_with(store, sql, &(struct store_parameters){.count = 0}, format, file, error);
}

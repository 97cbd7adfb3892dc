/* SPDX-License-Identifier: Apache-2.0 */
/* Statements with bound values, and transactions. */
#include <math.h>

#include "store/database.h"

#include "base/banned.h"

struct store_value value_text(const char *text)
{
    return (struct store_value){.type = text ? VALUE_TEXT : VALUE_NULL, .text = text};
}

struct store_value value_integer(int64_t integer)
{
    return (struct store_value){.type = integer == STORE_ABSENT ? VALUE_NULL : VALUE_INTEGER, .integer = integer};
}

struct store_value value_real(double real)
{
    return (struct store_value){.type = isnan(real) ? VALUE_NULL : VALUE_REAL, .real = real};
}

static int bind_value(sqlite3_stmt *statement, int index, const struct store_value *value)
{
    switch (value->type) {
    case VALUE_TEXT: return sqlite3_bind_text(statement, index, value->text, -1, SQLITE_STATIC);
    case VALUE_INTEGER: return sqlite3_bind_int64(statement, index, value->integer);
    case VALUE_REAL: return sqlite3_bind_double(statement, index, value->real);
    case VALUE_NULL: break;
    }
    return sqlite3_bind_null(statement, index);
}

sqlite3_stmt *store_prepare(struct store *store, const char *sql, const struct store_value *values, size_t count,
                            struct error *error)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) != SQLITE_OK)
        goto fail;
    for (size_t i = 0; i < count; i++)
        if (bind_value(statement, (int)i + 1, &values[i]) != SQLITE_OK)
            goto fail;
    return statement;
fail:
    store_fail(store, "use the database", error);
    sqlite3_finalize(statement);
    return NULL;
}

bool store_run(struct store *store, const char *sql, const struct store_value *values, size_t count,
               struct error *error)
{
    sqlite3_stmt *statement = store_prepare(store, sql, values, count, error);
    if (!statement)
        return false;
    bool ok = sqlite3_step(statement) == SQLITE_DONE || store_fail(store, "write to the database", error);
    sqlite3_finalize(statement);
    return ok;
}

bool store_lookup(struct store *store, const char *sql, const struct store_value *values, size_t count, int64_t *result,
                  struct error *error)
{
    *result = STORE_ABSENT;
    sqlite3_stmt *statement = store_prepare(store, sql, values, count, error);
    if (!statement)
        return false;
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW && sqlite3_column_type(statement, 0) != SQLITE_NULL)
        *result = sqlite3_column_int64(statement, 0);
    bool ok = code == SQLITE_ROW || code == SQLITE_DONE || store_fail(store, "read the database", error);
    sqlite3_finalize(statement);
    return ok;
}

bool store_script(struct store *store, const char *sql, const char *doing, struct error *error)
{
    return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK || store_fail(store, doing, error);
}

/* IMMEDIATE takes the write lock at once: a transaction that has begun cannot fail for another writer's sake. */
bool store_begin(struct store *store, struct error *error)
{
    if (!store_script(store, store->depth ? "SAVEPOINT inner" : "BEGIN IMMEDIATE", "write to the database", error))
        return false;
    store->depth++;
    return true;
}

bool store_finish(struct store *store, bool ok, struct error *error)
{
    bool nested = --store->depth > 0;
    if (ok && store_script(store, nested ? "RELEASE inner" : "COMMIT", "write to the database", error))
        return true;
    /* After a full disk SQLite may have rolled back by itself. */
    if (!sqlite3_get_autocommit(store->db))
        sqlite3_exec(store->db, nested ? "ROLLBACK TO inner; RELEASE inner" : "ROLLBACK", NULL, NULL, NULL);
    return false;
}

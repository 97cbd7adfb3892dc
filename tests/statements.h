/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every statement that this process runs on a database file, by whatever code: SQLite itself calls for each new connection, and
 * each connection for each statement.
 */
#ifndef KBENCH_TESTS_STATEMENTS_H
#define KBENCH_TESTS_STATEMENTS_H

#include <sqlite3.h>
#include <stdint.h>

#include "base/text.h"

struct statements {
    struct string_list texts; /* distinct ones, as they were prepared */
    int64_t count;            /* that were run */
    int64_t steps;            /* of SQLite's virtual machine */
};
static struct statements statements;

static inline int statements_see(unsigned event, void *context, void *statement, void *more)
{
    (void)context;
    (void)more;
    const char *file = sqlite3_db_filename(sqlite3_db_handle(statement), "main");
    if (!file || !file[0])
        return 0;
    if (event == SQLITE_TRACE_PROFILE) {
        statements.steps += sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_VM_STEP, 1);
        return 0;
    }
    statements.count++;
    if (!string_list_contains(&statements.texts, sqlite3_sql(statement)))
        string_list_push(&statements.texts, sqlite3_sql(statement));
    return 0;
}

static inline int statements_trace(sqlite3 *db, char **message, const struct sqlite3_api_routines *api)
{
    (void)message;
    (void)api;
    return sqlite3_trace_v2(db, SQLITE_TRACE_STMT | SQLITE_TRACE_PROFILE, statements_see, NULL);
}

/* On all connections that are opened from now on. */
static inline void statements_watch(void)
{
    /* SQLite knows the function's type, its interface does not say it. */
    union {
        int (*trace)(sqlite3 *, char **, const struct sqlite3_api_routines *);
        void (*entry)(void);
    } function = {.trace = statements_trace};
    sqlite3_auto_extension(function.entry);
}

static inline void statements_forget(void)
{
    string_list_release(&statements.texts);
    statements = (struct statements){0};
}

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* kbench sql: one query as a table, CSV or JSON; without one, the sqlite3 shell, which can only read too. */
#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include "base/text.h"
#include "commands/command.h"
#include "store/store.h"

#include "base/banned.h"

enum { OPTION_DB, OPTION_FORMAT };

static const struct option options[] = {
    {OPTION_STRING, "db", "FILE", "the database (default: $KBENCH_DB, else results/kbench.db)"},
    {OPTION_STRING, "format", "NAME", "table, csv or json (default: table)"},
    {OPTION_END, NULL, NULL, NULL},
};

static const char *const format_names[] = {[STORE_TABLE] = "table", [STORE_CSV] = "csv", [STORE_JSON] = "json"};
#define FORMAT_COUNT (sizeof format_names / sizeof *format_names)

static bool read_format(const struct option_value *value, enum store_format *format, struct error *error)
{
    *format = STORE_TABLE;
    if (!value->given)
        return true;
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        if (string_equal(value->string, format_names[i])) {
            *format = (enum store_format)i;
            return true;
        }
    const char *nearest = string_nearest(value->string, format_names, FORMAT_COUNT);
    return error_set(error, ERROR_INPUT, "--format: '%s' is no format%s%s%s; there are table, csv and json",
                     value->string, nearest ? ", did you mean '" : "", nearest ? nearest : "", nearest ? "'?" : "");
}

/* The shell takes this process's place: it needs the terminal, and there is nothing left to do after it. Returns only on error. */
static bool become_shell(const char *database, enum store_format format, struct error *error)
{
    static const char *const modes[] = {[STORE_TABLE] = "-table", [STORE_CSV] = "-csv", [STORE_JSON] = "-json"};
    /* A name that begins with a dash would be taken for an option. */
    char *path = database[0] == '/' ? string_copy(database) : string_format("./%s", database);
    signal(SIGPIPE, SIG_DFL); /* ignored signals stay ignored over exec */
    execlp("sqlite3", "sqlite3", "-readonly", "-header", modes[format], path, (char *)NULL);
    if (errno == ENOENT)
        error_set(error, ERROR_UNAVAILABLE,
                  "there is no 'sqlite3' program here: install the package sqlite3, or give the query as an argument");
    else
        error_set_errno(error, errno, "cannot start 'sqlite3'");
    free(path);
    return false;
}

static bool run(const struct invocation *invocation, struct error *error)
{
    const char *database = command_database(&invocation->values[OPTION_DB]);
    enum store_format format;
    if (!read_format(&invocation->values[OPTION_FORMAT], &format, error))
        return false;
    struct store *store = store_open_read_only(database, error);
    if (!store)
        return false;
    bool has_query = invocation->argument_count > 0;
    bool ok = has_query ? store_query(store, invocation->arguments[0], format, stdout, error) : true;
    store_close(store);
    return has_query ? ok : become_shell(database, format, error);
}

const struct command command_sql = {
    .name = "sql",
    .arguments = "[QUERY]",
    .summary = "a query on the database; without one, the sqlite3 shell",
    .options = options,
    .min_arguments = 0,
    .max_arguments = 1,
    .run = run,
};

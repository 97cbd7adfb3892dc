/* SPDX-License-Identifier: Apache-2.0 */
/* kbench sql: a query, one of the cookbook's, or what the database says of itself, as a table, CSV or JSON; without any of it the
 * sqlite3 shell, which can only read too. */
#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include "base/text.h"
#include "commands/command.h"
#include "commands/format_option.h"
#include "report/schema_page.h"
#include "store/cookbook.h"
#include "store/documentation.h"
#include "store/store.h"

#include "base/banned.h"

enum { OPTION_DB, OPTION_FORMAT, OPTION_COOKBOOK, OPTION_SHOW, OPTION_SCHEMA };

static const struct option options[] = {
    {OPTION_STRING, "db", "FILE", "the database (default: $KBENCH_DB, else results/kbench.db)"},
    {OPTION_STRING, "format", "table|csv|json|md", "how it is written (default: table); md is for --schema"},
    {OPTION_FLAG, "cookbook", NULL, "list the queries that stand ready: run one as @NAME or @NUMBER"},
    {OPTION_FLAG, "show", NULL, "print the query @NAME instead of running it"},
    {OPTION_FLAG, "schema", NULL, "what the tables are, or (with a name behind it) one's columns"},
    {OPTION_END, NULL, NULL, NULL},
};

enum { FORMAT_MARKDOWN = STORE_JSON + 1, FORMAT_COUNT };
static const char *const format_names[FORMAT_COUNT] =
    {[STORE_TABLE] = "table", [STORE_CSV] = "csv", [STORE_JSON] = "json", [FORMAT_MARKDOWN] = "md"};

static bool read_format(const struct invocation *invocation, int *format, struct error *error)
{
    const struct option_value *value = &invocation->values[OPTION_FORMAT];
    size_t count = invocation->values[OPTION_SCHEMA].given ? FORMAT_COUNT : FORMAT_MARKDOWN, index;
    bool ok = format_option_find(value, format_names, count, &index, error);
    *format = (int)index;
    return ok;
}

/* The shell takes this process's place: it needs the terminal, and there is nothing left to do after it. Returns only on error. */
static bool become_shell(const char *database, int format, struct error *error)
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

static void list_cookbook(const struct store_cookbook *cookbook)
{
    for (size_t i = 0; i < cookbook->count; i++) {
        const struct store_recipe *recipe = &cookbook->items[i];
        printf("%2zu  @%-18s %s\n", i + 1, recipe->name, recipe->title);
        for (size_t j = 0; j < recipe->parameters.count; j++)
            printf("      %-18s %s\n", recipe->parameters.items[j], recipe->meanings.items[j]);
    }
}

/* "@name" or "@number", with values of its parameters behind it. */
static bool run_recipe(const struct invocation *invocation, const char *database, int format, struct error *error)
{
    struct store_cookbook cookbook;
    struct store *store = NULL;
    if (!store_read_cookbook(&cookbook, error))
        return false;
    const struct store_recipe *recipe = store_find_recipe(&cookbook, invocation->arguments[0] + 1, error);
    const struct store_parameters values = {.assignments = invocation->arguments + 1,
                                            .count = (size_t)invocation->argument_count - 1,
                                            .have_defaults = true};
    bool ok = recipe != NULL;
    if (ok && invocation->values[OPTION_SHOW].given)
        fputs(recipe->text, stdout);
    else if (ok)
        ok = (store = store_open_read_only(database, error)) && store_check_recipe_values(store, &values, error) &&
             store_query_with(store, recipe->sql, &values, (enum store_format)format, stdout, error);
    store_close(store);
    store_cookbook_release(&cookbook);
    return ok;
}

static bool run_query(const struct invocation *invocation, const char *database, int format, struct error *error)
{
    struct store *store = store_open_read_only(database, error);
    const struct store_parameters values = {.assignments = invocation->arguments + 1,
                                            .count = (size_t)invocation->argument_count - 1};
    bool ok =
        store && store_query_with(store, invocation->arguments[0], &values, (enum store_format)format, stdout, error);
    store_close(store);
    return ok;
}

static bool print_page(struct store *store, const char *table, struct error *error)
{
    struct store_documentation documentation;
    struct text text = TEXT_INIT;
    if (!store_read_documentation(store, &documentation, error))
        return false;
    bool ok = !table || store_find_documentation(&documentation, table, error);
    if (ok) {
        report_markdown_schema(&documentation, table, &text);
        fputs(text.bytes, stdout);
    }
    text_release(&text);
    store_documentation_release(&documentation);
    return ok;
}

static bool print_schema(const char *database, const char *table, int format, struct error *error)
{
    struct store *store = store_open_read_only(database, error);
    bool ok = store && (format == FORMAT_MARKDOWN
                            ? print_page(store, table, error)
                            : store_query_documentation(store, table, (enum store_format)format, stdout, error));
    store_close(store);
    return ok;
}

static bool start_shell(const char *database, int format, struct error *error)
{
    struct store *store =
        store_open_read_only(database, error); /* says what is wrong with it better than the shell does */
    if (!store)
        return false;
    store_close(store);
    return become_shell(database, format, error);
}

static bool print_cookbook(struct error *error)
{
    struct store_cookbook cookbook;
    if (!store_read_cookbook(&cookbook, error))
        return false;
    list_cookbook(&cookbook);
    store_cookbook_release(&cookbook);
    return true;
}

/* Which arguments go with which options; behind a query only values of its parameters. */
static bool check_arguments(const struct invocation *invocation, struct error *error)
{
    const struct option_value *values = invocation->values;
    int count = invocation->argument_count, allowed = values[OPTION_COOKBOOK].given ? 0 : 1;
    bool is_recipe = count > 0 && invocation->arguments[0][0] == '@';
    if (values[OPTION_COOKBOOK].given + values[OPTION_SHOW].given + values[OPTION_SCHEMA].given > 1)
        return error_set(error, ERROR_INPUT, "--cookbook, --show and --schema are asked for one at a time");
    if (values[OPTION_SHOW].given && !is_recipe)
        return error_set(error, ERROR_INPUT, "--show needs a query of the cookbook: @NAME; --cookbook lists them");
    bool take_values = !values[OPTION_COOKBOOK].given && !values[OPTION_SCHEMA].given;
    for (int i = allowed; i < count; i++)
        if (!take_values || !strchr(invocation->arguments[i], '='))
            return error_set(error, ERROR_INPUT, "'kbench sql' does not take '%s'%s", invocation->arguments[i],
                             take_values ? ": behind the query stands NAME=VALUE for each :NAME in it" : "");
    return true;
}

static bool run(const struct invocation *invocation, struct error *error)
{
    const char *database = command_database(&invocation->values[OPTION_DB]);
    const char *first = invocation->argument_count > 0 ? invocation->arguments[0] : NULL;
    int format;
    if (!check_arguments(invocation, error) || !read_format(invocation, &format, error))
        return false;
    if (invocation->values[OPTION_COOKBOOK].given)
        return print_cookbook(error);
    if (invocation->values[OPTION_SCHEMA].given)
        return print_schema(database, first, format, error);
    if (!first)
        return start_shell(database, format, error);
    return first[0] == '@' ? run_recipe(invocation, database, format, error)
                           : run_query(invocation, database, format, error);
}

const struct command command_sql = {
    .name = "sql",
    .arguments = "[QUERY|@NAME [NAME=VALUE…]]",
    .summary = "a query on the database; without one, the sqlite3 shell",
    .options = options,
    .min_arguments = 0,
    .max_arguments = -1,
    .run = run,
};

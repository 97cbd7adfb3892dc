/* SPDX-License-Identifier: Apache-2.0 */
/* kbench import: numbers that others published go into the database, for reference. */
#include <inttypes.h>

#include "base/file.h"
#include "commands/command.h"
#include "store/store.h"

#include "base/banned.h"

enum { OPTION_DB, OPTION_REPLACE };

static const struct option options[] = {
    {OPTION_STRING, "db", "FILE", "the database (default: $KBENCH_DB, else results/kbench.db)"},
    {OPTION_FLAG, "replace", NULL, "rows that are there with other values take those of the file"},
    {OPTION_END, NULL, NULL, NULL},
};

/* A misspelt name must not leave an empty database behind. */
static bool check_files(const struct invocation *invocation, struct error *error)
{
    for (int i = 0; i < invocation->argument_count; i++)
        if (!file_exists(invocation->arguments[i]))
            return error_set(error, ERROR_INPUT, "there is no file '%s'", invocation->arguments[i]);
    return true;
}

static bool run(const struct invocation *invocation, struct error *error)
{
    if (!check_files(invocation, error))
        return false;
    struct store *store = store_open(command_database(&invocation->values[OPTION_DB]), error);
    bool ok = store != NULL;
    for (int i = 0; ok && i < invocation->argument_count; i++) {
        int64_t changed;
        ok = store_import_csv(store, invocation->arguments[i], invocation->values[OPTION_REPLACE].given, &changed,
                              error);
        if (ok && invocation->verbosity >= 0)
            fprintf(stderr, "kbench: '%s': %" PRId64 " row%s new%s\n", invocation->arguments[i], changed,
                    changed == 1 ? "" : "s", invocation->values[OPTION_REPLACE].given ? " or replaced" : "");
    }
    store_close(store);
    return ok;
}

const struct command command_import = {
    .name = "import",
    .arguments = "FILE.csv…",
    .summary = "take published numbers into the database, for reference",
    .options = options,
    .min_arguments = 1,
    .max_arguments = -1,
    .run = run,
};

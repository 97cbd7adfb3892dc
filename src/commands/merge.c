/* SPDX-License-Identifier: Apache-2.0 */
/* kbench merge: the rows of other databases into this one. */
#include <inttypes.h>

#include <unistd.h>

#include "base/file.h"
#include "commands/command.h"
#include "store/transfer.h"

#include "base/banned.h"

enum { OPTION_DB };

static const struct option options[] = {
    {OPTION_STRING, "db", "FILE", "the database that takes them (default: $KBENCH_DB, else results/kbench.db)"},
    {OPTION_END, NULL, NULL, NULL},
};

/* Before anything is made or opened. */
static bool check_files(const struct invocation *invocation, struct error *error)
{
    for (int i = 0; i < invocation->argument_count; i++)
        if (!file_exists(invocation->arguments[i]))
            return error_set(error, ERROR_INPUT, "there is no file '%s'", invocation->arguments[i]);
    return true;
}

static void say(const char *path, const struct store_merged *merged)
{
    fprintf(stderr,
            "kbench: '%s': %" PRId64 " new rows; %" PRId64 " trials in %" PRId64 " campaigns, %" PRId64
            " definitions, %" PRId64 " published numbers\n",
            path, merged->rows, merged->trials, merged->campaigns, merged->experiments, merged->published);
}

static bool run(const struct invocation *invocation, struct error *error)
{
    if (!check_files(invocation, error))
        return false;
    const char *database = command_database(&invocation->values[OPTION_DB]);
    bool existed = file_exists(database);
    struct store *store = store_open(database, error);
    bool ok = store != NULL;
    int taken = 0;
    for (; ok && taken < invocation->argument_count; taken += ok) {
        struct store_merged merged;
        ok = store_merge(store, invocation->arguments[taken], &merged, error);
        if (ok && invocation->verbosity >= 0)
            say(invocation->arguments[taken], &merged);
    }
    store_close(store);
    if (!ok && !existed && taken == 0)
        unlink(database); /* which was made for nothing */
    return ok;
}

const struct command command_merge = {
    .name = "merge",
    .arguments = "OTHER.db|FILE.sql…",
    .summary = "take what another database has measured into this one; the same again changes nothing",
    .options = options,
    .min_arguments = 1,
    .max_arguments = -1,
    .run = run,
};

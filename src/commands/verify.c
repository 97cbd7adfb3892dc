/* SPDX-License-Identifier: Apache-2.0 */
/* kbench verify: is the instrument true? */
#include "base/build_info.h"
#include "base/file.h"
#include "base/text.h"
#include "commands/command.h"
#include "environment/environment.h"
#include "verify/verify.h"

#include "base/banned.h"

enum { OPTION_DB, OPTION_ONLY };

static const struct option options[] = {
    {OPTION_STRING, "db", "FILE", "the database that keeps the result (default: $KBENCH_DB, else results/kbench.db)"},
    {OPTION_STRING, "only", "LIST", "only these points, with commas between them"},
    {OPTION_END, NULL, NULL, NULL},
};

static bool keep(const char *database, const char *folder, struct store_verification *found, struct error *error)
{
    struct store *store = store_open(database, error);
    if (!store)
        return false;
    json_t *environment = environment_describe(folder, folder);
    found->kbench_version = string_copy(build_version);
    found->git_commit = build_commit[0] ? string_copy(build_commit) : NULL;
    bool ok = store_put_environment(store, environment, &found->environment_id, error) &&
              store_put_verification(store, found, error);
    json_decref(environment);
    store_close(store);
    return ok;
}

static bool run(const struct invocation *invocation, struct error *error)
{
    const char *database = command_database(&invocation->values[OPTION_DB]);
    struct driver_list drivers = {0};
    struct store_verification found = {.id = STORE_ABSENT};
    char *folder = file_make_folder_of(database, error);
    const struct verify_options verify = {
        .drivers = &drivers,
        .only = invocation->values[OPTION_ONLY].string,
        .folder = folder,
        .verbosity = invocation->verbosity,
        .command_line = invocation->command_line,
    };
    bool ok = folder && driver_list_load(&drivers, error) && verify_run(&verify, &found, error);
    if (ok) {
        verify_print(&found, stdout);
        ok = keep(database, folder, &found, error) && verify_judge(&found, error);
    }
    store_verification_release(&found);
    driver_list_release(&drivers);
    free(folder);
    return ok;
}

const struct command command_verify = {
    .name = "verify",
    .arguments = "",
    .summary = "check the instrument against known truths: a table of what is true, what was measured, the verdict",
    .options = options,
    .min_arguments = 0,
    .max_arguments = 0,
    .run = run,
};

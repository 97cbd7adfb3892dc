/* SPDX-License-Identifier: Apache-2.0 */
/* kbench check: everything that is wrong with definitions, with its place; starts nothing. */
#include "base/text.h"
#include "commands/command.h"
#include "commands/definition.h"
#include "experiment/schema.h"

#include "base/banned.h"

enum { OPTION_SCHEMA };

static const struct option options[] = {
    {OPTION_FLAG, "schema", NULL, "print the JSON Schema of definitions, for editors"},
    {OPTION_END, NULL, NULL, NULL},
};

static void print_summary(const char *path, const struct experiment *experiment)
{
    size_t excluded = experiment->case_count * experiment->run_count - experiment->pair_count;
    printf("%s: version %s, %zu case%s x %zu run%s", path, experiment->version, experiment->case_count,
           experiment->case_count == 1 ? "" : "s", experiment->run_count, experiment->run_count == 1 ? "" : "s");
    if (excluded)
        printf(" (%zu excluded)", excluded);
    printf(", sha256 %s\n", experiment->sha256);
}

/* The files that are not good. The last error that is no list of a definition's errors is in `error`. */
static int check_files(const struct invocation *invocation, const struct driver_list *drivers, struct error *error)
{
    int bad = 0;
    for (int i = 0; i < invocation->argument_count; i++) {
        const char *path = invocation->arguments[i];
        struct experiment *experiment = definition_load(path, drivers, error);
        if (!experiment) {
            bad++;
            if (invocation->argument_count > 1)
                fprintf(stderr, "kbench: %s\n", error->message);
            continue;
        }
        if (invocation->verbosity >= 0)
            print_summary(path, experiment);
        experiment_free(experiment);
    }
    return bad;
}

static bool run(const struct invocation *invocation, struct error *error)
{
    if (invocation->values[OPTION_SCHEMA].given) {
        char *schema = experiment_schema();
        printf("%s", schema);
        free(schema);
        return true;
    }
    if (invocation->argument_count == 0)
        return error_set(error, ERROR_INPUT, "'kbench check' needs: FILE…");
    struct driver_list drivers = {0};
    if (!driver_list_load(&drivers, error))
        return false;
    int bad = check_files(invocation, &drivers, error);
    driver_list_release(&drivers);
    if (bad && invocation->argument_count > 1)
        error_set(error, ERROR_INPUT, "%d of %d definitions are not good", bad, invocation->argument_count);
    return bad == 0;
}

const struct command command_check = {
    .name = "check",
    .arguments = "FILE…",
    .summary = "all errors of definitions, with file, line and column",
    .options = options,
    .min_arguments = 0,
    .max_arguments = -1,
    .run = run,
};

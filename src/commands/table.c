/* SPDX-License-Identifier: Apache-2.0 */
#include "commands/table.h"

#include "base/text.h"

#include "base/banned.h"

/* One to a line, so that a new one is a line. */
/* clang-format off */
const struct command *const command_table[] = {
    &command_check,
    &command_plan,
    &command_run,
    &command_status,
    &command_report,
    &command_publish,
    &command_sql,
    &command_import,
    &command_export,
    &command_drivers,
    &command_doctor,
    &command_cluster,
    &command_driver_test,
    &command_verify,
    &command_claims,
    &command_compare,
    &command_explain,
    &command_merge,
    &command_bundle,
    &command_reproduce,
    &command_init,
    &command_completion,
    &command_man,
    NULL,
};
/* clang-format on */
#define COMMAND_COUNT (sizeof command_table / sizeof *command_table - 1)

const struct command *command_find(const char *name, struct error *error)
{
    const char *names[COMMAND_COUNT];
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (string_equal(command_table[i]->name, name))
            return command_table[i];
        names[i] = command_table[i]->name;
    }
    error_set(error, ERROR_INPUT, "there is no command '%s'", name);
    error_suggest_or(error, name, names, COMMAND_COUNT, "; 'kbench --help' lists them");
    return NULL;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * statement_steps COMMAND ARGUMENT…: runs kbench's command in this process, and says on the last line of standard error how many
 * steps of SQLite's virtual machine its statements took, and how many statements there were.
 */
#include <stdio.h>

#include "commands/options.h"
#include "commands/table.h"
#include "statements.h"

int main(int argc, char **argv)
{
    struct error error = ERROR_INIT;
    struct parsed_options parsed;
    if (argc < 2) {
        fprintf(stderr, "usage: statement_steps COMMAND ARGUMENT…\n");
        return 2;
    }
    statements_watch();
    const struct command *command = command_find(argv[1], &error);
    bool ok = command && options_parse(command, argc - 1, argv + 1, &parsed, &error);
    if (ok)
        parsed.invocation.command_line = "statement_steps";
    ok = ok && command->run(&parsed.invocation, &error);
    if (!ok)
        fprintf(stderr, "statement_steps: %s\n", error.message);
    fprintf(stderr, "%lld %lld\n", (long long)statements.steps, (long long)statements.count);
    statements_forget();
    return error_exit_status(&error);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a command's arguments by its table of options, and prints its help from the same table. */
#ifndef KBENCH_COMMANDS_OPTIONS_H
#define KBENCH_COMMANDS_OPTIONS_H

#include <stdbool.h>

#include "base/error.h"
#include "commands/command.h"

#define OPTIONS_MAX 16

/* Those that every command has beside its own table; ends with OPTION_END. */
extern const struct option options_common[];

struct parsed_options {
    struct option_value values[OPTIONS_MAX];
    struct invocation invocation; /* points into this struct and into argv */
    char **arguments;             /* heap; free with options_release() */
    bool help;
};

/* `argv[0]` is the command's name. Options may stand before or behind other arguments; "--" ends them. */
bool options_parse(const struct command *command, int argc, char **argv, struct parsed_options *parsed,
                   struct error *error);
void options_release(struct parsed_options *parsed);
/* To standard output. */
void options_print_help(const struct command *command);

#endif

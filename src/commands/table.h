/* SPDX-License-Identifier: Apache-2.0 */
/* The one table of subcommands: main() finds them in it; the overview, the man page and the shells' completion are written from it. */
#ifndef KBENCH_COMMANDS_TABLE_H
#define KBENCH_COMMANDS_TABLE_H

#include <stddef.h>

#include "base/error.h"
#include "commands/command.h"

/* In the order in which they are shown; NULL ends them. */
extern const struct command *const command_table[];

/* NULL and an error with the nearest name, when there is none of that name. */
const struct command *command_find(const char *name, struct error *error);

#endif

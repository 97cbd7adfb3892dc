/* SPDX-License-Identifier: Apache-2.0 */
/* The value of --format: in which of a few ways a command writes to standard output. */
#ifndef KBENCH_COMMANDS_FORMAT_OPTION_H
#define KBENCH_COMMANDS_FORMAT_OPTION_H

#include <stddef.h>

#include "commands/command.h"

enum format_option { FORMAT_TEXT, FORMAT_CSV, FORMAT_JSON };

/* *index: which of the `count` names it is; the first unless it is given. */
bool format_option_find(const struct option_value *value, const char *const *names, size_t count, size_t *index,
                        struct error *error);
/* Of a command that writes all three; text unless it is given. */
bool format_option_read(const struct option_value *value, enum format_option *format, struct error *error);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* The value of --format where a command writes text, CSV or JSON to standard output. */
#ifndef KBENCH_COMMANDS_FORMAT_OPTION_H
#define KBENCH_COMMANDS_FORMAT_OPTION_H

#include "commands/command.h"

enum format_option { FORMAT_TEXT, FORMAT_CSV, FORMAT_JSON };

/* Text unless it is given. */
bool format_option_read(const struct option_value *value, enum format_option *format, struct error *error);

#endif

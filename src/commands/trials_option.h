/* SPDX-License-Identifier: Apache-2.0 */
/* The value of --trials. */
#ifndef KBENCH_COMMANDS_TRIALS_OPTION_H
#define KBENCH_COMMANDS_TRIALS_OPTION_H

#include "commands/command.h"

/* 0 when it is not given. */
bool trials_option_read(const struct option_value *value, int *trials, struct error *error);

#endif

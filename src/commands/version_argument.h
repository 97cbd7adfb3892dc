/* SPDX-License-Identifier: Apache-2.0 */
/* The argument "v2", or "v2@1" for its revision 1. */
#ifndef KBENCH_COMMANDS_VERSION_ARGUMENT_H
#define KBENCH_COMMANDS_VERSION_ARGUMENT_H

#include "base/error.h"

/* The caller frees *version, also when it fails. *revision is 0 when none is given. */
bool version_argument_read(const char *argument, char **version, int *revision, struct error *error);

#endif

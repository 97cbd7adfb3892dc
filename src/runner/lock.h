/* SPDX-License-Identifier: Apache-2.0 */
/* One campaign at a time in a working copy: a lock file that the kernel gives back when its process dies. */
#ifndef KBENCH_RUNNER_LOCK_H
#define KBENCH_RUNNER_LOCK_H

#include <stdbool.h>

#include "base/error.h"

/* Take the lock; the descriptor in `*fd` holds it until closed. Refused (ERROR_UNAVAILABLE) with the id of the process that
 * has it. A file that a dead process left is no obstacle. */
bool lock_take(const char *path, int *fd, struct error *error);
/* The process id that holds the lock, or 0. */
long lock_holder(const char *path);

#endif

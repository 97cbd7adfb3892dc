/* SPDX-License-Identifier: Apache-2.0 */
/* The only global state: how often SIGINT or SIGTERM has asked to stop. */
#ifndef KBENCH_BASE_INTERRUPT_H
#define KBENCH_BASE_INTERRUPT_H

#include <stdbool.h>

#include "base/error.h"

/* Install the handlers (and ignore SIGPIPE, not SIGCHLD). Call once, in main. */
void interrupt_install(void);
/* 0: go on; 1: stop cleanly; 2 or more: stop at once. */
int interrupt_count(void);
/* Between two steps of what can take long: false (ERROR_INTERRUPTED) when it is to stop. */
bool interrupt_check(struct error *error);

#endif

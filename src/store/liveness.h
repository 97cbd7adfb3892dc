/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a process that once was is still there. Its id alone does not tell: ids are used again, and start anew with each boot. */
#ifndef KBENCH_STORE_LIVENESS_H
#define KBENCH_STORE_LIVENESS_H

#include <stdbool.h>
#include <stdint.h>

struct liveness {
    int64_t started;  /* clock ticks after boot, as /proc/<pid>/stat says; STORE_ABSENT when there is no such process */
    char boot_id[40]; /* "" when the system tells none */
};

void liveness_look(int pid, struct liveness *now);
/* Whether what was seen as `then` is still running. What was not known then does not count against it. */
bool liveness_same(int pid, int64_t started_then, const char *boot_id_then);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* What a local broker's log says of its end. Internal to this room. */
#ifndef KBENCH_CLUSTER_BROKER_LOG_H
#define KBENCH_CLUSTER_BROKER_LOG_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/text.h"

/* Whether `words` stand in the log from the byte `start` on. */
bool broker_log_says(const char *path, off_t start, const char *words);

/* Append the last lines, as many as an error message has room for. */
void broker_log_append_tail(const char *path, struct text *text);
/* Append the last lines that tell of errors: a broker that gives up says why, and then a page about how it shuts down.
 * The tail where there are none. */
void broker_log_append_complaints(const char *path, off_t start, struct text *text);

#endif

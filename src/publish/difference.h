/* SPDX-License-Identifier: Apache-2.0 */
/* What differs between a file and what it should hold, for people and for patch(1). */
#ifndef KBENCH_PUBLISH_DIFFERENCE_H
#define KBENCH_PUBLISH_DIFFERENCE_H

#include "base/error.h"
#include "base/text.h"

/* Append a unified diff from the file at `path`, called `name` in it, to `wanted`, by diff(1), which every system has. False: it
 * could not be run (ERROR_UNAVAILABLE). */
bool difference_unified(const char *path, const char *name, const struct text *wanted, struct text *difference,
                        struct error *error);

#endif

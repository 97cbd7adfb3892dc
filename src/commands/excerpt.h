/* SPDX-License-Identifier: Apache-2.0 */
/* One version as a database of its own, or as the text of one: the formats of `kbench export` that are no rows. */
#ifndef KBENCH_COMMANDS_EXCERPT_H
#define KBENCH_COMMANDS_EXCERPT_H

#include <stdbool.h>

#include "base/error.h"

struct store;

struct excerpt_request {
    struct store *store;
    const char *version;
    int revision;     /* 0: all */
    bool compact;     /* without what only a fine look at single trials needs */
    const char *path; /* NULL: standard output, for the text alone */
};

bool excerpt_write(const struct excerpt_request *request, const char *format, struct error *error);

#endif

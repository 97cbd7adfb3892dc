/* SPDX-License-Identifier: Apache-2.0 */
/* A bundle unpacked for reading, after it was found to be whole. */
#ifndef KBENCH_BUNDLE_OPEN_H
#define KBENCH_BUNDLE_OPEN_H

#include "base/error.h"

struct opened_bundle {
    char *scratch;               /* a folder of its own, removed at the end */
    char *version;               /* that the bundle is of */
    char *definition, *database; /* paths */
};

/* An archive, or the folder that it was unpacked to, which stays as it is. What is no bundle or not whole is ERROR_INPUT. */
bool bundle_open(const char *path, struct opened_bundle *bundle, struct error *error);
void bundle_close(struct opened_bundle *bundle);

#endif

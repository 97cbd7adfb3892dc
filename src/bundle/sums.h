/* SPDX-License-Identifier: Apache-2.0 */
/* SHA256SUMS of a folder, as sha256sum writes and checks it. */
#ifndef KBENCH_BUNDLE_SUMS_H
#define KBENCH_BUNDLE_SUMS_H

#include "base/error.h"

#define SUMS_NAME "SHA256SUMS"

/* Of every file below `folder` but itself, in the order of their names. */
bool sums_write(const char *folder, struct error *error);
/* Every file is there with its hash, and no other. False: `error` (ERROR_INPUT) names the first that is not. */
bool sums_check(const char *folder, struct error *error);

#endif

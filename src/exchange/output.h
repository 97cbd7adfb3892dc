/* SPDX-License-Identifier: Apache-2.0 */
/* Where an export goes: standard output, or a file that is there whole or not at all, however long it is. */
#ifndef KBENCH_EXCHANGE_OUTPUT_H
#define KBENCH_EXCHANGE_OUTPUT_H

#include <stdio.h>

#include "base/error.h"

struct output {
    FILE *file;             /* to write to; its errors are found by output_close() */
    char *path, *temporary; /* NULL for standard output; `temporary` also for what is no file */
};

/* `path` NULL: standard output. Else its folder must be there; a temporary file is made beside it. What a link leads to is replaced, not
 * the link; a device or a pipe is written to as it is. */
bool output_open(struct output *output, const char *path, struct error *error);
/* With `ok`, the temporary file takes the place of `path`; else it is removed. True when `ok` and all was written. Call it once,
 * whatever became of the export; harmless when output_open() failed. */
bool output_close(struct output *output, bool ok, struct error *error);

#endif

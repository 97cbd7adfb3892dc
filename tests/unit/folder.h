/* SPDX-License-Identifier: Apache-2.0 */
/* A folder for the files of a program's tests, as their set-up and tear-down. */
#ifndef KBENCH_TESTS_UNIT_FOLDER_H
#define KBENCH_TESTS_UNIT_FOLDER_H

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"

static char folder[64];

static inline int make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/kbench-unit-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static inline int remove_folder(void **state)
{
    (void)state;
    return file_remove_tree(folder, NULL) ? 0 : -1;
}

#endif

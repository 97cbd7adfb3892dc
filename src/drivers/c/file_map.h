/* SPDX-License-Identifier: Apache-2.0 */
/* A file of the harness, mapped for reading: so many items of one size. */
#ifndef KBENCH_DRIVERS_C_FILE_MAP_H
#define KBENCH_DRIVERS_C_FILE_MAP_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct file_map {
    unsigned char *bytes; /* read-only; NULL: not open */
    size_t length;
};

/* `what` the file is, for messages. False when it cannot be read or holds fewer than `count` items of `size` bytes. */
bool file_map_open(struct file_map *map, const char *what, const char *path, int64_t count, int64_t size,
                   struct error *error);
void file_map_release(struct file_map *map);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#include "file_map.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

bool file_map_open(struct file_map *map, const char *what, const char *path, int64_t count, int64_t size,
                   struct error *error)
{
    *map = (struct file_map){0};
    int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    if (file < 0 || fstat(file, &status) < 0) {
        error_set_errno(error, errno, "%s \"%s\"", what, path);
        goto done;
    }
    if (count < 1 || size < 1 || __builtin_mul_overflow((size_t)count, (size_t)size, &map->length) ||
        (uint64_t)status.st_size < map->length) {
        error_set(error, ERROR_INPUT, "%s \"%s\" has %lld bytes, fewer than %lld records of %lld", what, path,
                  (long long)status.st_size, (long long)count, (long long)size);
        goto done;
    }
    /* Populated now: a page fault within the window would be measured as the client's. */
    void *mapping = mmap(NULL, map->length, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
    if (mapping == MAP_FAILED)
        error_set_errno(error, errno, "%s \"%s\"", what, path);
    else
        map->bytes = mapping;
done:
    if (file >= 0)
        close(file);
    return map->bytes != NULL;
}

void file_map_release(struct file_map *map)
{
    if (map->bytes)
        munmap(map->bytes, map->length);
    *map = (struct file_map){0};
}

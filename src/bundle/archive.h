/* SPDX-License-Identifier: Apache-2.0 */
/* A folder as a .tar.gz and back, by GNU tar and gzip. */
#ifndef KBENCH_BUNDLE_ARCHIVE_H
#define KBENCH_BUNDLE_ARCHIVE_H

#include <stdint.h>

#include "base/error.h"

/*
 * `parent`/`name` as `path`, which is replaced as a whole. The same files give the same bytes: sorted names, every file of the time
 * `time_s` (seconds since 1970), of nobody and readable by all, in a gzip stream without name and time.
 */
bool archive_write(const char *parent, const char *name, int64_t time_s, const char *path, struct error *error);

/* The files of a git commit as `path`, below a folder `name`; the same bytes from every clone. */
bool archive_write_commit(const char *repository, const char *commit, const char *name, const char *path,
                          struct error *error);

/*
 * Unpack into `folder`, which is there and empty. The archive may come from anybody: it must have one folder, and in it nothing
 * but files and folders by relative names without "..", and no more than there is room for; nothing is written before all of its
 * names were looked at. The one folder's path goes to *root; the caller frees.
 */
bool archive_unpack(const char *path, const char *folder, char **root, struct error *error);

#endif

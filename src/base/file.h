/* SPDX-License-Identifier: Apache-2.0 */
/* Files and folders, with errors that name the path. Paths are plain strings; nothing here keeps state. */
#ifndef KBENCH_BASE_FILE_H
#define KBENCH_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"

/* Append a whole file to `content`; a file of more than `limit_bytes` is an error (ERROR_INPUT), as is a missing one. */
bool file_read(const char *path, size_t limit_bytes, struct text *content, struct error *error);
/* Write by a temporary file in the same folder, fsync and rename, so that a reader sees the old or the new one. */
bool file_write(const char *path, const void *bytes, size_t length, struct error *error);
/* The same of a file that is there: where `path` is a link, what it leads to is replaced; owner and permissions stay. */
bool file_rewrite(const char *path, const void *bytes, size_t length, struct error *error);
bool file_exists(const char *path);
/* mkdir -p */
bool file_make_folder(const char *path, struct error *error);
/* The folder that `path` lies in, made when it is not there: absolute, without links; the caller frees. NULL: `error`. */
char *file_make_folder_of(const char *path, struct error *error);
/* A new folder for this process alone, in $TMPDIR or /tmp, absolute. The caller removes it with file_remove_tree() and frees the
 * name. NULL: `error`. */
char *file_make_temporary_folder(struct error *error);
/* mkfifo and open for reading, non-blocking, before anybody writes; its pipe holds `pipe_bytes` where the system allows so much.
 * -1: `error`, and no FIFO is left. */
int file_make_fifo(const char *path, int pipe_bytes, struct error *error);
/* rm -rf of one tree; a missing one is no error. Does not follow symbolic links. */
bool file_remove_tree(const char *path, struct error *error);
/* Bytes free for this user on the file system of `path` (or of its nearest existing parent); < 0 on error. */
int64_t file_free_bytes(const char *path);
/* The last `lines` lines of a (log) file, appended to `text`; nothing when it cannot be read. */
void file_tail(const char *path, int lines, struct text *text);
/* SHA-256 as 64 lower-case hexadecimal digits plus NUL. */
void file_sha256_hex(const void *bytes, size_t length, char hex[65]);
/* The same of a file. */
bool file_sha256(const char *path, char hex[65], struct error *error);

/* The folder that holds schema/, plots/, experiments/ and src/: KBENCH_HOME, else found from the program's own place
 * (…/build/kbench → …; …/bin/kbench → …/share/kbench). Static storage, fixed at the first call. */
const char *file_home(void);
/* The build folder with the drivers' programs, jars and the virtual environment: KBENCH_BUILD, else <home>/build. */
const char *file_build(void);

#endif

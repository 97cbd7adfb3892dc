/* SPDX-License-Identifier: Apache-2.0 */
/* Folders of files: what is in them, and copies. */
#ifndef KBENCH_BUNDLE_TREE_H
#define KBENCH_BUNDLE_TREE_H

#include "base/error.h"
#include "base/text.h"

/* Every file below `folder`, as "a/b.txt", in the order of the bytes of their names. Anything but a file or a folder (a link, a
 * device) is an error (ERROR_INPUT). */
bool tree_list(const char *folder, struct string_list *files, struct error *error);
/* One file; makes the folder that `to` lies in. */
bool tree_copy_file(const char *from, const char *to, struct error *error);
/* Every file below `from` to the same name below `to`. */
bool tree_copy(const char *from, const char *to, struct error *error);
/* Write a text to a file, whose folder is made. */
bool tree_write(const char *path, const struct text *content, struct error *error);

#endif

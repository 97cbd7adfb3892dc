/* SPDX-License-Identifier: Apache-2.0 */
#include "bundle/tree.h"

#include <errno.h>
#include <fts.h>

#include "base/file.h"

#include "base/banned.h"

#define FILE_LIMIT_BYTES (1L << 32)

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool tree_list(const char *folder, struct string_list *files, struct error *error)
{
    char *root = string_copy(folder);
    char *roots[] = {root, NULL};
    FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    bool ok = walk != NULL || error_set_errno(error, errno, "cannot read the folder '%s'", folder);
    for (FTSENT *entry; ok && (entry = fts_read(walk));) {
        if (entry->fts_info == FTS_F)
            string_list_push(files, entry->fts_path + strlen(folder) + 1);
        else if (entry->fts_info != FTS_D && entry->fts_info != FTS_DP)
            ok = error_set(error, ERROR_INPUT, "'%s' is neither a file nor a folder", entry->fts_path);
    }
    if (walk)
        fts_close(walk);
    if (files->count > 1)
        qsort(files->items, files->count, sizeof *files->items, by_bytes);
    free(root);
    return ok;
}

bool tree_write(const char *path, const struct text *content, struct error *error)
{
    char *folder = file_make_folder_of(path, error);
    bool ok = folder && file_write(path, content->bytes, content->length, error);
    free(folder);
    return ok;
}

bool tree_copy_file(const char *from, const char *to, struct error *error)
{
    struct text content = TEXT_INIT;
    bool ok = file_read(from, FILE_LIMIT_BYTES, &content, error) && tree_write(to, &content, error);
    text_release(&content);
    return ok;
}

bool tree_copy(const char *from, const char *to, struct error *error)
{
    struct string_list files = {0};
    bool ok = tree_list(from, &files, error);
    for (size_t i = 0; ok && i < files.count; i++) {
        char *source = string_format("%s/%s", from, files.items[i]);
        char *target = string_format("%s/%s", to, files.items[i]);
        ok = tree_copy_file(source, target, error);
        free(source);
        free(target);
    }
    string_list_release(&files);
    return ok;
}

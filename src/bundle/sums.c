/* SPDX-License-Identifier: Apache-2.0 */
#include "bundle/sums.h"

#include "base/file.h"
#include "bundle/tree.h"

#include "base/banned.h"

enum { LIST_LIMIT_BYTES = 16 << 20, HEX_LENGTH = 64 };

/* The text that SHA256SUMS is to have. */
static bool sums_of(const char *folder, struct text *text, struct error *error)
{
    struct string_list files = {0};
    bool ok = tree_list(folder, &files, error);
    for (size_t i = 0; ok && i < files.count; i++) {
        char hex[HEX_LENGTH + 1];
        if (string_equal(files.items[i], SUMS_NAME))
            continue;
        char *path = string_format("%s/%s", folder, files.items[i]);
        ok = file_sha256(path, hex, error);
        text_append_format(text, "%s  %s\n", hex, files.items[i]);
        free(path);
    }
    string_list_release(&files);
    return ok;
}

bool sums_write(const char *folder, struct error *error)
{
    struct text text = TEXT_INIT;
    char *path = string_format("%s/" SUMS_NAME, folder);
    bool ok = sums_of(folder, &text, error) && file_write(path, text.bytes, text.length, error);
    text_release(&text);
    free(path);
    return ok;
}

/* The file's name in a line, behind its hash; of a line that is none, all of it. The caller frees. */
static char *name_in(const char *line)
{
    size_t length = strcspn(line, "\n"), skipped = length > HEX_LENGTH + 2 ? HEX_LENGTH + 2 : 0;
    return string_format("%.*s", (int)(length - skipped), line + skipped);
}

/* On the first line in which the two differ, the file that was changed, or is on one side alone: both are in the order of names. */
static bool say_difference(const char *told, const char *found, struct error *error)
{
    while (*told || *found) {
        size_t told_length = strcspn(told, "\n"), found_length = strcspn(found, "\n");
        if (told_length != found_length || memcmp(told, found, told_length) != 0) {
            char *told_name = name_in(told), *found_name = name_in(found);
            bool is_extra = !*told || (*found && strcmp(found_name, told_name) < 0);
            error_set(error, ERROR_INPUT, "the bundle is not as it was written: '%s' is not what " SUMS_NAME " says",
                      is_extra ? found_name : told_name);
            free(told_name);
            free(found_name);
            return false;
        }
        told += told_length + (told[told_length] == '\n');
        found += found_length + (found[found_length] == '\n');
    }
    return true;
}

bool sums_check(const char *folder, struct error *error)
{
    struct text told = TEXT_INIT, found = TEXT_INIT;
    char *path = string_format("%s/" SUMS_NAME, folder);
    bool ok = file_read(path, LIST_LIMIT_BYTES, &told, error) && sums_of(folder, &found, error) &&
              say_difference(told.bytes, found.bytes, error);
    free(path);
    text_release(&told);
    text_release(&found);
    return ok;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Where secrets are looked for: files, and every text of a database. */
#include "base/file.h"
#include "bundle/secrets.h"
#include "bundle/tree.h"
#include "store/texts.h"

#include "base/banned.h"

enum { LOOKED_AT_BYTES = 8192 };
#define FILE_LIMIT_BYTES (1L << 30)

/* Pictures, archives and databases have a NUL among their first bytes. */
static bool is_text(const struct text *content)
{
    size_t length = content->length < LOOKED_AT_BYTES ? content->length : LOOKED_AT_BYTES;
    return memchr(content->bytes, '\0', length) == NULL;
}

bool secret_search_folder(struct secret_search *search, const char *folder, const char *names_only, struct error *error)
{
    struct string_list files = {0};
    bool ok = tree_list(folder, &files, error);
    char *prefix = string_format("%s/", names_only ? names_only : "");
    for (size_t i = 0; ok && i < files.count; i++) {
        struct text content = TEXT_INIT;
        char *path = string_format("%s/%s", folder, files.items[i]);
        ok = file_read(path, FILE_LIMIT_BYTES, &content, error);
        search->properties = !names_only || !string_starts_with(files.items[i], prefix);
        if (ok && is_text(&content))
            secret_search_text(search, files.items[i], true, content.bytes, content.length);
        text_release(&content);
        free(path);
    }
    search->properties = true;
    free(prefix);
    string_list_release(&files);
    return ok;
}

struct visit {
    struct secret_search *search;
    const char *name;
};

static void look_at(void *context, const struct store_text *text)
{
    const struct visit *visit = context;
    char *where = string_format("%s, table %s, column %s, row %s", visit->name, text->table, text->column,
                                text->row ? text->row : "?");
    secret_search_property(visit->search, where, text->name, text->value);
    secret_search_text(visit->search, where, false, text->value, strlen(text->value));
    free(where);
}

bool secret_search_database(struct secret_search *search, struct store *store, const char *name, struct error *error)
{
    struct visit visit = {search, name};
    return store_each_text(store, look_at, &visit, error);
}

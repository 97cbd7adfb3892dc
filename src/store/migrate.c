/* SPDX-License-Identifier: Apache-2.0 */
/* The schema: numbered migrations, the public views and what is said of both, read from the schema folder at run time. */
#include <dirent.h>

#include "base/file.h"
#include "store/database.h"

#include "base/banned.h"

enum { SCRIPT_LIMIT_BYTES = 1 << 20 };

/* The file that makes schema `number`: "NNNN_….sql", or NULL. The caller frees. */
static char *find_script(const char *folder, int number)
{
    char prefix[16];
    snprintf(prefix, sizeof prefix, "%04d_", number);
    DIR *directory = opendir(folder);
    char *found = NULL;
    for (struct dirent *entry; directory && !found && (entry = readdir(directory));)
        if (string_starts_with(entry->d_name, prefix) && string_ends_with(entry->d_name, ".sql"))
            found = string_format("%s/%s", folder, entry->d_name);
    if (directory)
        closedir(directory);
    return found;
}

static bool read_scripts(const char *folder, struct string_list *scripts, struct error *error)
{
    bool ok = true;
    struct text script = TEXT_INIT;
    char *path;
    while (ok && (path = find_script(folder, (int)scripts->count + 1))) {
        text_clear(&script);
        ok = file_read(path, SCRIPT_LIMIT_BYTES, &script, error);
        if (ok)
            string_list_push(scripts, script.bytes);
        free(path);
    }
    text_release(&script);
    return ok;
}

static bool read_named(const char *folder, const char *name, char **script, struct error *error)
{
    struct text text = TEXT_INIT;
    char *path = string_format("%s/%s", folder, name);
    bool ok = file_read(path, SCRIPT_LIMIT_BYTES, &text, error);
    *script = text_detach(&text);
    free(path);
    return ok;
}

bool migrations_load(const char *folder, struct migrations *migrations, struct error *error)
{
    *migrations = (struct migrations){0};
    bool ok = read_scripts(folder, &migrations->scripts, error);
    if (ok && migrations->scripts.count == 0)
        ok = error_set(
            error, ERROR_UNAVAILABLE,
            "no schema in '%s': kbench's own files are missing there; KBENCH_HOME names the folder that holds schema/",
            folder);
    ok = ok && read_named(folder, "views.sql", &migrations->views, error) &&
         read_named(folder, "documentation.sql", &migrations->documentation, error);
    if (!ok)
        migrations_release(migrations);
    return ok;
}

void migrations_release(struct migrations *migrations)
{
    string_list_release(&migrations->scripts);
    free(migrations->views);
    free(migrations->documentation);
    *migrations = (struct migrations){0};
}

static bool schema_version(struct store *store, int *version, struct error *error)
{
    int64_t value;
    if (!store_lookup(store, "PRAGMA user_version", STORE_NO_VALUES, &value, error))
        return false;
    *version = (int)value;
    return true;
}

bool migrations_check(struct store *store, const struct migrations *migrations, int *version, struct error *error)
{
    const int64_t ours = 0x6b62636e; /* as the first migration sets it */
    int64_t application, objects;
    int newest = (int)migrations->scripts.count;
    if (!schema_version(store, version, error) ||
        !store_lookup(store, "PRAGMA application_id", STORE_NO_VALUES, &application, error) ||
        !store_lookup(store, "SELECT count(*) FROM sqlite_schema", STORE_NO_VALUES, &objects, error))
        return false;
    if (*version > newest)
        return error_set(
            error, ERROR_INPUT,
            "the database '%s' has schema %d, made by a newer kbench than this one, which knows up to %d; it was "
            "left as it is",
            store->path, *version, newest);
    if (*version < 0 || (application != ours && (*version > 0 || objects > 0)))
        return error_set(error, ERROR_INPUT, "'%s' is a database of another program, not of kbench", store->path);
    return true;
}

/* Schema version-1 → version. Another process may have done it between our look and our lock. */
static bool apply_one(struct store *store, const char *script, int version, struct error *error)
{
    char pragma[64];
    snprintf(pragma, sizeof pragma, "PRAGMA user_version = %d", version);
    int present;
    if (!store_begin(store, error))
        return false;
    bool ok = schema_version(store, &present, error);
    if (ok && present < version)
        ok = store_script(store, script, "migrate the database", error) &&
             store_script(store, pragma, "migrate the database", error);
    return store_finish(store, ok, error);
}

struct view {
    char *name, *sql;
};
static const struct column view_columns[] = {COLUMN(struct view, name), COLUMN(struct view, sql), COLUMNS_END};

static bool read_views(struct store *store, struct view **views, size_t *count, struct error *error)
{
    static const struct selection selection = {view_columns, "FROM sqlite_schema WHERE type = 'view' ORDER BY name",
                                               sizeof(struct view)};
    void *items;
    bool ok = store_select(store, &selection, STORE_NO_VALUES, &items, count, error);
    *views = items;
    return ok;
}

static bool has_view(const struct view *views, size_t count, const struct view *wanted)
{
    for (size_t i = 0; i < count; i++)
        if (string_equal(views[i].name, wanted->name))
            return string_equal(views[i].sql, wanted->sql);
    return false;
}

static bool replace_views(struct store *store, const char *script, const struct view *wanted, size_t count,
                          struct error *error)
{
    if (!store_begin(store, error))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++) {
        char *drop = string_format("DROP VIEW IF EXISTS \"%s\"", wanted[i].name);
        ok = store_script(store, drop, "make the views", error);
        free(drop);
    }
    ok = ok && store_script(store, script, "make the views", error);
    return store_finish(store, ok, error);
}

/* What the views should be is asked of SQLite itself, in a database in memory: their text as it would be kept. */
static bool refresh_views(struct store *store, const char *script, struct error *error)
{
    struct store scratch = {.path = store->path};
    struct view *wanted = NULL, *present = NULL;
    size_t wanted_count = 0, present_count = 0;
    bool ok = sqlite3_open(":memory:", &scratch.db) == SQLITE_OK || store_fail(&scratch, "read the views", error);
    ok = ok && store_script(&scratch, script, "read the views", error) &&
         read_views(&scratch, &wanted, &wanted_count, error) && read_views(store, &present, &present_count, error);
    bool equal = true;
    for (size_t i = 0; ok && i < wanted_count; i++)
        equal = equal && has_view(present, present_count, &wanted[i]);
    if (ok && !equal)
        ok = replace_views(store, script, wanted, wanted_count, error);
    store_rows_free(view_columns, wanted, sizeof *wanted, wanted_count);
    store_rows_free(view_columns, present, sizeof *present, present_count);
    sqlite3_close(scratch.db);
    return ok;
}

bool migrations_apply(struct store *store, const struct migrations *migrations, struct error *error)
{
    int version;
    if (!schema_version(store, &version, error))
        return false;
    for (int next = version + 1; next <= (int)migrations->scripts.count; next++)
        if (!apply_one(store, migrations->scripts.items[next - 1], next, error))
            return false;
    return refresh_views(store, migrations->views, error) &&
           documentation_refresh(store, migrations->documentation, error);
}

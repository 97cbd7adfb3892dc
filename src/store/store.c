/* SPDX-License-Identifier: Apache-2.0 */
/* Opening and closing the results database. */
#include <ctype.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "store/database.h"

#include "base/banned.h"

static struct store *store_new(const char *path)
{
    struct store *store = memory_zeroed(1, sizeof *store);
    store->path = string_copy(path);
    return store;
}

void store_close(struct store *store)
{
    if (!store)
        return;
    sqlite3_close(store->db);
    free(store->path);
    free(store);
}

static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return string_copy(".");
    return slash == path ? string_copy("/") : string_format("%.*s", (int)(slash - path), path);
}

static bool check_path(const char *path, struct error *error)
{
    struct stat status;
    if (!path[0])
        return error_set(error, ERROR_INPUT, "the name of the database is empty");
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        return error_set(error, ERROR_INPUT, "'%s' is a folder, not a database", path);
    return true;
}

static bool make_folder(const char *path, struct error *error)
{
    char *folder = folder_of(path);
    bool ok = file_make_folder(folder, error);
    free(folder);
    return ok;
}

/* Closing must not write either, as long as the database may turn out not to be ours: no checkpoint. */
static void keep_untouched(struct store *store, int untouched)
{
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, untouched, NULL);
}

static bool set_up_connection(struct store *store, struct error *error)
{
    sqlite3_busy_timeout(store->db, STORE_BUSY_TIMEOUT_MS);
    return store_script(store, "PRAGMA foreign_keys = ON", "open the database", error);
}

/* The mode stays in the file, but not every file system can do it. */
static bool use_write_ahead_log(struct store *store, struct error *error)
{
    sqlite3_stmt *statement = store_prepare(store, "PRAGMA journal_mode = WAL", STORE_NO_VALUES, error);
    if (!statement)
        return false;
    bool ok = false;
    if (sqlite3_step(statement) != SQLITE_ROW)
        store_fail(store, "open the database", error);
    else if (!string_equal((const char *)sqlite3_column_text(statement, 0), "wal"))
        error_set(error, ERROR_UNAVAILABLE,
                  "the file system of '%s' allows no write-ahead log; put the database elsewhere", store->path);
    else
        ok = true;
    sqlite3_finalize(statement);
    return ok && store_script(store, "PRAGMA synchronous = FULL", "open the database", error);
}

char *store_uri(const char *path, bool read_only)
{
    struct text uri = TEXT_INIT;
    text_append(&uri, path[0] == '/' ? "file://" : "file:");
    for (const char *at = path; *at; at++) {
        if (isalnum((unsigned char)*at) || strchr("/-_.~", *at))
            text_append_char(&uri, *at);
        else
            text_append_format(&uri, "%%%02X", (unsigned)(unsigned char)*at);
    }
    char *folder = folder_of(path), *log = string_format("%s-wal", path);
    if (read_only)
        text_append(&uri, access(folder, W_OK) != 0 && !file_exists(log) ? "?mode=ro&immutable=1" : "?mode=ro");
    free(folder);
    free(log);
    return text_detach(&uri);
}

static bool open_writable(struct store *store, const struct migrations *migrations, struct error *error)
{
    int version;
    char *uri = store_uri(store->path, false);
    int code = sqlite3_open_v2(uri, &store->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI, NULL);
    free(uri);
    if (code != SQLITE_OK)
        return store_fail(store, "open the database", error);
    keep_untouched(store, true);
    if (!set_up_connection(store, error) || !migrations_check(store, migrations, &version, error))
        return false;
    if (sqlite3_db_readonly(store->db, "main") == 1)
        return error_set(error, ERROR_UNAVAILABLE, "the database '%s' may not be written", store->path);
    keep_untouched(store, false);
    return use_write_ahead_log(store, error) && migrations_apply(store, migrations, error);
}

static bool load_migrations(struct migrations *migrations, struct error *error)
{
    char *folder = string_format("%s/schema", file_home());
    bool ok = migrations_load(folder, migrations, error);
    free(folder);
    return ok;
}

struct store *store_open(const char *path, struct error *error)
{
    struct migrations migrations = {0};
    struct store *store = store_new(path);
    bool ok = check_path(path, error) && load_migrations(&migrations, error) && make_folder(path, error) &&
              open_writable(store, &migrations, error);
    migrations_release(&migrations);
    if (!ok) {
        store_close(store);
        return NULL;
    }
    return store;
}

static bool open_for_reading(struct store *store, const struct migrations *migrations, bool older_too,
                             struct error *error)
{
    int version, newest = (int)migrations->scripts.count;
    char *uri = store_uri(store->path, true);
    int code = sqlite3_open_v2(uri, &store->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL);
    free(uri);
    if (code != SQLITE_OK)
        return store_fail(store, "open the database", error);
    if (!set_up_connection(store, error) || !migrations_check(store, migrations, &version, error))
        return false;
    if (version == 0)
        return error_set(error, ERROR_INPUT, "'%s' is empty, no database of kbench's", store->path);
    if (version < newest && !older_too)
        return error_set(
            error, ERROR_INPUT,
            "'%s' has schema %d, this kbench reads %d: a 'kbench report VERSION --db %s' that may write there "
            "brings it up to date",
            store->path, version, newest, store->path);
    return true;
}

static struct store *open_existing(const char *path, bool older_too, struct error *error)
{
    struct migrations migrations = {0};
    struct store *store = store_new(path);
    bool ok = check_path(path, error);
    if (ok && access(path, F_OK) != 0)
        ok = error_set(error, ERROR_INPUT, "there is no database '%s'; 'kbench run' makes one, --db names another",
                       path);
    ok = ok && load_migrations(&migrations, error) && open_for_reading(store, &migrations, older_too, error);
    migrations_release(&migrations);
    if (!ok) {
        store_close(store);
        return NULL;
    }
    return store;
}

struct store *store_open_read_only(const char *path, struct error *error)
{
    return open_existing(path, false, error);
}

struct store *store_open_older(const char *path, struct error *error)
{
    return open_existing(path, true, error);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* SQLite's result codes as sentences for a person who has to do something about them. */
#include <errno.h>

#include "base/file.h"
#include "store/database.h"

#include "base/banned.h"

static bool out_of_room(int code, int system_errno)
{
    return (code & 0xff) == SQLITE_FULL ||
           ((code & 0xff) == SQLITE_IOERR && (system_errno == ENOSPC || system_errno == EDQUOT));
}

/* What others have written stands in the log as long as it is there, and SQLite makes a file beside it to read both. */
static bool has_log(const char *path)
{
    char *log = string_format("%s-wal", path);
    bool found = file_exists(log);
    free(log);
    return found;
}

bool store_fail(const struct store *store, const char *doing, struct error *error)
{
    int code = sqlite3_extended_errcode(store->db);
    int system_errno = sqlite3_system_errno(store->db);
    const char *path = store->path;
    if (out_of_room(code, system_errno))
        return error_set(error, ERROR_UNAVAILABLE,
                         "cannot %s: no room is left on the disk of '%s'; what was stored before is whole", doing,
                         path);
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return error_set(
            error, ERROR_UNAVAILABLE,
            "cannot %s: another program holds the database '%s' and has not let go for %d s; wait for it or end it, "
            "then try again",
            doing, path, STORE_BUSY_TIMEOUT_MS / 1000);
    case SQLITE_NOTADB: return error_set(error, ERROR_INPUT, "cannot %s: '%s' is no SQLite database", doing, path);
    case SQLITE_CORRUPT:
        return error_set(error, ERROR_UNAVAILABLE, "cannot %s: the database '%s' is damaged (%s)", doing, path,
                         sqlite3_errmsg(store->db));
    case SQLITE_READONLY:
        return error_set(error, ERROR_UNAVAILABLE, "cannot %s: the database '%s', or its folder, may not be written",
                         doing, path);
    case SQLITE_CANTOPEN:
        if (has_log(path))
            return error_set(
                error, ERROR_UNAVAILABLE,
                "cannot %s: its write-ahead log '%s-wal' can only be read in a folder that may be written; copy the two "
                "to one",
                doing, path);
        /* fall through */
    case SQLITE_IOERR:
        if (system_errno)
            return error_set_errno(error, system_errno, "cannot %s '%s'", doing, path);
        break;
    default: break;
    }
    return error_set(error, ERROR_UNAVAILABLE, "cannot %s '%s': %s", doing, path, sqlite3_errmsg(store->db));
}

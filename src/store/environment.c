/* SPDX-License-Identifier: Apache-2.0 */
/* One row per distinct state of a machine. */
#include "base/clock.h"
#include "base/file.h"
#include "store/database.h"

#include "base/banned.h"

bool store_put_environment(struct store *store, const json_t *environment, int64_t *environment_id, struct error *error)
{
    char sha256[65], now[CLOCK_ISO8601_SIZE];
    char *line = json_line(environment);
    file_sha256_hex(line, strlen(line), sha256);
    bool ok = store_run(store,
                        "INSERT INTO environment (sha256, description, first_seen_at) VALUES (?, ?, ?) "
                        "ON CONFLICT (sha256) DO NOTHING",
                        STORE_VALUES(value_text(sha256), value_text(line), value_text(clock_iso8601(now))), error) &&
              store_lookup(store, "SELECT id FROM environment WHERE sha256 = ?", STORE_VALUES(value_text(sha256)),
                           environment_id, error);
    free(line);
    return ok;
}

json_t *store_read_environment(struct store *store, int64_t environment_id, struct error *error)
{
    sqlite3_stmt *statement = store_prepare(store, "SELECT description FROM environment WHERE id = ?",
                                            STORE_VALUES(value_integer(environment_id)), error);
    if (!statement)
        return NULL;
    json_t *environment = NULL;
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        environment = json_parse((const char *)sqlite3_column_text(statement, 0),
                                 (size_t)sqlite3_column_bytes(statement, 0), error);
    else if (code == SQLITE_DONE)
        error_set(error, ERROR_INPUT, "the database '%s' has no environment %lld", store->path,
                  (long long)environment_id);
    else
        store_fail(store, "read the database", error);
    sqlite3_finalize(statement);
    return environment;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <unistd.h>

#include "base/file.h"
#include "commands/command.h"
#include "store/store.h"

#include "base/banned.h"

const char *command_database(const struct option_value *db)
{
    const char *from_environment = getenv("KBENCH_DB");
    if (db->given)
        return db->string;
    return from_environment && from_environment[0] ? from_environment : "results/kbench.db";
}

struct store *command_open_database(const char *path, bool *writable, struct error *error)
{
    if (!file_exists(path)) {
        error_set(error, ERROR_INPUT, "there is no database '%s'; 'kbench run' makes one, --db names another", path);
        return NULL;
    }
    bool may_write = writable && access(path, W_OK) == 0;
    if (writable)
        *writable = may_write;
    return may_write ? store_open(path, error) : store_open_read_only(path, error);
}

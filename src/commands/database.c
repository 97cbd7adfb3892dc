/* SPDX-License-Identifier: Apache-2.0 */
#include "commands/command.h"

#include "base/banned.h"

const char *command_database(const struct option_value *db)
{
    const char *from_environment = getenv("KBENCH_DB");
    if (db->given)
        return db->string;
    return from_environment && from_environment[0] ? from_environment : "results/kbench.db";
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the text of a database, which may come from anybody. */
#ifndef KBENCH_STORE_LOAD_H
#define KBENCH_STORE_LOAD_H

#include "base/error.h"

/* Run the statements of `sql_path` in a new database at `path`. They may make tables, indexes and views there and put rows into
 * them, and nothing else: no other database or file, no other function than the schema's own. Errors are file:line
 * (ERROR_INPUT); what is at `path` then is the caller's to remove. */
bool load_sql(const char *sql_path, const char *path, struct error *error);

#endif

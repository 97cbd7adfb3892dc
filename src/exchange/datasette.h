/* SPDX-License-Identifier: Apache-2.0 */
/* What Datasette (https://datasette.io) shows of a database beside its rows. */
#ifndef KBENCH_EXCHANGE_DATASETTE_H
#define KBENCH_EXCHANGE_DATASETTE_H

#include "store/store.h"

/*
 * Write `folder`/metadata.json for `datasette DATABASE --metadata FOLDER/metadata.json`: titles, what tables and columns are and in
 * which unit (schema_doc), how tables are sorted and faceted first, and the cookbook's queries with their parameters. `database` is
 * the path of the store's file: Datasette calls a database by the file's name without its ending. The folder is made when it is not
 * there.
 */
bool exchange_datasette(struct store *store, const char *database, const char *folder, struct error *error);

#endif

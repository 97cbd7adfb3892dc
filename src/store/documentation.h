/* SPDX-License-Identifier: Apache-2.0 */
/* What the database says of its own tables, views and columns. */
#ifndef KBENCH_STORE_DOCUMENTATION_H
#define KBENCH_STORE_DOCUMENTATION_H

#include "store/store.h"

/* A table or view with its columns behind it; the views first. */
struct store_documentation {
    struct store_documentation_row {
        char *table_name;
        char *column_name; /* "" for the table or view itself */
        char *type;        /* as declared; NULL: a table, or an expression of a view */
        char *unit;        /* NULL: none */
        char *description;
        bool is_view;
    } * items;
    size_t count;
};
bool store_read_documentation(struct store *store, struct store_documentation *documentation, struct error *error);
void store_documentation_release(struct store_documentation *documentation);
/* The row of a table or view itself; NULL and ERROR_INPUT with the nearest name when there is none. */
const struct store_documentation_row *store_find_documentation(const struct store_documentation *documentation,
                                                               const char *table, struct error *error);

/* Print it: of one table or view, or of all when `table` is NULL; STORE_TABLE then lists only what there is, without the columns.
 * ERROR_INPUT as store_find_documentation(). */
bool store_query_documentation(struct store *store, const char *table, enum store_format format, FILE *file,
                               struct error *error);

#endif

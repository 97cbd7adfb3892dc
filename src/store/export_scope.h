/* SPDX-License-Identifier: Apache-2.0 */
/* What a filter means in this database, and the queries that come of it; for the exports of this room alone. */
#ifndef KBENCH_STORE_EXPORT_SCOPE_H
#define KBENCH_STORE_EXPORT_SCOPE_H

#include "store/database.h"
#include "store/export.h"

struct export_scope {
    const struct store_filter *filter;
    int64_t experiment_id; /* STORE_ABSENT: of all experiments */
    bool trials;           /* the version was measured, or none is named */
    bool published;        /* others published something under its name, or none is named */
};

/* Look the filter's names up. False: one of them is not there, `error` says what is. */
bool export_scope_find(struct store *store, const struct store_filter *filter, struct export_scope *scope,
                       struct error *error);

/* "SELECT <columns> FROM results …" of the trials, or of the published numbers, that the scope lets through. NULL: `error`. */
sqlite3_stmt *export_prepare(struct store *store, const struct export_scope *scope, bool published, const char *columns,
                             const char *order, struct error *error);

/* True when `code`, a step's that gave no row, is the end; else `error`: interrupted, or what SQLite says. */
bool export_ended(struct store *store, int code, struct error *error);

#endif

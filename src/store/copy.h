/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Copies rows table by table from an attached database, parents before children. Of each table with an id a temporary table
 * map_<table> tells which row here is which row there, so that references can follow. Nobody outside src/store includes it.
 *
 * In SQL the row that is copied is `theirs`, the one here with the same identity `ours`.
 */
#ifndef KBENCH_STORE_COPY_H
#define KBENCH_STORE_COPY_H

#include "store/database.h"

#define COPY_SOURCE "source" /* the name under which the other database is attached */

struct copy_reference {
    const char *column, *table; /* NULL: none */
};

struct copy_table {
    const char *name;
    const char *identity;        /* columns that tell a row from the others, with commas */
    const char *free;            /* columns in which two rows of one identity may differ, or NULL: what is here stays */
    const char *label;           /* SQL: which row it is, for a person */
    const char *advice;          /* what to do when it differs, or NULL */
    struct copy_reference owner; /* a row goes where its owner goes */
    struct copy_reference other[2]; /* further references; may be NULL */
    bool has_id;                    /* has a column `id` that others refer to */
    bool derived;                   /* computed from other rows: taken only with an owner that is new here */
    bool repeats;                   /* many owners have the same rows */
};
/* All tables but schema_doc, which each database makes for itself; ends with a NULL name. */
extern const struct copy_table copy_tables[];
enum { COPY_TABLES_MAX = 24 };

/* Rows that are taken of one table, as SQL over `theirs`. */
struct copy_filter {
    const char *table, *condition;
};

struct copy {
    struct store *store;               /* with the other database attached, in a transaction */
    const char *path;                  /* of the other one, for messages */
    const struct copy_filter *filters; /* end with a NULL table; NULL: all rows */
    int64_t added[COPY_TABLES_MAX];    /* new rows, by the index in copy_tables */
};

/* Attach another database under COPY_SOURCE, for reading alone; outside of a transaction, as SQLite wants it. */
bool copy_attach(struct store *store, const char *path, struct error *error);
bool copy_detach(struct store *store, struct error *error);
/* Both databases have these tables with the same columns. */
bool copy_check_schema(struct copy *copy, struct error *error);
/* All tables. False with `error`; the caller takes the transaction back. The maps stay, for copy_forget_maps(). */
bool copy_run(struct copy *copy, struct error *error);
bool copy_forget_maps(struct copy *copy, struct error *error);

/* What the statements about one table are put together from: SQL. */
struct copy_parts {
    const struct copy_table *table;
    struct string_list columns;
    char *rows;   /* where `theirs` comes from */
    char *wanted; /* whether it is one to take */
    char *same;   /* whether `ours` and `theirs` are the same row */
};
/* copy_conflict.c: refuse rows that are here with other values. */
bool copy_check_conflicts(struct copy *copy, const struct copy_parts *parts, struct error *error);
/* SQL for a column of `theirs` as it is to stand here. The caller frees. */
char *copy_value(const struct copy_table *table, const char *column);
bool copy_is_reference(const struct copy_table *table, const char *column);
/* Whether a column is in a list with commas. */
bool copy_lists(const char *list, const char *column);

#endif

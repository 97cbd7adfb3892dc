/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files of this room share: the connection, statements with bound values, transactions, and tables of columns
 * that carry a struct to a row and back. Nobody outside src/store includes it (tests of the store apart).
 */
#ifndef KBENCH_STORE_DATABASE_H
#define KBENCH_STORE_DATABASE_H

#include <sqlite3.h>
#include <stddef.h>

#include "base/error.h"
#include "store/store.h"

#define STORE_BUSY_TIMEOUT_MS 5000

struct store {
    sqlite3 *db;
    char *path;
    int depth; /* of transactions: 0 outside of one */
};

/* ---- store.c ---- */
/* The path as a URI: in one, a connection may attach another database for reading alone. In a folder that may not be written (a
 * mounted archive) SQLite could not make the files that a write-ahead log needs beside it; when nobody else has made them, nobody
 * writes, and the file can be read as it is. The caller frees. */
char *store_uri(const char *path, bool read_only);
/* As store_open_read_only(), but of any schema up to this kbench's: only to copy it and to migrate the copy. */
struct store *store_open_older(const char *path, struct error *error);

/* ---- problem.c ---- */
/* Turn the connection's last error into `error`: "cannot <doing>: …". Always returns false. */
bool store_fail(const struct store *store, const char *doing, struct error *error);

/* ---- migrate.c ---- */
/* The numbered migrations of a folder, in order. */
struct migrations {
    struct string_list scripts; /* [0] makes schema 1 */
    char *views, *documentation;
};
bool migrations_load(const char *folder, struct migrations *migrations, struct error *error);
void migrations_release(struct migrations *migrations);
/* Refuse what is not kbench's, and what a newer kbench has made. The database's own schema goes to `version`. */
bool migrations_check(struct store *store, const struct migrations *migrations, int *version, struct error *error);
/* Apply what is missing, each migration in a transaction of its own, and make views and documentation anew when they differ. */
bool migrations_apply(struct store *store, const struct migrations *migrations, struct error *error);

/* ---- documentation.c ---- */
/* Fill schema_doc by `script` unless it was filled by the same text. */
bool documentation_refresh(struct store *store, const char *script, struct error *error);

/* ---- statement.c ---- */
struct store_value {
    enum { VALUE_NULL, VALUE_TEXT, VALUE_INTEGER, VALUE_REAL } type;
    const char *text; /* borrowed until the statement has ended */
    int64_t integer;
    double real;
};
struct store_value value_text(const char *text);   /* NULL: absent */
struct store_value value_integer(int64_t integer); /* STORE_ABSENT: absent */
struct store_value value_real(double real);        /* NAN: absent */
/* The values of ?1, ?2, … as two arguments: the array and its length. */
#define STORE_VALUES(...)                                                                                              \
    (const struct store_value[]){__VA_ARGS__},                                                                         \
        sizeof((const struct store_value[]){__VA_ARGS__}) / sizeof(struct store_value)
#define STORE_NO_VALUES NULL, 0

/* NULL on error; the caller ends it with sqlite3_finalize(). */
sqlite3_stmt *store_prepare(struct store *store, const char *sql, const struct store_value *values, size_t count,
                            struct error *error);
/* Run a statement that gives no rows. */
bool store_run(struct store *store, const char *sql, const struct store_value *values, size_t count,
               struct error *error);
/* The integer in the first column of the first row; STORE_ABSENT when there is no row or it is NULL. */
bool store_lookup(struct store *store, const char *sql, const struct store_value *values, size_t count, int64_t *result,
                  struct error *error);
/* Run a script of several statements without values. */
bool store_script(struct store *store, const char *sql, const char *doing, struct error *error);

/* ---- columns.c ---- */
enum column_type { COLUMN_TEXT, COLUMN_INT, COLUMN_INTEGER, COLUMN_UNSIGNED, COLUMN_REAL, COLUMN_BOOLEAN };

/* How a member of a struct stands in the database. Absent values are NULL there: a text NULL, STORE_ABSENT, NAN. */
struct column {
    const char *name; /* of the column; for reading any SQL expression. NULL ends the table */
    enum column_type type;
    size_t offset;
};
/* The type comes from the member, so the two cannot disagree. */
#define COLUMN_AS(struct_, member, name_)                                                                              \
    {                                                                                                                  \
        (name_), COLUMN_TYPE((struct_){0}.member), offsetof(struct_, member)                                           \
    }
#define COLUMN_TYPE(value)                                                                                             \
    _Generic((value),                                                                                                  \
             char *: COLUMN_TEXT,                                                                                      \
             const char *: COLUMN_TEXT,                                                                                \
             int: COLUMN_INT,                                                                                          \
             int64_t: COLUMN_INTEGER,                                                                                  \
             uint64_t: COLUMN_UNSIGNED,                                                                                \
             double: COLUMN_REAL,                                                                                      \
             bool: COLUMN_BOOLEAN)
#define COLUMN(struct_, member) COLUMN_AS(struct_, member, #member)
#define COLUMNS_END                                                                                                    \
    {                                                                                                                  \
        NULL, COLUMN_TEXT, 0                                                                                           \
    }

/* What the database gets of a member. */
struct store_value column_value(const void *row, const struct column *column);
/* Make the members absent that can be: a text NULL, STORE_ABSENT, NAN. */
void columns_clear(void *row, const struct column *columns);

/* Of struct store_interval: trial.c writes them, result.c reads them. */
extern const struct column store_interval_columns[];
/* Of struct store_published: the first STORE_PUBLISHED_KEYS identify a row, the next one is its source. */
extern const struct column store_published_columns[];
#define STORE_PUBLISHED_KEYS 4

/* A column that is the same in all rows of one insertion: the row that they belong to. */
struct row_key {
    const char *name;
    int64_t value;
};
/* Insert `count` structs. `positions`: number them from 0 in a column "position". */
struct insertion {
    const char *table;
    const struct row_key *keys;
    size_t key_count;
    bool positions;
    const struct column *columns;
    const void *rows;
    size_t row_size, count;
};
bool store_insert(struct store *store, const struct insertion *insertion, struct error *error);

/* "SELECT <columns> <tail>" into a heap array of structs: *items (NULL when there is none) and *item_count. */
struct selection {
    const struct column *columns;
    const char *tail; /* "FROM …" */
    size_t row_size;
};
bool store_select(struct store *store, const struct selection *selection, const struct store_value *values,
                  size_t count, void **items, size_t *item_count, struct error *error);
/* Append what "SELECT name <tail>" finds, texts that are there. */
bool store_select_names(struct store *store, const char *tail, const struct store_value *values, size_t count,
                        struct string_list *names, struct error *error);
/* Free one row's texts, or those of all rows and the array. */
void store_row_release(const struct column *columns, const void *row);
void store_rows_free(const struct column *columns, void *items, size_t row_size, size_t count);

#endif

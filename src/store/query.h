/* SPDX-License-Identifier: Apache-2.0 */
/* What the writers of `kbench sql` share: they step through a statement and print it. */
#ifndef KBENCH_STORE_QUERY_H
#define KBENCH_STORE_QUERY_H

#include <sqlite3.h>
#include <stdio.h>

#include "base/text.h"
#include "store/store.h"

/* SQLite's code of the last step: SQLITE_DONE, or what went wrong. They stop early when `file` cannot be written. */
int query_write_table(sqlite3_stmt *statement, FILE *file);
int query_write_csv(sqlite3_stmt *statement, FILE *file);
int query_write_json(sqlite3_stmt *statement, FILE *file);

/* The two halves of query_write_csv(): the line of the columns' names; the rows that are left. */
void query_write_csv_names(sqlite3_stmt *statement, FILE *file);
int query_write_csv_rows(sqlite3_stmt *statement, FILE *file);
/* The columns of the row that the statement stands on as members of a JSON object: "name":value,… `value` is room to work in. */
void query_write_json_members(sqlite3_stmt *statement, struct text *value, FILE *file);
/* SQLite ends a statement of this connection soon after a signal has asked to stop; off again with false. */
void query_heed_interrupts(sqlite3 *db, bool heed);

/* Give the parameters of a statement their values. */
bool query_bind(struct store *store, sqlite3_stmt *statement, const struct store_parameters *parameters,
                struct error *error);

/* Append the value of a column as text: reals with as many digits as bring the same number back, blobs in hexadecimal, text
 * with U+FFFD for what is not UTF-8. NULL appends nothing. */
void query_append_value(struct text *text, sqlite3_stmt *statement, int column);
/* A real with as many significant digits; 0: as many as bring the same number back. */
void query_append_real(struct text *text, double value, int digits);
/* Bytes from outside as UTF-8. */
void query_append_utf8(struct text *text, const char *bytes, size_t length);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* What the writers of `kbench sql` share: they step through a statement and print it. */
#ifndef KBENCH_STORE_QUERY_H
#define KBENCH_STORE_QUERY_H

#include <sqlite3.h>
#include <stdio.h>

#include "base/text.h"

/* SQLite's code of the last step: SQLITE_DONE, or what went wrong. They stop early when `file` cannot be written. */
int query_write_table(sqlite3_stmt *statement, FILE *file);
int query_write_csv(sqlite3_stmt *statement, FILE *file);
int query_write_json(sqlite3_stmt *statement, FILE *file);

/* Append the value of a column as text: reals with as many digits as bring the same number back, blobs in hexadecimal, text
 * with U+FFFD for what is not UTF-8. NULL appends nothing. */
void query_append_value(struct text *text, sqlite3_stmt *statement, int column);
/* Bytes from outside as UTF-8. */
void query_append_utf8(struct text *text, const char *bytes, size_t length);
/* Bytes of the character that begins at `at` (at least one left before `end`); 0 when it is not UTF-8. */
size_t query_utf8_length(const char *at, const char *end);

#endif

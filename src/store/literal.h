/* SPDX-License-Identifier: Apache-2.0 */
/* Values as SQL text that reads back as the same value, on lines that a person and diff can read. */
#ifndef KBENCH_STORE_LITERAL_H
#define KBENCH_STORE_LITERAL_H

#include <sqlite3.h>

#include "base/text.h"

/* Append the value of a column: text quoted with its line ends, other control characters as char(n), what is not UTF-8 and blobs in
 * hexadecimal. */
void literal_append(struct text *text, sqlite3_stmt *statement, int column);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Reads comma-separated values (RFC 4180): quotes, "" in them, line breaks in them; CRLF or LF. Strict: what is ambiguous is an error. */
#ifndef KBENCH_STORE_CSV_H
#define KBENCH_STORE_CSV_H

#include "base/error.h"
#include "base/text.h"

struct csv_reader {
    const char *file; /* for messages */
    const char *at, *end;
    int line; /* where the next record starts, 1-based */
};

/* `bytes` stay the caller's. A byte order mark is skipped. */
void csv_reader_init(struct csv_reader *reader, const char *file, const char *bytes, size_t length);

/* The next record into `fields` (emptied before), the line that it starts on into `line`. False at the end, and with `error`
 * filled when the text is wrong. Empty lines are skipped. */
bool csv_reader_next(struct csv_reader *reader, struct string_list *fields, int *line, struct error *error);

#endif

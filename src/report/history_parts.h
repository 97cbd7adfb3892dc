/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the history share. */
#ifndef KBENCH_REPORT_HISTORY_PARTS_H
#define KBENCH_REPORT_HISTORY_PARTS_H

#include "report/history.h"

/* history_order.c: what is superseded before what supersedes it, the revisions of a version rising. */
void history_sort(struct store_revision_rows *rows);

/* history_table.c: the published tables that the revisions name or supersede, and the superseded versions that are unknown. */
bool history_read_tables(struct store *store, struct history *history, struct error *error);

#endif

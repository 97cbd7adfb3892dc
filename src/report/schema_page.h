/* SPDX-License-Identifier: Apache-2.0 */
/* The documentation of the database's tables and views as a page of Markdown. */
#ifndef KBENCH_REPORT_SCHEMA_PAGE_H
#define KBENCH_REPORT_SCHEMA_PAGE_H

#include "base/text.h"
#include "store/documentation.h"

/* A heading and a table of columns for each; only of `table` unless it is NULL. */
void report_markdown_schema(const struct store_documentation *documentation, const char *table, struct text *text);

#endif

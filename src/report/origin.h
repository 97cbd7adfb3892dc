/* SPDX-License-Identifier: Apache-2.0 */
/* What the numbers of a table that was not measured here are: its author's, what a tool printed, or both. */
#ifndef KBENCH_REPORT_ORIGIN_H
#define KBENCH_REPORT_ORIGIN_H

#include "store/store.h"

struct origin {
    const char *word;  /* "published": of a column or a caption */
    const char *where; /* on what they were measured, behind the word: "on other machines, with other versions" */
};
/* Never NULL; of a table without rows as of one that somebody published. */
const struct origin *origin_of(const struct store_result_rows *rows);

#endif

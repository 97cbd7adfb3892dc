/* SPDX-License-Identifier: Apache-2.0 */
/* The HTML comments of a document, without those that stand in code and are only shown. Pure. */
#ifndef KBENCH_PUBLISH_COMMENTS_H
#define KBENCH_PUBLISH_COMMENTS_H

#include <stdbool.h>

#include "publish/layout.h"

struct comment {
    size_t begin, end;      /* bytes, from "<!--" to behind "-->"; not closed: to the end of its line */
    bool closed;            /* within its block: elsewhere the next block begins before it ends */
    size_t line, last_line; /* indices of the layout's lines that it begins and ends on */
};

struct comments {
    struct comment *items;
    size_t count;
};

void comments_find(const char *bytes, const struct layout *layout, struct comments *comments);
void comments_release(struct comments *comments);

#endif

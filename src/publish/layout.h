/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which lines of a document are text, HTML or code: what decides whether a comment in it is one, or is only shown. Markdown is read
 * by cmark, the reference implementation of CommonMark, and with footnotes. Pure.
 */
#ifndef KBENCH_PUBLISH_LAYOUT_H
#define KBENCH_PUBLISH_LAYOUT_H

#include <stddef.h>

enum layout_kind {
    LAYOUT_TEXT, /* with inline markup: a code span hides what is in it */
    LAYOUT_HTML, /* as it stands */
    LAYOUT_CODE, /* a block of code */
};

struct layout_line {
    size_t begin, end; /* bytes; `end` is behind the line's ending */
    enum layout_kind kind;
    size_t block_begin,
        block_end; /* of the paragraph, heading, block of HTML or code that the line is of, else of the line */
};

/* The lines one after the other without a gap; a byte order mark is before the first. LF, CR LF and CR end a line. */
struct layout {
    struct layout_line *lines;
    size_t count; /* at least 1 */
};

/* layout_release() frees. */
void layout_markdown(const char *bytes, size_t length, struct layout *layout);
void layout_html(const char *bytes, size_t length, struct layout *layout);
void layout_release(struct layout *layout);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A document of somebody else's with kbench's markers in it. What stands between an opening and its closing marker is kbench's; every
 * other byte is the document's and stays as it is.
 */
#ifndef KBENCH_PUBLISH_DOCUMENT_H
#define KBENCH_PUBLISH_DOCUMENT_H

#include "experiment/experiment.h"
#include "publish/tag.h"

enum document_format { DOCUMENT_MARKDOWN, DOCUMENT_HTML };

struct marker {
    const struct marker_kind *kind;
    struct attributes attributes;
    struct position position;     /* of the opening marker */
    enum document_format format;  /* of the place: within a block of HTML, Markdown is none */
    size_t begin, end;            /* the bytes between the two: a block's are whole lines */
    size_t indent, indent_length; /* a block's: white space in front of the opening marker */
    const char *line_ending;      /* a block's: that of the opening marker's line */
};

struct document {
    const char *name; /* for messages; borrowed */
    enum document_format format;
    struct text bytes;
    struct marker *markers; /* in the order of their place; they do not overlap */
    size_t marker_count;
};

/* HTML when the name ends in .html or .htm, else Markdown. */
enum document_format document_format_of(const char *name);
/* Find the markers in `length` bytes, which are copied. All that is wrong with them is added to `errors`; the markers that
 * are not wrong are in the document all the same. document_release() frees, whatever it was. */
void document_parse(const char *name, const char *bytes, size_t length, struct document *document,
                    struct error_list *errors);
void document_release(struct document *document);

/* Append the document with fragments[i] between the markers at i; a block's fragment consists of lines, and stands indented as its
 * marker does, in Markdown with an empty line on both sides. */
void document_compose(const struct document *document, const struct text *fragments, struct text *text);
/* The bytes that stand for the fragment of one marker. */
void document_fragment(const struct document *document, const struct marker *marker, const struct text *fragment,
                       struct text *text);

#endif

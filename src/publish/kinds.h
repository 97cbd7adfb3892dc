/* SPDX-License-Identifier: Apache-2.0 */
/* The kinds of markers: the one table that the parser, the regeneration and the help go by. */
#ifndef KBENCH_PUBLISH_KINDS_H
#define KBENCH_PUBLISH_KINDS_H

#include "publish/document.h"

struct publication;

#define MARKER_ATTRIBUTES_MAX 10

struct marker_kind {
    const char *name;
    bool is_inline; /* within a sentence; else a block between lines of its own */
    struct marker_attribute {
        const char *name;
        const char *argument; /* for the help, "CASE" */
        bool required;
    } attributes[MARKER_ATTRIBUTES_MAX + 1]; /* ends with one without a name */
    const char *help;                        /* what stands between the markers */
    /* Append what is to stand there, escaped for the document's format. False: `error` says what is wrong with the marker. */
    bool (*write)(struct publication *publication, const struct marker *marker, struct text *text, struct error *error);
    int part; /* which one, where several kinds have one writer: see parts.h */
};

/* One after the other; the last has no name. */
extern const struct marker_kind marker_kinds[];
/* NULL and `error` with the nearest name when there is none. */
const struct marker_kind *marker_kind_find(const char *name, struct error *error);
/* Whether the kind has all of these attributes, and what it needs is among them. */
bool marker_kind_check(const struct marker_kind *kind, const struct attributes *attributes, struct error *error);

#endif

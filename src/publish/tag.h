/* SPDX-License-Identifier: Apache-2.0 */
/* What a comment says: <!-- kbench:KIND name=value name="a value" --> opens, <!-- /kbench --> closes. Pure. */
#ifndef KBENCH_PUBLISH_TAG_H
#define KBENCH_PUBLISH_TAG_H

#include "base/error.h"
#include "base/text.h"

enum tag_type {
    TAG_NONE, /* somebody else's comment */
    TAG_OPENING,
    TAG_CLOSING,
    TAG_WRONG, /* meant for kbench, and not well formed */
};

struct attributes {
    struct attribute {
        char *name, *value;
    } * items;
    size_t count;
};

struct tag {
    char *kind; /* of an opening one, else NULL */
    struct attributes attributes;
};

/* `content` is what stands between "<!--" and "-->". TAG_WRONG fills `error`. tag_release() frees, whatever it was. */
enum tag_type tag_read(const char *content, size_t length, struct tag *tag, struct error *error);
void tag_release(struct tag *tag);

/* The value, or NULL where the attribute is not there. */
const char *attributes_get(const struct attributes *attributes, const char *name);
void attributes_release(struct attributes *attributes);

#endif

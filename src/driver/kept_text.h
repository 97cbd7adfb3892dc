/* SPDX-License-Identifier: Apache-2.0 */
/* What a program says on standard error, in bounded memory: its first and its last words. Internal to this room. */
#ifndef KBENCH_DRIVER_KEPT_TEXT_H
#define KBENCH_DRIVER_KEPT_TEXT_H

#include <stdint.h>

#include "base/text.h"

#define KEPT_TEXT_HALF_BYTES (32 * 1024)

struct kept_text {
    struct text head;
    char *tail;    /* a ring of KEPT_TEXT_HALF_BYTES, made when the head is full */
    int64_t total; /* bytes that came in */
};

void kept_text_add(struct kept_text *kept, const char *bytes, size_t length);
/* Head, "… N bytes left out …" where some are, and tail, as clean text. */
void kept_text_append_to(const struct kept_text *kept, struct text *text);
/* The last `limit` bytes at most, from the start of a line, without blanks around, as clean text. */
void kept_text_append_end(const struct kept_text *kept, size_t limit, struct text *text);
void kept_text_release(struct kept_text *kept);

/* Append bytes from outside as text: control characters but line ends and tabs become '?', and so do bytes above 127 in a line
 * that is not UTF-8. */
void text_append_clean(struct text *text, const char *bytes, size_t length);

#endif

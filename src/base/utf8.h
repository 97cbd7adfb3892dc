/* SPDX-License-Identifier: Apache-2.0 */
/* What is a character of UTF-8, and how many there are. Pure. */
#ifndef KBENCH_BASE_UTF8_H
#define KBENCH_BASE_UTF8_H

#include <stddef.h>

/* Bytes of the well-formed character that begins at `at`, of which at least one is before `end` (The Unicode Standard, table
 * 3-7: no overlong form, no surrogate, nothing beyond U+10FFFF); 0 when there is none. */
size_t utf8_length(const char *at, const char *end);
/* How many characters begin in `length` bytes of UTF-8: about as many columns as they take on a terminal. */
size_t utf8_count(const char *bytes, size_t length);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A growing string, and the few string helpers that everybody needs.
 *
 * `struct text` owns its bytes; text_release() frees them. TEXT_INIT is a valid empty text whose `bytes` is "".
 * Memory that cannot be had ends the process (abort): kbench's strings are small, and no caller could go on.
 */
#ifndef KBENCH_BASE_TEXT_H
#define KBENCH_BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct text {
    char *bytes; /* always terminated by NUL; never NULL after TEXT_INIT */
    size_t length;
    size_t capacity; /* 0: `bytes` is not from the heap */
};

extern char text_empty[1];
#define TEXT_INIT                                                                                                      \
    {                                                                                                                  \
        .bytes = text_empty, .length = 0, .capacity = 0                                                                \
    }

void text_append(struct text *text, const char *string);
void text_append_bytes(struct text *text, const void *bytes, size_t length);
void text_append_char(struct text *text, char c);
void text_append_format(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_append_vformat(struct text *text, const char *format, va_list arguments);
void text_clear(struct text *text);
void text_release(struct text *text);
/* Give the bytes to the caller, who frees them with free(); the text is empty afterwards. */
char *text_detach(struct text *text);

/* Heap helpers that never return NULL; the caller frees. */
void *memory_zeroed(size_t count, size_t size);
void *memory_resized(void *block, size_t count, size_t size);
char *string_copy(const char *string); /* NULL gives NULL */
char *string_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

bool string_equal(const char *a, const char *b); /* NULL equals only NULL */
bool string_starts_with(const char *string, const char *prefix);
bool string_ends_with(const char *string, const char *suffix);

/* A list of owned strings, NULL-terminated in `items` (as execve wants it) after each push. */
struct string_list {
    char **items;
    size_t count;
};
void string_list_push(struct string_list *list, const char *string); /* copies */
void string_list_push_format(struct string_list *list, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool string_list_contains(const struct string_list *list, const char *string);
void string_list_release(struct string_list *list);

/* The nearest of `candidates` by edit distance (at most 3, and at most half of the word's length), or NULL. */
const char *string_nearest(const char *word, const char *const *candidates, size_t count);
/* What to say behind "there is no 'word'": ", did you mean 'x'?", and where nothing is near which names there are: "; there are a, b
 * and c", of many the first ten. The caller frees. */
char *string_suggestion(const char *word, const char *const *names, size_t count);
/* The same with a text of one's own where nothing is near: "; see --help". The caller frees. */
char *string_suggestion_or(const char *word, const char *const *names, size_t count, const char *otherwise);

#endif

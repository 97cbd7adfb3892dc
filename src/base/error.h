/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one way to report an error.
 *
 * A function that can fail takes a `struct error *` as its last parameter and returns false (or NULL) after
 * filling it; it never prints and never exits. Only main.c turns an error into text and an exit status. The caller
 * owns the struct, usually on its stack, set up with ERROR_INIT. A second error_set() on a filled error replaces it;
 * error_prefix() adds context in front of it.
 */
#ifndef KBENCH_BASE_ERROR_H
#define KBENCH_BASE_ERROR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* What kind of failure it is; it alone decides the exit status. */
enum error_category {
    ERROR_NONE = 0,
    ERROR_ANSWER_NO,   /* the answer is no: a trial failed for good, stale, a regression. Exit 1 */
    ERROR_INPUT,       /* wrong input or usage. Exit 2 */
    ERROR_UNAVAILABLE, /* the cluster, a driver or something of the machine could not be had. Exit 3 */
    ERROR_INTERRUPTED, /* a signal asked to stop. Exit 130 */
};

struct error {
    enum error_category category;
    char file[512];     /* the definition it is about, or "" */
    int line;           /* 1-based, 0 when unknown */
    int column;         /* 1-based, 0 when unknown */
    char message[4096]; /* for a person: lower case, no full stop at the end, subject in quotes; cut when longer */
};

#define ERROR_INIT                                                                                                     \
    {                                                                                                                  \
        .category = ERROR_NONE                                                                                         \
    }

/* Fill `error`; always returns false, so that `return error_set(…)` reads well. `error` may be NULL. */
bool error_set(struct error *error, enum error_category category, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* As error_set(), with the place in a definition. The category is ERROR_INPUT. */
bool error_set_at(struct error *error, const char *file, int line, int column, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* As error_set() with category ERROR_UNAVAILABLE, and ": " and strerror(errno_value) behind the text. */
bool error_set_errno(struct error *error, int errno_value, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Put "<text>: " in front of a message already set. Always returns false. */
bool error_prefix(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Put what to say of a wrong word behind a message already set: string_suggestion(), string_suggestion_or(), and the first for
 * the names of a list. Always returns false. */
struct string_list;
bool error_suggest(struct error *error, const char *word, const char *const *names, size_t count);
bool error_suggest_or(struct error *error, const char *word, const char *const *names, size_t count,
                      const char *otherwise);
bool error_suggest_from(struct error *error, const char *word, const struct string_list *names);

/* The exit status that belongs to the category: 0, 1, 2, 3 or 130 (the contract of every command). */
int error_exit_status(const struct error *error);

/* Write "file:line:column: message" (or the message alone) into `buffer`, always terminated; returns `buffer`. */
const char *error_text(const struct error *error, char *buffer, int buffer_size);

#endif

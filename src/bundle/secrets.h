/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Looks for secrets in what is about to be given away. A finding says where and of what kind, never what: values under names that
 * Kafka types as passwords, private keys, tokens of well-known services, passwords in URLs, and the values of environment
 * variables whose name says PASSWORD, SECRET, TOKEN or KEY. REDACTED is none of them, nor is "${env:NAME}".
 */
#ifndef KBENCH_BUNDLE_SECRETS_H
#define KBENCH_BUNDLE_SECRETS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/text.h"

struct secret_search {
    struct string_list whats,
        values; /* texts that must not be there, and what each is: "the value of the environment variable X" */
    struct string_list findings; /* "report/report.md:12: a private key" */
    bool properties;             /* whether values under secret names count: not in a text that only lists names */
};

/* Secrets of these "NAME=value" (as `environ` has them; NULL-terminated). Values of less than 8 characters say nothing. */
void secret_search_begin(struct secret_search *search, const char *const *environment);
/* Look for this text, too. */
void secret_search_add(struct secret_search *search, const char *what, const char *value);
void secret_search_release(struct secret_search *search);

/* Add a finding for each secret in the bytes; `where` is a file's name, or of a database the table, column and row. `lines`:
 * name the line, too. */
void secret_search_text(struct secret_search *search, const char *where, bool lines, const char *bytes, size_t length);
/* A value whose name stands apart from it, as in a row of a database; either may be NULL. */
void secret_search_property(struct secret_search *search, const char *where, const char *name, const char *value);

/* Below `folder` every file that is text; those below `folder`/`names_only` (or NULL) list names of properties. */
bool secret_search_folder(struct secret_search *search, const char *folder, const char *names_only,
                          struct error *error);
/* Every text of the database; `name` is what it is called in findings. */
struct store;
bool secret_search_database(struct secret_search *search, struct store *store, const char *name, struct error *error);

#endif

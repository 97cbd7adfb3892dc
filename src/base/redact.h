/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Secrets never reach the database, a report, a log or the terminal: everything that is stored or shown and might carry
 * one passes redact_text(). A redactor is filled once, when the definition's ${env:…} values are looked up, and is
 * passed as a parameter to those who need it.
 */
#ifndef KBENCH_BASE_REDACT_H
#define KBENCH_BASE_REDACT_H

#include <stdbool.h>

#include "base/text.h"

#define REDACTED "<redacted>"

struct redactor {
    struct string_list secrets; /* longest first */
};

/* Remember a secret value; empty strings are ignored. */
void redactor_add(struct redactor *redactor, const char *secret);
/* A copy of `string` with every secret replaced by REDACTED. The caller frees. NULL gives NULL. */
char *redactor_apply(const struct redactor *redactor, const char *string);
void redactor_release(struct redactor *redactor);
/* Whether Kafka types a client property of this name as a password (sasl.jaas.config, ssl.key.password, …). */
bool redact_is_secret_property(const char *name);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON by jansson, with three conveniences. json_t, json_object_get() and the others come from <jansson.h>; reference
 * counts follow jansson's rules.
 */
#ifndef KBENCH_BASE_JSON_H
#define KBENCH_BASE_JSON_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

/* Parse one document; duplicate keys are errors. NULL and `error` (ERROR_INPUT) when it is not JSON. New reference. */
json_t *json_parse(const char *bytes, size_t length, struct error *error);
/* Typed look-up that does not fail: the fallback when the key is absent or of another type. Strings are borrowed. */
const char *json_get_string(const json_t *object, const char *key, const char *fallback);
int64_t json_get_integer(const json_t *object, const char *key, int64_t fallback);
double json_get_real(const json_t *object, const char *key, double fallback); /* accepts integers too */
/* Compact, keys sorted, one line, no newline at the end. The caller frees. */
char *json_line(const json_t *value);
/* A scalar as the text that a person would write in a definition ("true", "1", "1.5", "zstd"). The caller frees; NULL for null. */
char *json_scalar_text(const json_t *value);

#endif

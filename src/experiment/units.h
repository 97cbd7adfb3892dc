/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers with units, as a definition writes them. Internal to this room. */
#ifndef KBENCH_EXPERIMENT_UNITS_H
#define KBENCH_EXPERIMENT_UNITS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

/* Each reads the whole text or returns false and leaves the value alone. */
bool units_read_duration(const char *text, int64_t *ms);  /* "3s": ms, s, m or h */
bool units_read_size(const char *text, int64_t *bytes);   /* "100" or "64KiB", "1MiB" */
bool units_read_share(const char *text, double *share);   /* "3%" is 0.03 */
bool units_read_number(const char *text, double *number); /* decimal, no unit */
bool units_read_integer(const char *text, int64_t *integer);

/* "a duration", "a size", "a percentage", UNITS_NONE, or NULL for no number: to name the wrong kind. */
#define UNITS_NONE "a number without a unit"
const char *units_kind(const char *text);

/* The one way in which each is written; reads back to the same value. */
void units_write_duration(struct text *text, int64_t ms); /* in the largest unit that divides it */
void units_write_share(struct text *text, double share);
void units_write_number(struct text *text, double number);

#endif

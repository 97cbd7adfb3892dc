/* SPDX-License-Identifier: Apache-2.0 */
/* How the rows of the tables of keys are written. For the files that hold such tables. */
#ifndef KBENCH_EXPERIMENT_KEYS_TABLE_H
#define KBENCH_EXPERIMENT_KEYS_TABLE_H

#include "experiment/keys.h"

#define AT(type_, field) .offset = offsetof(struct type_, field)
#define IN(low, high) .minimum = (low), .maximum = (high)

/* keys_design.c */
extern const struct key_table design_keys;

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* A definition as a flat list of dotted names and values, so that two of them, or two cases of one, can be held side by side. */
#ifndef KBENCH_EXPERIMENT_FLATTEN_H
#define KBENCH_EXPERIMENT_FLATTEN_H

#include "experiment/experiment.h"

struct flat_definition {
    struct string_list names, values; /* "cases[one].producer.acks" and "1"; in the order of the canonical form */
};

/* The canonical form's values. Items of a list go by their `name`, where they have one, else by their number: "faults[0].at". */
void experiment_flatten(const struct experiment *experiment, struct flat_definition *flat);
void flat_definition_release(struct flat_definition *flat);
/* The value of a name, or NULL. */
const char *flat_definition_get(const struct flat_definition *flat, const char *name);
/* What two cases of the definition differ in but for name and title, as "producer.acks: 1 -> all" (from `a` to `b`), in the
 * order of names; what only `b` has comes last. */
void flat_definition_compare_cases(const struct flat_definition *flat, const char *a, const char *b,
                                   struct string_list *differences);

#endif

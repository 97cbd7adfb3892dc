/* SPDX-License-Identifier: Apache-2.0 */
/* One written case with its defaults, multiplied by its sweep. Internal to this room. */
#ifndef KBENCH_EXPERIMENT_SWEEP_H
#define KBENCH_EXPERIMENT_SWEEP_H

#include "experiment/keys.h"

/* Bounds what sweeps of a hostile definition can make: cases, and values in all of them. */
struct sweep_budget {
    size_t cases, nodes;
};
#define SWEEP_BUDGET_INIT                                                                                              \
    {                                                                                                                  \
        .cases = 1000, .nodes = 200000                                                                                 \
    }

/* Append to `cases` what `written` (a case as it stands in the definition) means on top of `template`. */
void sweep_expand(const struct yaml_node *template, const struct yaml_node *written, struct yaml_node *cases,
                  struct sweep_budget *budget, struct problems *problems);

#endif

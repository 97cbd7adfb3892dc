/* SPDX-License-Identifier: Apache-2.0 */
/* From what a person writes to what is measured: `defaults` and sweeps resolved in the tree. Internal to this room. */
#ifndef KBENCH_EXPERIMENT_CASES_H
#define KBENCH_EXPERIMENT_CASES_H

#include "experiment/yaml_tree.h"

/*
 * Replace the definition's cases by whole ones: each starts from `defaults` and overrides them key by key; one with a
 * sweep becomes a case for each combination of the swept values, named "<name>[record.size=10]". The values keep their
 * places. `defaults` and `sweep` are gone afterwards.
 */
void cases_expand(struct yaml_node *root, struct problems *problems);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* What must hold between the values of a definition. Internal to this room. */
#ifndef KBENCH_EXPERIMENT_CHECKS_H
#define KBENCH_EXPERIMENT_CHECKS_H

#include "experiment/yaml_tree.h"

/* `root` is the tree that the experiment was read from, cases expanded: it has the places. What could not be read is
 * absent from the experiment and not complained about again. */
void checks_run(const struct experiment *experiment, const struct yaml_node *root, struct problems *problems);

/* checks_names.c: what names something that must be there, or must be there once. */
void checks_names(const struct experiment *experiment, const struct yaml_node *root, struct problems *problems);
/* checks_properties.c: secrets, ${env:…}, and properties that are kbench's own. */
void checks_properties(const struct experiment *experiment, struct problems *problems);

#endif

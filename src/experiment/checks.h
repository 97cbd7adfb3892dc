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
/* False, and said, when the definition has no such run or case. A `name` that could not be read (NULL): false, not said again. */
bool checks_known_run(const struct experiment *experiment, const char *name, struct position position,
                      struct problems *problems);
bool checks_known_case(const struct experiment *experiment, const char *name, bool or_a_sweep, struct position position,
                       struct problems *problems);
/* checks_claims.c: `node` is the claim's. */
void checks_claim(const struct experiment *experiment, const struct claim *claim, const struct yaml_node *node,
                  struct problems *problems);
/* checks_faults.c: faults that cannot happen as planned; records that cannot be read back as `verify: content` wants it. */
void checks_faults(const struct experiment *experiment, const struct experiment_case *c, struct problems *problems);
void checks_content(const struct experiment_case *c, const struct yaml_node *node, struct problems *problems);
/* checks_properties.c: secrets, ${env:…}, and properties that are kbench's own. */
void checks_properties(const struct experiment *experiment, struct problems *problems);

#endif

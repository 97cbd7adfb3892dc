/* SPDX-License-Identifier: Apache-2.0 */
/* Single values of a definition: YAML to the field of a struct and back, by the type of their key. Internal to this room. */
#ifndef KBENCH_EXPERIMENT_VALUES_H
#define KBENCH_EXPERIMENT_VALUES_H

#include "experiment/keys.h"

/* Read the value of `key` into its field in the struct at `base`, replacing what is there; with a problem the field stays
 * as it is. Of every type but groups, lists, defaults and sweeps. */
void value_read(const struct key *key, const struct yaml_node *node, void *base, struct problems *problems);
/* Set the field to the fallback of its key. */
void value_set_fallback(const struct key *key, void *base);
/* Append the field's canonical spelling; properties, of which each is a line of its own, are keys_write()'s. */
void value_write(const struct key *key, const void *base, struct text *text);
/* Whether the field says "not given": 0, NULL or an empty list. */
bool value_is_absent(const struct key *key, const void *base);
void value_release(const struct key *key, void *base);

/* Whether the scalar is a text; one that YAML would take for something else is an error, not a guess. `what` names it. */
bool value_check_text(const struct yaml_node *node, const char *what, struct problems *problems);
/* Read a mapping of property names to values. */
void properties_read(const struct yaml_node *node, struct property_list *list, struct problems *problems);

/* A text in double quotes, as YAML and JSON read it. */
void value_write_quoted(struct text *text, const char *string);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * YAML text as a tree in which every value knows its line and column. Internal to this room.
 *
 * Only what a definition needs: one document of mappings, sequences and scalars. Anchors, aliases and tags are refused,
 * so a small file cannot become a large tree; size, depth and number of values are bounded.
 */
#ifndef KBENCH_EXPERIMENT_YAML_TREE_H
#define KBENCH_EXPERIMENT_YAML_TREE_H

#include "experiment/problems.h"

#define YAML_DEPTH_MAX 16
#define YAML_NODES_MAX 20000
#define YAML_KEYS_MAX 500 /* of one mapping */

enum yaml_kind { YAML_SCALAR, YAML_SEQUENCE, YAML_MAPPING, YAML_ALIAS /* of an anchor: nothing that can be read */ };

struct yaml_node {
    enum yaml_kind kind;
    struct position position;
    char *text; /* of a scalar */
    bool plain; /* a scalar without quotes: YAML would guess its type */
    /* Children of a sequence or mapping. A mapping's child i has the key keys[i]. */
    struct yaml_node **items;
    char **keys;
    struct position *key_positions;
    size_t count;
};

/* NULL when the text is not such YAML; then `problems` has at least one error. */
struct yaml_node *yaml_tree_read(const char *bytes, size_t length, struct problems *problems);

struct yaml_node *yaml_node_new(enum yaml_kind kind, struct position position);
struct yaml_node *yaml_scalar_new(const char *text, bool plain, struct position position);
struct yaml_node *yaml_node_copy(const struct yaml_node *node);
void yaml_node_free(struct yaml_node *node);
/* The number of nodes in it, itself included. */
size_t yaml_node_size(const struct yaml_node *node);
/* Take over `item` as the last child; `key` is copied, NULL for a sequence. */
void yaml_node_append(struct yaml_node *node, const char *key, struct position key_position, struct yaml_node *item);
/* Index of `key`, or -1. */
int yaml_node_find(const struct yaml_node *mapping, const char *key);
/* The value of `key`, or NULL, also when `node` is NULL or no mapping. */
struct yaml_node *yaml_node_get(const struct yaml_node *node, const char *key);
/* The place of the value at a path such as "of/case"; of the last value on the way where it ends early. */
struct position yaml_node_place(const struct yaml_node *node, const char *path);
/* Replace the value of `key` or append it; takes over `item`. */
void yaml_node_set(struct yaml_node *mapping, const char *key, struct position key_position, struct yaml_node *item);
void yaml_node_remove(struct yaml_node *mapping, const char *key);
/* "a mapping", "a list of 2", "'text'", "nothing" or "an alias", for messages. The caller frees. */
char *yaml_node_describe(const struct yaml_node *node);

#endif

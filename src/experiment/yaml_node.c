/* SPDX-License-Identifier: Apache-2.0 */
#include "base/text.h"
#include "experiment/yaml_tree.h"

#include "base/banned.h"

struct yaml_node *yaml_node_new(enum yaml_kind kind, struct position position)
{
    struct yaml_node *node = memory_zeroed(1, sizeof *node);
    node->kind = kind;
    node->position = position;
    return node;
}

struct yaml_node *yaml_scalar_new(const char *text, bool plain, struct position position)
{
    struct yaml_node *node = yaml_node_new(YAML_SCALAR, position);
    node->text = string_copy(text);
    node->plain = plain;
    return node;
}

struct yaml_node *yaml_node_copy(const struct yaml_node *node)
{
    struct yaml_node *copy = yaml_node_new(node->kind, node->position);
    copy->text = string_copy(node->text);
    copy->plain = node->plain;
    for (size_t i = 0; i < node->count; i++)
        yaml_node_append(copy, node->keys ? node->keys[i] : NULL, node->key_positions[i],
                         yaml_node_copy(node->items[i]));
    return copy;
}

void yaml_node_free(struct yaml_node *node)
{
    if (!node)
        return;
    for (size_t i = 0; i < node->count; i++) {
        yaml_node_free(node->items[i]);
        if (node->keys)
            free(node->keys[i]);
    }
    free(node->items);
    free(node->keys);
    free(node->key_positions);
    free(node->text);
    free(node);
}

size_t yaml_node_size(const struct yaml_node *node)
{
    size_t size = 1;
    for (size_t i = 0; i < node->count; i++)
        size += yaml_node_size(node->items[i]);
    return size;
}

void yaml_node_append(struct yaml_node *node, const char *key, struct position key_position, struct yaml_node *item)
{
    size_t count = node->count + 1;
    node->items = memory_resized(node->items, count, sizeof *node->items);
    node->key_positions = memory_resized(node->key_positions, count, sizeof *node->key_positions);
    node->items[node->count] = item;
    node->key_positions[node->count] = key_position;
    if (node->kind == YAML_MAPPING) {
        node->keys = memory_resized(node->keys, count, sizeof *node->keys);
        node->keys[node->count] = string_copy(key);
    }
    node->count = count;
}

int yaml_node_find(const struct yaml_node *mapping, const char *key)
{
    for (size_t i = 0; mapping->keys && i < mapping->count; i++)
        if (string_equal(mapping->keys[i], key))
            return (int)i;
    return -1;
}

struct yaml_node *yaml_node_get(const struct yaml_node *node, const char *key)
{
    int index = node ? yaml_node_find(node, key) : -1;
    return index < 0 ? NULL : node->items[index];
}

struct position yaml_node_place(const struct yaml_node *node, const char *path)
{
    struct position position = node->position;
    while (node && *path) {
        size_t length = strcspn(path, "/");
        char *key = string_format("%.*s", (int)length, path);
        node = yaml_node_get(node, key);
        free(key);
        position = node ? node->position : position;
        path += length + (path[length] == '/');
    }
    return position;
}

void yaml_node_set(struct yaml_node *mapping, const char *key, struct position key_position, struct yaml_node *item)
{
    int index = yaml_node_find(mapping, key);
    if (index < 0) {
        yaml_node_append(mapping, key, key_position, item);
        return;
    }
    yaml_node_free(mapping->items[index]);
    mapping->items[index] = item;
    mapping->key_positions[index] = key_position;
}

void yaml_node_remove(struct yaml_node *mapping, const char *key)
{
    int index = yaml_node_find(mapping, key);
    if (index < 0)
        return;
    yaml_node_free(mapping->items[index]);
    free(mapping->keys[index]);
    size_t behind = mapping->count - (size_t)index - 1;
    memmove(&mapping->items[index], &mapping->items[index + 1], behind * sizeof *mapping->items);
    memmove(&mapping->keys[index], &mapping->keys[index + 1], behind * sizeof *mapping->keys);
    memmove(&mapping->key_positions[index], &mapping->key_positions[index + 1],
            behind * sizeof *mapping->key_positions);
    mapping->count--;
}

char *yaml_node_describe(const struct yaml_node *node)
{
    if (node->kind == YAML_MAPPING)
        return string_copy("a mapping");
    if (node->kind == YAML_SEQUENCE)
        return string_format("a list of %zu", node->count);
    if (node->kind == YAML_ALIAS)
        return string_copy("an alias");
    if (node->plain && !node->text[0])
        return string_copy("nothing");
    return string_format("%s'%.80s'%s", node->plain ? "" : "the text ", node->text, strlen(node->text) > 80 ? "…" : "");
}

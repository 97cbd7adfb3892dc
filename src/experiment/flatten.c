/* SPDX-License-Identifier: Apache-2.0 */
#include "experiment/flatten.h"

#include "experiment/yaml_tree.h"

#include "base/banned.h"

static void flatten(const char *prefix, const struct yaml_node *node, struct flat_definition *flat)
{
    if (node->kind == YAML_SCALAR) {
        string_list_push(&flat->names, prefix);
        string_list_push(&flat->values, node->text);
        return;
    }
    for (size_t i = 0; i < node->count; i++) {
        const struct yaml_node *item = node->items[i], *label = yaml_node_get(item, "name");
        char *name = node->kind == YAML_MAPPING ? string_format("%s%s%s", prefix, prefix[0] ? "." : "", node->keys[i])
                     : label                    ? string_format("%s[%s]", prefix, label->text)
                                                : string_format("%s[%zu]", prefix, i);
        flatten(name, item, flat);
        free(name);
    }
}

void experiment_flatten(const struct experiment *experiment, struct flat_definition *flat)
{
    struct error_list errors = {0};
    struct problems problems = {.file = experiment->file, .list = &errors};
    *flat = (struct flat_definition){0};
    /* It has been written by kbench, and read back before: there is nothing wrong with it. */
    struct yaml_node *root = yaml_tree_read(experiment->canonical, strlen(experiment->canonical), &problems);
    if (root)
        flatten("", root, flat);
    yaml_node_free(root);
    error_list_release(&errors);
}

void flat_definition_release(struct flat_definition *flat)
{
    string_list_release(&flat->names);
    string_list_release(&flat->values);
}

const char *flat_definition_get(const struct flat_definition *flat, const char *name)
{
    for (size_t i = 0; i < flat->names.count; i++)
        if (string_equal(flat->names.items[i], name))
            return flat->values.items[i];
    return NULL;
}

/* What stands behind "cases[<name>]." in a flat name, or NULL. */
static const char *key_of_case(const char *flat_name, const char *case_name)
{
    char *prefix = string_format("cases[%s].", case_name);
    const char *key = string_starts_with(flat_name, prefix) ? flat_name + strlen(prefix) : NULL;
    free(prefix);
    return key;
}

static const char *value_in_case(const struct flat_definition *flat, const char *case_name, const char *key)
{
    char *name = string_format("cases[%s].%s", case_name, key);
    const char *value = flat_definition_get(flat, name);
    free(name);
    return value;
}

/* By the keys of `from`. `swapped`: only those that the other case lacks, its side first. */
static void compare_keys(const struct flat_definition *flat, const char *from, const char *other, bool swapped,
                         struct string_list *differences)
{
    for (size_t i = 0; i < flat->names.count; i++) {
        const char *key = key_of_case(flat->names.items[i], from);
        if (!key || string_equal(key, "name") || string_equal(key, "title"))
            continue;
        const char *own = flat->values.items[i], *others = value_in_case(flat, other, key);
        if (string_equal(own, others) || (swapped && others))
            continue;
        others = others ? others : "(none)";
        string_list_push_format(differences, "%s: %s -> %s", key, swapped ? others : own, swapped ? own : others);
    }
}

void flat_definition_compare_cases(const struct flat_definition *flat, const char *a, const char *b,
                                   struct string_list *differences)
{
    compare_keys(flat, a, b, false, differences);
    compare_keys(flat, b, a, true, differences); /* what only `b` has */
}

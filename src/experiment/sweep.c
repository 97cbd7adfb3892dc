/* SPDX-License-Identifier: Apache-2.0 */
#include "experiment/sweep.h"

#include "base/banned.h"

#define SWEPT_KEYS_MAX 8
#define PATH_MAX_DEPTH 4

/* One key of a sweep: where its values go in a case, and the values. */
struct axis {
    const char *name;           /* "record.size", borrowed */
    char *path[PATH_MAX_DEPTH]; /* "record", "size" */
    size_t depth;
    const struct yaml_node *values;
    size_t index; /* of the present combination */
};

/* Put `over` on top of `base`, key by key. `table` tells which keys exclude each other; NULL within properties. */
static void merge(const struct key_table *table, struct yaml_node *base, const struct yaml_node *over)
{
    for (size_t i = 0; i < over->count; i++) {
        const char *name = over->keys[i];
        const struct key *key = table ? key_table_find(table, name) : NULL;
        if (key && key->instead_of && !yaml_node_get(over, key->instead_of))
            yaml_node_remove(base, key->instead_of);
        struct yaml_node *known = yaml_node_get(base, name);
        if (known && known->kind == YAML_MAPPING && over->items[i]->kind == YAML_MAPPING)
            merge(key ? key->table : NULL, known, over->items[i]);
        else
            yaml_node_set(base, name, over->key_positions[i], yaml_node_copy(over->items[i]));
    }
}

static bool can_be_swept(const struct key *key)
{
    return key->type < KEY_STRINGS && !key->not_in_defaults;
}

/* Split a dotted path by the tables: names of keys may hold dots themselves. False when it leads to no single value. */
static bool resolve(const struct key_table *table, const char *path, struct axis *axis)
{
    for (const struct key *key = table->keys; key->name; key++) {
        size_t length = strlen(key->name);
        bool whole = string_equal(path, key->name);
        if (!whole && !(string_starts_with(path, key->name) && path[length] == '.'))
            continue;
        axis->path[axis->depth++] = string_copy(key->name);
        if (whole)
            return can_be_swept(key);
        if (key->type == KEY_GROUP)
            return resolve(key->table, path + length + 1, axis);
        if (key->type == KEY_PROPERTIES && path[length + 1]) {
            axis->path[axis->depth++] = string_copy(path + length + 1);
            return true;
        }
        return false;
    }
    return false;
}

/* The paths that the tables know, for "did you mean" (those of properties are anybody's). */
static void collect_paths(const struct key_table *table, const char *prefix, struct string_list *paths)
{
    for (const struct key *key = table->keys; key->name; key++) {
        char *path = string_format("%s%s%s", prefix, prefix[0] ? "." : "", key->name);
        if (key->type == KEY_GROUP)
            collect_paths(key->table, path, paths);
        else if (can_be_swept(key))
            string_list_push(paths, path);
        free(path);
    }
}

static void complain_path(const char *name, struct position position, struct problems *problems)
{
    struct string_list paths = {0};
    collect_paths(&case_keys, "", &paths);
    char *suggestion = problems_suggestion(name, (const char *const *)paths.items, paths.count);
    problems_add(problems, position,
                 "'%.80s' cannot be swept, expected a case's key such as record.size or producer.batch.size%s", name,
                 suggestion);
    free(suggestion);
    string_list_release(&paths);
}

/* A swept value becomes part of the case's name: it must be readable there, and once. */
static bool check_values(const char *name, const struct yaml_node *values, struct problems *problems)
{
    if (values->kind != YAML_SEQUENCE || !values->count) {
        problems_add(problems, values->position, "the values of '%.80s' in a sweep are no list, expected at least one",
                     name);
        return false;
    }
    bool ok = true;
    for (size_t i = 0; i < values->count; i++) {
        const struct yaml_node *value = values->items[i];
        bool readable =
            value->kind == YAML_SCALAR && value->text[0] && strlen(value->text) <= 40 &&
            !value->text[strspn(value->text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._:+-")];
        if (!readable) {
            char *found = yaml_node_describe(value);
            problems_add(problems, value->position, "%s in a sweep, expected a value of letters, digits and '._:+-'",
                         found);
            free(found);
            ok = false;
        }
        for (size_t j = 0; readable && j < i; j++)
            if (string_equal(values->items[j]->text, value->text)) {
                problems_add(problems, value->position, "'%s' is twice in the sweep, expected each value once",
                             value->text);
                ok = false;
            }
    }
    return ok;
}

static bool is_given(const struct yaml_node *written, const struct axis *axis)
{
    const struct yaml_node *node = written;
    for (size_t i = 0; i < axis->depth; i++)
        node = yaml_node_get(node, axis->path[i]);
    return node;
}

/* The axes of a sweep; false with problems when one is not good. `count` of them need release in any case. */
static bool read_axes(const struct yaml_node *written, const struct yaml_node *sweep, struct axis *axes, size_t *count,
                      struct problems *problems)
{
    bool ok = true;
    if (sweep->kind != YAML_MAPPING || !sweep->count || sweep->count > SWEPT_KEYS_MAX) {
        problems_add(problems, sweep->position,
                     "'sweep' is not what was expected: a mapping of 1 to %d keys to lists of values", SWEPT_KEYS_MAX);
        return false;
    }
    for (size_t i = 0; i < sweep->count; i++) {
        struct axis *axis = &axes[(*count)++];
        *axis = (struct axis){.name = sweep->keys[i], .values = sweep->items[i]};
        if (!resolve(&case_keys, axis->name, axis)) {
            complain_path(axis->name, sweep->key_positions[i], problems);
            ok = false;
        } else if (is_given(written, axis)) {
            problems_add(problems, sweep->key_positions[i],
                         "'%.80s' is swept and given in the same case, expected one of both", axis->name);
            ok = false;
        }
        ok = check_values(axis->name, axis->values, problems) && ok;
    }
    return ok;
}

/* Wrap the axis's present value into mappings along its path, and put that on top of the case. */
static void apply_axis(const struct axis *axis, struct yaml_node *node)
{
    const struct yaml_node *value = axis->values->items[axis->index];
    struct yaml_node *over = yaml_node_copy(value);
    for (size_t i = axis->depth; i > 0; i--) {
        struct yaml_node *parent = yaml_node_new(YAML_MAPPING, value->position);
        yaml_node_append(parent, axis->path[i - 1], value->position, over);
        over = parent;
    }
    merge(&case_keys, node, over);
    yaml_node_free(over);
}

/* Put "<separator>[a=1,b=2]" behind a text of the case. */
static void extend_text(struct yaml_node *node, const char *key, const char *separator, const struct axis *axes,
                        size_t count)
{
    struct yaml_node *scalar = yaml_node_get(node, key);
    if (!scalar || scalar->kind != YAML_SCALAR || !scalar->text[0])
        return;
    struct text text = TEXT_INIT;
    text_append_format(&text, "%s%s[", scalar->text, separator);
    for (size_t i = 0; i < count; i++)
        text_append_format(&text, "%s%s=%s", i ? "," : "", axes[i].name, axes[i].values->items[axes[i].index]->text);
    text_append(&text, "]");
    free(scalar->text);
    scalar->text = text_detach(&text);
}

/* Step to the next combination, the last axis first; false after the last one. */
static bool advance(struct axis *axes, size_t count)
{
    for (size_t i = count; i > 0; i--) {
        if (++axes[i - 1].index < axes[i - 1].values->count)
            return true;
        axes[i - 1].index = 0;
    }
    return false;
}

static bool take(struct sweep_budget *budget, const struct yaml_node *node, struct problems *problems)
{
    size_t nodes = yaml_node_size(node);
    if (!budget->cases || budget->nodes < nodes) {
        problems_add(problems, node->position,
                     "too many cases, expected at most 1000 and a definition of reasonable size");
        return false;
    }
    budget->cases--;
    budget->nodes -= nodes;
    return true;
}

static void append_grid(const struct yaml_node *whole, struct axis *axes, size_t count, struct yaml_node *cases,
                        struct sweep_budget *budget, struct problems *problems)
{
    do {
        if (!take(budget, whole, problems))
            return;
        struct yaml_node *node = yaml_node_copy(whole);
        for (size_t i = 0; i < count; i++)
            apply_axis(&axes[i], node);
        if (count) {
            extend_text(node, "name", "", axes, count);
            extend_text(node, "title", " ", axes, count);
        }
        yaml_node_append(cases, NULL, node->position, node);
    } while (advance(axes, count));
}

void sweep_expand(const struct yaml_node *template, const struct yaml_node *written, struct yaml_node *cases,
                  struct sweep_budget *budget, struct problems *problems)
{
    if (written->kind != YAML_MAPPING) { /* keys_read() says so */
        yaml_node_append(cases, NULL, written->position, yaml_node_copy(written));
        return;
    }
    struct yaml_node *whole = yaml_node_copy(template);
    whole->position = written->position;
    merge(&case_keys, whole, written);
    struct axis axes[SWEPT_KEYS_MAX];
    size_t count = 0;
    const struct yaml_node *sweep = yaml_node_get(written, "sweep");
    bool ok = !sweep || read_axes(written, sweep, axes, &count, problems);
    yaml_node_remove(whole, "sweep");
    append_grid(whole, axes, ok ? count : 0, cases, budget, problems);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < axes[i].depth; j++)
            free(axes[i].path[j]);
    yaml_node_free(whole);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "experiment/values.h"

#include "base/banned.h"

static void set_position(void *base, size_t offset, struct position position)
{
    if (offset)
        memcpy((char *)base + offset, &position, sizeof position);
}

static void complain_unknown(const struct key_table *table, const char *word, struct position position,
                             struct problems *problems)
{
    const char *names[KEYS_IN_TABLE_MAX];
    size_t count = 0;
    struct text list = TEXT_INIT;
    for (const struct key *key = table->keys; key->name && count < KEYS_IN_TABLE_MAX; key++) {
        text_append_format(&list, "%s%s", count ? ", " : "", key->name);
        names[count++] = key->name;
    }
    char *suggestion = problems_suggestion(word, names, count);
    problems_add(problems, position, "%s has no key '%.80s', expected one of %s%s", table->what, word, list.bytes,
                 suggestion);
    free(suggestion);
    text_release(&list);
}

static void check_unknown(const struct key_table *table, const struct yaml_node *node, struct problems *problems)
{
    for (size_t i = 0; i < node->count; i++)
        if (!key_table_find(table, node->keys[i]))
            complain_unknown(table, node->keys[i], node->key_positions[i], problems);
}

/* A key of the table that the selector's value rules out. */
static void complain_not_applicable(const struct key_table *table, const struct key *key, const void *base,
                                    struct position position, struct problems *problems)
{
    unsigned selected;
    memcpy(&selected, (const char *)base + table->selector->offset, sizeof selected);
    problems_add(problems, position, "'%s' does not go with %s '%s', expected it not to be there", key->name,
                 table->selector->name, table->selector->names[selected]);
}

static void complain_missing(const struct key_table *table, const struct key *key, struct position position,
                             struct problems *problems)
{
    problems_add(problems, position, "%s has no '%s', expected one: %s", table->what, key->name, key->help);
}

/* More of anything is no experiment. */
#define LIST_ITEMS_MAX 1000

static void read_list(const struct key *key, const struct yaml_node *node, void *base, enum keys_mode mode,
                      struct problems *problems)
{
    if (node->kind != YAML_SEQUENCE || (key->required && node->count == 0)) {
        char *found = yaml_node_describe(node);
        problems_add(problems, node->position, "'%s' is %s, expected a list%s", key->name,
                     node->kind == YAML_SEQUENCE ? "empty" : found, key->required ? " of at least one" : "");
        free(found);
        return;
    }
    if (node->count > LIST_ITEMS_MAX) {
        problems_add(problems, node->position, "'%s' has %zu items, expected at most %d", key->name, node->count,
                     LIST_ITEMS_MAX);
        return;
    }
    char *items = memory_zeroed(node->count, key->table->size);
    for (size_t i = 0; i < node->count; i++)
        keys_read(key->table, node->items[i], items + i * key->table->size, mode, problems);
    memcpy((char *)base + key->offset, &items, sizeof items);
    memcpy((char *)base + key->count_offset, &node->count, sizeof node->count);
}

/* `node` is NULL when the key is not there; `parent` is the mapping's place. */
static void read_key(const struct key *key, const struct yaml_node *node, struct position parent, void *base,
                     enum keys_mode mode, struct problems *problems)
{
    const struct yaml_node nothing = {.kind = YAML_MAPPING, .position = parent};
    switch (key->type) {
    case KEY_DEFAULTS:
    case KEY_SWEEP: return; /* cases_expand() has taken them away */
    case KEY_GROUP:
        if (node || !key->required)
            keys_read(key->table, node ? node : &nothing, (char *)base + key->offset, mode, problems);
        return;
    case KEY_LIST:
        if (node)
            read_list(key, node, base, mode, problems);
        return;
    default:
        if (key->fallback)
            value_set_fallback(key, base);
        else if (key->type == KEY_RANGE)
            memcpy((char *)base + key->offset, (double[]){(double)NAN, (double)NAN}, 2 * sizeof(double));
        if (node) {
            value_read(key, node, base, problems);
            set_position(base, key->position_offset, node->position);
        }
    }
}

void keys_read(const struct key_table *table, const struct yaml_node *node, void *base, enum keys_mode mode,
               struct problems *problems)
{
    set_position(base, table->position_offset, node->position);
    if (node->kind != YAML_MAPPING) {
        char *found = yaml_node_describe(node);
        problems_add(problems, node->position, "%s is %s, expected a mapping of keys to values", table->what, found);
        free(found);
        return;
    }
    for (const struct key *key = table->keys; key->name; key++) {
        int index = yaml_node_find(node, key->name);
        const struct yaml_node *value = index < 0 ? NULL : node->items[index];
        if (!key_applies(table, key, base)) {
            if (value)
                complain_not_applicable(table, key, base, node->key_positions[index], problems);
            continue;
        }
        if (mode == KEYS_DEFAULTS && value && key->not_in_defaults)
            problems_add(problems, node->key_positions[index], "'%s' in 'defaults', expected it in each case",
                         key->name);
        if (mode == KEYS_WHOLE && !value && key->required)
            complain_missing(table, key, node->position, problems);
        read_key(key, value, node->position, base, mode, problems);
    }
    check_unknown(table, node, problems);
}

void keys_release(const struct key_table *table, void *base)
{
    for (const struct key *key = table->keys; key->name; key++) {
        if (key->type == KEY_GROUP)
            keys_release(key->table, (char *)base + key->offset);
        else if (key->type == KEY_LIST) {
            char *items = key_pointer(base, key->offset);
            for (size_t i = 0; items && i < key_count(key, base); i++)
                keys_release(key->table, items + i * key->table->size);
            free(items);
        } else
            value_release(key, base);
    }
}

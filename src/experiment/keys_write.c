/* SPDX-License-Identifier: Apache-2.0 */
#include "experiment/values.h"

#include "base/banned.h"

static void write_table(const struct key_table *table, const void *base, int depth, struct text *text);

static int compare_names(const void *left, const void *right)
{
    const struct key *const *a = left, *const *b = right;
    return strcmp((*a)->name, (*b)->name);
}

static int compare_properties(const void *left, const void *right)
{
    const struct property *a = left, *b = right;
    return strcmp(a->name, b->name);
}

static void indent(struct text *text, int depth)
{
    for (int i = 0; i < depth; i++)
        text_append(text, "  ");
}

static void write_properties(const struct property_list *list, int depth, struct text *text)
{
    if (!list->count) {
        text_append(text, " {}\n");
        return;
    }
    struct property *sorted = memory_zeroed(list->count, sizeof *sorted);
    memcpy(sorted, list->items, list->count * sizeof *sorted);
    qsort(sorted, list->count, sizeof *sorted, compare_properties);
    text_append(text, "\n");
    for (size_t i = 0; i < list->count; i++) {
        indent(text, depth);
        text_append_format(text, "%s: ", sorted[i].name);
        value_write_quoted(text, sorted[i].value);
        text_append(text, "\n");
    }
    free(sorted);
}

static void write_list(const struct key *key, const void *base, int depth, struct text *text)
{
    const char *items = key_pointer(base, key->offset);
    size_t count = key_count(key, base);
    text_append(text, count ? "\n" : " []\n");
    for (size_t i = 0; i < count; i++) {
        indent(text, depth);
        text_append(text, "-\n");
        write_table(key->table, items + i * key->table->size, depth + 1, text);
    }
}

static void write_key(const struct key *key, const void *base, int depth, struct text *text)
{
    indent(text, depth);
    text_append_format(text, "%s:", key->name);
    if (key->type == KEY_GROUP) {
        text_append(text, "\n");
        write_table(key->table, (const char *)base + key->offset, depth + 1, text);
    } else if (key->type == KEY_LIST) {
        write_list(key, base, depth + 1, text);
    } else if (key->type == KEY_PROPERTIES) {
        const void *field = (const char *)base + key->offset;
        write_properties(field, depth + 1, text);
    } else {
        text_append(text, " ");
        value_write(key, base, text);
        text_append(text, "\n");
    }
}

static bool is_written(const struct key_table *table, const struct key *key, const void *base)
{
    if (key->type == KEY_DEFAULTS || key->type == KEY_SWEEP || !key_applies(table, key, base))
        return false;
    if (!key->optional || key->type != KEY_GROUP)
        return !(key->optional && value_is_absent(key, base));
    const void *group = (const char *)base + key->offset;
    for (const struct key *inner = key->table->keys; inner->name; inner++)
        if (is_written(key->table, inner, group))
            return true;
    return false;
}

static void write_table(const struct key_table *table, const void *base, int depth, struct text *text)
{
    const struct key *keys[KEYS_IN_TABLE_MAX];
    size_t count = 0;
    for (const struct key *key = table->keys; key->name && count < KEYS_IN_TABLE_MAX; key++)
        if (is_written(table, key, base))
            keys[count++] = key;
    qsort(keys, count, sizeof *keys, compare_names);
    for (size_t i = 0; i < count; i++)
        write_key(keys[i], base, depth, text);
}

void keys_write(const struct key_table *table, const void *base, struct text *text)
{
    write_table(table, base, 0, text);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "experiment/units.h"
#include "experiment/values.h"
#include "experiment/yaml_meaning.h"

#include "base/banned.h"

static struct property *find(const struct property_list *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++)
        if (string_equal(list->items[i].name, name))
            return &list->items[i];
    return NULL;
}

const char *property_list_get(const struct property_list *list, const char *name)
{
    const struct property *property = find(list, name);
    return property ? property->value : NULL;
}

void property_list_set(struct property_list *list, const char *name, const char *value)
{
    struct property *property = find(list, name);
    char *copy = string_copy(value);
    if (property) {
        free(property->value);
        property->value = copy;
        return;
    }
    list->items = memory_resized(list->items, list->count + 1, sizeof *list->items);
    list->items[list->count++] = (struct property){.name = string_copy(name), .value = copy};
}

void property_list_release(struct property_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->items[i].name);
        free(list->items[i].value);
    }
    free(list->items);
    *list = (struct property_list){0};
}

/* A property's value is text. Numbers and truth values may stand without quotes when YAML makes the same text of them. */
static bool is_faithful(const struct yaml_node *node)
{
    enum yaml_meaning meaning = node->plain ? yaml_meaning(node->text) : MEANS_TEXT;
    if (meaning == MEANS_TRUE || meaning == MEANS_FALSE)
        return string_equal(node->text, meaning == MEANS_TRUE ? "true" : "false");
    if (meaning != MEANS_NUMBER)
        return meaning == MEANS_TEXT;
    int64_t integer;
    double real;
    if (units_read_integer(node->text, &integer))
        return true;
    if (!units_read_number(node->text, &real))
        return false;
    struct text again = TEXT_INIT;
    units_write_number(&again, real);
    bool same = string_equal(again.bytes, node->text);
    text_release(&again);
    return same;
}

static bool has_control_character(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < 0x20 || *text == 0x7f)
            return true;
    return false;
}

static bool is_property_name(const char *name)
{
    static const char characters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    return name[0] && !strchr("._-", name[0]) && !name[strspn(name, characters)];
}

static void read_property(const char *name, struct position name_position, const struct yaml_node *node,
                          struct property_list *list, struct problems *problems)
{
    char *what = string_format("'%.80s'", name);
    if (!is_property_name(name))
        problems_add(problems, name_position, "%s is no property, expected letters, digits, '.', '_' and '-'", what);
    else if (node->kind != YAML_SCALAR) {
        char *found = yaml_node_describe(node);
        problems_add(problems, node->position, "%s is %s, expected a text, a number, true or false", what, found);
        free(found);
    } else if (!is_faithful(node)) {
        value_check_text(node, what, problems);
    } else if (has_control_character(node->text)) {
        problems_add(problems, node->position, "%s has a line break or control character, expected one line of text",
                     what);
    } else {
        property_list_set(list, name, node->text);
        list->items[list->count - 1].position = node->position;
    }
    free(what);
}

void properties_read(const struct yaml_node *node, struct property_list *list, struct problems *problems)
{
    property_list_release(list);
    for (size_t i = 0; i < node->count; i++)
        read_property(node->keys[i], node->key_positions[i], node->items[i], list, problems);
}

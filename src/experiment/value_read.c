/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "experiment/metric.h"
#include "experiment/units.h"
#include "experiment/values.h"
#include "experiment/yaml_meaning.h"

#include "base/banned.h"

#define NAME_LENGTH_MAX 64

/* The kind of a number that stands where one of another kind belongs, or NULL. */
static const char *wrong_kind(const struct key *key, const struct yaml_node *node)
{
    const char *own;
    switch (key->type) {
    case KEY_DURATION: own = "a duration"; break;
    case KEY_PERCENT:
    case KEY_PERCENT_OR_OFF: own = "a percentage"; break;
    case KEY_SIZE:
    case KEY_SIZE_OR_OFF: own = "a size"; break;
    case KEY_INTEGER:
    case KEY_COUNT:
    case KEY_REAL:
    case KEY_RATE:
    case KEY_REALS:
    case KEY_RANGE: own = UNITS_NONE; break;
    default: return NULL;
    }
    const char *kind = node->kind == YAML_SCALAR ? units_kind(node->text) : NULL;
    bool needs_unit = key->type == KEY_DURATION || key->type == KEY_PERCENT || key->type == KEY_PERCENT_OR_OFF;
    if (!kind || string_equal(kind, own) || (!needs_unit && string_equal(kind, UNITS_NONE)))
        return NULL;
    return kind;
}

static void complain(const struct key *key, const struct yaml_node *node, struct problems *problems)
{
    char *found = yaml_node_describe(node);
    char *expected = key_expectation(key);
    const char *kind = wrong_kind(key, node);
    problems_add(problems, node->position, "'%s' is %s%s%s, expected %s", key->name, found, kind ? ", " : "",
                 kind ? kind : "", expected);
    free(found);
    free(expected);
}

bool value_check_text(const struct yaml_node *node, const char *what, struct problems *problems)
{
    if (!node->plain || yaml_meaning(node->text) == MEANS_TEXT)
        return true;
    char *meaning = yaml_meaning_describe(node->text);
    if (node->text[0])
        problems_add(problems, node->position,
                     "%s is %.80s without quotes, which is %s to YAML, expected a text: write \"%.80s\"", what,
                     node->text, meaning, node->text);
    else
        problems_add(problems, node->position, "%s is nothing, expected a text", what);
    free(meaning);
    return false;
}

static bool is_name(const char *text, size_t length)
{
    static const char first[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    if (!length || length > NAME_LENGTH_MAX || !strchr(first, text[0]))
        return false;
    return strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789.-") >= length;
}

/* A name, or one with the "[key=value]" that a sweep puts behind it. */
static bool is_case_name(const char *text)
{
    size_t length = strcspn(text, "[");
    if (!is_name(text, length))
        return false;
    const char *bracket = text + length;
    return !*bracket || (strcspn(bracket, "]") == strlen(bracket) - 1 && string_ends_with(bracket, "]"));
}

static void complain_choice(const struct key *key, const struct yaml_node *node, struct problems *problems)
{
    size_t count = 0;
    while (key->names[count])
        count++;
    char *expected = key_expectation(key);
    char *suggestion = problems_suggestion(node->text, key->names, count);
    problems_add(problems, node->position, "'%s' is '%.80s', expected %s%s", key->name, node->text, expected,
                 suggestion);
    free(expected);
    free(suggestion);
}

static void read_text(const struct key *key, const struct yaml_node *node, char **field, struct problems *problems)
{
    char *what = string_format("'%s'", key->name);
    bool ok = value_check_text(node, what, problems);
    free(what);
    if (!ok)
        return;
    const char *text = node->text;
    if (key->type == KEY_METRIC && !metric_is_known(text)) {
        complain_choice(key, node, problems);
        return;
    }
    bool wrong = (key->type == KEY_STRING && !text[0]) || (key->type == KEY_NAME && !is_name(text, strlen(text))) ||
                 (key->type == KEY_CASE_NAME && !is_case_name(text));
    if (wrong) {
        complain(key, node, problems);
        return;
    }
    free(*field);
    *field = string_copy(text);
}

static bool read_boolean(const struct yaml_node *node, bool *field)
{
    static const char *const words[] = {"true", "on", "false", "off"};
    for (size_t i = 0; node->plain && i < 4; i++)
        if (string_equal(node->text, words[i])) {
            *field = i < 2;
            return true;
        }
    return false;
}

static bool read_enum(const struct key *key, const struct yaml_node *node, void *field)
{
    for (unsigned i = 0; key->names[i]; i++)
        if (string_equal(node->text, key->names[i])) {
            memcpy(field, &i, sizeof i);
            return true;
        }
    return false;
}

static bool is_within(const struct key *key, double number)
{
    return (key->minimum == 0 && key->maximum == 0) || (number >= key->minimum && number <= key->maximum);
}

/* A whole number of the key's unit. Quoted, a number is a text and no number. */
static bool read_integer(const struct key *key, const struct yaml_node *node, int64_t *value)
{
    if (key->type == KEY_DURATION)
        return units_read_duration(node->text, value);
    if (key->type == KEY_SIZE)
        return units_read_size(node->text, value);
    return node->plain && units_read_integer(node->text, value);
}

/* A share or a number of bytes that a measured one is held against; without a bound nothing is above it. */
static bool read_or_off(const struct key *key, const struct yaml_node *node, double *value)
{
    int64_t bytes;
    if (string_equal(node->text, "off")) {
        *value = INFINITY;
        return true;
    }
    if (key->type == KEY_PERCENT_OR_OFF)
        return units_read_share(node->text, value) && is_within(key, *value);
    if (!units_read_size(node->text, &bytes) || !is_within(key, (double)bytes))
        return false;
    *value = (double)bytes;
    return true;
}

static bool read_real(const struct key *key, const struct yaml_node *node, double *value)
{
    if (key->type == KEY_PERCENT)
        return units_read_share(node->text, value) && is_within(key, *value);
    if (key->type == KEY_PERCENT_OR_OFF || key->type == KEY_SIZE_OR_OFF)
        return read_or_off(key, node, value);
    if (key->type == KEY_RATE && string_equal(node->text, "max")) {
        *value = 0;
        return true;
    }
    return node->plain && units_read_number(node->text, value) && is_within(key, *value);
}

static bool is_real(enum key_type type)
{
    return type == KEY_REAL || type == KEY_PERCENT || type == KEY_RATE || type == KEY_PERCENT_OR_OFF ||
           type == KEY_SIZE_OR_OFF;
}

static bool read_number(const struct key *key, const struct yaml_node *node, void *field)
{
    if (is_real(key->type)) {
        double real;
        if (!read_real(key, node, &real))
            return false;
        memcpy(field, &real, sizeof real);
        return true;
    }
    int64_t integer;
    if (!read_integer(key, node, &integer) || !is_within(key, (double)integer))
        return false;
    if (key->type == KEY_INTEGER) /* the bounds of these keys lie within int */
        memcpy(field, &(int){(int)integer}, sizeof(int));
    else
        memcpy(field, &integer, sizeof integer);
    return true;
}

static void read_strings(const struct key *key, const struct yaml_node *node, struct string_list *field,
                         struct problems *problems)
{
    string_list_release(field);
    char *what = string_format("an item of '%s'", key->name);
    for (size_t i = 0; i < node->count; i++) {
        const struct yaml_node *item = node->items[i];
        if (item->kind != YAML_SCALAR || (!item->plain && !item->text[0])) {
            char *found = yaml_node_describe(item);
            problems_add(problems, item->position, "%s is %s, expected a text", what, found);
            free(found);
        } else if (value_check_text(item, what, problems)) {
            string_list_push(field, item->text);
        }
    }
    free(what);
}

/* Numbers of a list into `values`, which has room for them all; how many were good. */
static size_t read_reals(const struct key *key, const struct yaml_node *node, double *values, struct problems *problems)
{
    size_t count = 0;
    for (size_t i = 0; i < node->count; i++) {
        const struct yaml_node *item = node->items[i];
        double value;
        if (item->kind == YAML_SCALAR && item->plain && units_read_number(item->text, &value) && is_within(key, value))
            values[count++] = value;
        else
            complain(key, item, problems);
    }
    return count;
}

static void read_real_list(const struct key *key, const struct yaml_node *node, void *base, struct problems *problems)
{
    value_release(key, base);
    double *values = memory_zeroed(node->count, sizeof *values);
    size_t count = read_reals(key, node, values, problems);
    memcpy((char *)base + key->offset, &values, sizeof values);
    memcpy((char *)base + key->count_offset, &count, sizeof count);
}

static void read_range(const struct key *key, const struct yaml_node *node, double *field, struct problems *problems)
{
    double values[2];
    if (node->count != 2)
        complain(key, node, problems);
    else if (read_reals(key, node, values, problems) == 2) {
        if (values[0] > values[1])
            complain(key, node, problems);
        else
            memcpy(field, values, sizeof values);
    }
}

static void read_scalar(const struct key *key, const struct yaml_node *node, void *field, struct problems *problems)
{
    switch (key->type) {
    case KEY_STRING:
    case KEY_NAME:
    case KEY_CASE_NAME:
    case KEY_METRIC: read_text(key, node, field, problems); return;
    case KEY_BOOLEAN:
        if (!read_boolean(node, field))
            complain(key, node, problems);
        return;
    case KEY_ENUM:
        if (!read_enum(key, node, field))
            complain_choice(key, node, problems);
        return;
    default:
        if (!read_number(key, node, field))
            complain(key, node, problems);
    }
}

static enum yaml_kind kind_of(const struct key *key)
{
    switch (key->type) {
    case KEY_STRINGS:
    case KEY_REALS:
    case KEY_RANGE: return YAML_SEQUENCE;
    case KEY_PROPERTIES: return YAML_MAPPING;
    default: return YAML_SCALAR;
    }
}

void value_read(const struct key *key, const struct yaml_node *node, void *base, struct problems *problems)
{
    void *field = (char *)base + key->offset;
    if (node->kind != kind_of(key))
        complain(key, node, problems);
    else if (key->type == KEY_STRINGS)
        read_strings(key, node, field, problems);
    else if (key->type == KEY_REALS)
        read_real_list(key, node, base, problems);
    else if (key->type == KEY_RANGE)
        read_range(key, node, field, problems);
    else if (key->type == KEY_PROPERTIES)
        properties_read(node, field, problems);
    else
        read_scalar(key, node, field, problems);
}

/* The fallback as the YAML that a person would have written. */
static struct yaml_node *fallback_node(const struct key *key)
{
    struct position nowhere = {0};
    if (kind_of(key) == YAML_SCALAR)
        return yaml_scalar_new(key->fallback, key->type != KEY_STRING, nowhere);
    struct yaml_node *list = yaml_node_new(YAML_SEQUENCE, nowhere);
    for (const char *at = key->fallback; *at;) {
        size_t length = strcspn(at, " ");
        char *item = string_format("%.*s", (int)length, at);
        yaml_node_append(list, NULL, nowhere, yaml_scalar_new(item, true, nowhere));
        free(item);
        at += length + (at[length] == ' ');
    }
    return list;
}

void value_set_fallback(const struct key *key, void *base)
{
    struct error_list errors = {0};
    struct problems problems = {.file = "", .list = &errors};
    struct yaml_node *node = fallback_node(key);
    value_read(key, node, base, &problems);
    yaml_node_free(node);
    if (errors.count) /* a mistake in the table of keys */
        abort();
}

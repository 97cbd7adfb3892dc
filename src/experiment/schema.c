/* SPDX-License-Identifier: Apache-2.0 */
#include "experiment/schema.h"

#include "base/json.h"
#include "experiment/units.h"
#include "experiment/values.h"

#include "base/banned.h"

#define NAME_PATTERN "^[a-z0-9][a-z0-9.-]{0,63}$"
#define CASE_NAME_PATTERN "^[a-z0-9][a-z0-9.-]{0,63}(\\[[^\\]]*\\])?$"
#define SIZE_PATTERN "^[0-9]+(\\.[0-9]+)?(KiB|MiB)?$"
#define PERCENT_PATTERN "^[0-9]+(\\.[0-9]+)?%$"
#define PERCENTILE_PATTERN "^latency_p[0-9]+(\\.[0-9]+)?_ms$"

static json_t *table_schema(const struct key_table *table, bool whole);

static json_t *typed(const char *type)
{
    return json_pack("{s:s}", "type", type);
}

static json_t *text_of(const char *pattern)
{
    return json_pack("{s:s, s:s}", "type", "string", "pattern", pattern);
}

static json_t *list_of(json_t *items)
{
    return json_pack("{s:s, s:o}", "type", "array", "items", items);
}

static json_t *choice_of(const char *const *names)
{
    json_t *list = json_array();
    for (; *names; names++)
        json_array_append_new(list, json_string(*names));
    return json_pack("{s:o}", "enum", list);
}

/* A whole number stays one in the schema's text. */
static json_t *number(double value)
{
    return value == (double)(int64_t)value ? json_integer((json_int_t)value) : json_real(value);
}

static json_t *bounded(const struct key *key, json_t *schema)
{
    if (key->minimum != 0 || key->maximum != 0) {
        json_object_set_new(schema, "minimum", number(key->minimum));
        json_object_set_new(schema, "maximum", number(key->maximum));
    }
    return schema;
}

static json_t *property_map(void)
{
    return json_pack("{s:s, s:{s:s}, s:{s:[s,s,s]}}", "type", "object", "propertyNames", "pattern",
                     "^[a-zA-Z0-9][a-zA-Z0-9._-]*$", "additionalProperties", "type", "string", "number", "boolean");
}

static json_t *sweep_map(void)
{
    return json_pack("{s:s, s:i, s:i, s:{s:s, s:i, s:b, s:{s:[s,s,s]}}}", "type", "object", "minProperties", 1,
                     "maxProperties", 8, "additionalProperties", "type", "array", "minItems", 1, "uniqueItems", 1,
                     "items", "type", "string", "number", "boolean");
}

static json_t *record_list(const struct key *key)
{
    json_t *schema = list_of(table_schema(key->table, true));
    if (key->required)
        json_object_set_new(schema, "minItems", json_integer(1));
    return schema;
}

/* What values the key takes; bounds of values with a unit are kbench's own to check. */
static json_t *value_schema(const struct key *key, bool whole)
{
    switch (key->type) {
    case KEY_STRING: return json_pack("{s:s, s:i}", "type", "string", "minLength", 1);
    case KEY_NAME: return text_of(NAME_PATTERN);
    case KEY_CASE_NAME: return text_of(CASE_NAME_PATTERN);
    case KEY_INTEGER:
    case KEY_COUNT: return bounded(key, typed("integer"));
    case KEY_REAL: return bounded(key, typed("number"));
    case KEY_BOOLEAN: return json_pack("{s:[b,b,s,s]}", "enum", 1, 0, "on", "off");
    case KEY_ENUM: return choice_of(key->names);
    case KEY_METRIC: return json_pack("{s:[o, o]}", "anyOf", choice_of(key->names), text_of(PERCENTILE_PATTERN));
    case KEY_DURATION: return text_of("^[0-9]+(\\.[0-9]+)?(ms|s|m|h)$");
    case KEY_SIZE: return json_pack("{s:[o, o]}", "anyOf", bounded(key, typed("integer")), text_of(SIZE_PATTERN));
    case KEY_SIZE_OR_OFF:
        return json_pack("{s:[{s:s}, o, o]}", "anyOf", "const", "off", bounded(key, typed("integer")),
                         text_of(SIZE_PATTERN));
    case KEY_PERCENT: return text_of(PERCENT_PATTERN);
    case KEY_PERCENT_OR_OFF: return json_pack("{s:[{s:s}, o]}", "anyOf", "const", "off", text_of(PERCENT_PATTERN));
    case KEY_RATE: return json_pack("{s:[{s:s}, o]}", "anyOf", "const", "max", bounded(key, typed("number")));
    case KEY_STRINGS: return list_of(json_pack("{s:s, s:i}", "type", "string", "minLength", 1));
    case KEY_REALS: return list_of(bounded(key, typed("number")));
    case KEY_RANGE:
        return json_pack("{s:s, s:o, s:i, s:i}", "type", "array", "items", bounded(key, typed("number")), "minItems", 2,
                         "maxItems", 2);
    case KEY_PROPERTIES: return property_map();
    case KEY_GROUP: return table_schema(key->table, whole);
    case KEY_LIST: return record_list(key);
    case KEY_DEFAULTS: return table_schema(key->table, false);
    case KEY_SWEEP: return sweep_map();
    }
    return NULL;
}

/* The fallback as JSON, read by the same types. */
static json_t *fallback_schema(const struct key *key)
{
    int64_t integer;
    double real;
    if (key->type == KEY_BOOLEAN)
        return json_boolean(string_equal(key->fallback, "true"));
    if (key->type == KEY_STRINGS || key->type == KEY_REALS) {
        json_t *list = json_array();
        for (const char *at = key->fallback; *at;) {
            size_t length = strcspn(at, " ");
            char *item = string_format("%.*s", (int)length, at);
            json_array_append_new(list, units_read_number(item, &real) ? number(real) : json_string(item));
            free(item);
            at += length + (at[length] == ' ');
        }
        return list;
    }
    bool is_text = key->type == KEY_STRING || key->type == KEY_NAME;
    if (!is_text && units_read_integer(key->fallback, &integer))
        return json_integer(integer);
    return !is_text && units_read_number(key->fallback, &real) ? json_real(real) : json_string(key->fallback);
}

static json_t *key_schema(const struct key *key, bool whole)
{
    json_t *schema = value_schema(key, whole);
    json_object_set_new(schema, "description", json_string(key->help));
    if (key->fallback)
        json_object_set_new(schema, "default", fallback_schema(key));
    return schema;
}

/* A mapping with the keys of a table. A part (`defaults`) requires nothing; and nobody can tell of a whole case whether
 * `defaults` has the rest of it, so that a case requires only what cannot stand there. */
static json_t *table_schema(const struct key_table *table, bool whole)
{
    json_t *properties = json_object(), *required = json_array();
    for (const struct key *key = table->keys; key->name; key++) {
        if (!whole && key->not_in_defaults)
            continue;
        bool in_case = table == &case_keys;
        bool needed = whole && key->required && (!in_case || key->not_in_defaults);
        json_object_set_new(properties, key->name, key_schema(key, whole && !in_case));
        if (needed)
            json_array_append_new(required, json_string(key->name));
    }
    json_t *schema =
        json_pack("{s:s, s:o, s:b}", "type", "object", "properties", properties, "additionalProperties", 0);
    if (json_array_size(required))
        json_object_set(schema, "required", required);
    json_decref(required);
    return schema;
}

char *experiment_schema(void)
{
    json_t *schema = json_pack("{s:s, s:s, s:s}", "$schema", "https://json-schema.org/draft/2020-12/schema", "title",
                               "An experiment of kbench", "description",
                               "Made by 'kbench check --schema' from the table of keys; not to be edited");
    json_t *root = table_schema(&experiment_keys, true);
    json_object_update(schema, root);
    json_decref(root);
    char *dump = json_dumps(schema, JSON_INDENT(2));
    char *text = string_format("%s\n", dump);
    free(dump);
    json_decref(schema);
    return text;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The schema that editors use says what the table of keys says: the file is the table's own text, and every key of the one is in
 * the other, both ways. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "experiment/keys.h"
#include "experiment/schema.h"

static json_t *read_file_schema(struct text *content)
{
    struct error error = ERROR_INIT;
    char *path = string_format("%s/schema/experiment.schema.json", file_home());
    if (!file_read(path, 1 << 20, content, &error))
        fail_msg("%s", error.message);
    free(path);
    json_t *schema = json_parse(content->bytes, content->length, &error);
    if (!schema)
        fail_msg("%s", error.message);
    return schema;
}

static void test_file_is_current(void **state)
{
    (void)state;
    struct text content = TEXT_INIT;
    json_t *parsed = read_file_schema(&content);
    char *schema = experiment_schema();
    if (strcmp(content.bytes, schema) != 0)
        fail_msg("schema/experiment.schema.json is not what 'kbench check --schema' prints");
    free(schema);
    json_decref(parsed);
    text_release(&content);
}

static void compare(const struct key_table *table, const json_t *schema, bool whole);

static void compare_key(const struct key *key, const json_t *schema, bool whole)
{
    assert_non_null(json_get_string(schema, "description", NULL));
    assert_true((json_object_get(schema, "default") != NULL) == (key->fallback != NULL));
    if (key->type == KEY_GROUP || key->type == KEY_DEFAULTS)
        compare(key->table, schema, whole && key->type == KEY_GROUP);
    else if (key->type == KEY_LIST)
        compare(key->table, json_object_get(schema, "items"), true);
    if (key->type == KEY_ENUM)
        for (size_t i = 0; key->names[i]; i++)
            assert_string_equal(json_string_value(json_array_get(json_object_get(schema, "enum"), i)), key->names[i]);
}

static void compare(const struct key_table *table, const json_t *schema, bool whole)
{
    const json_t *properties = json_object_get(schema, "properties");
    size_t expected = 0;
    assert_true(json_is_false(json_object_get(schema, "additionalProperties")));
    for (const struct key *key = table->keys; key->name; key++) {
        const json_t *property = json_object_get(properties, key->name);
        if (!whole && key->not_in_defaults) {
            assert_null(property);
            continue;
        }
        expected++;
        if (!property)
            fail_msg("the schema lacks '%s'", key->name);
        compare_key(key, property, whole && table != &case_keys);
    }
    assert_int_equal(json_object_size(properties), expected); /* and nothing else */
}

static void test_both_ways(void **state)
{
    (void)state;
    struct text content = TEXT_INIT;
    json_t *schema = read_file_schema(&content);
    compare(&experiment_keys, schema, true);
    json_decref(schema);
    text_release(&content);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_file_is_current), cmocka_unit_test(test_both_ways)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

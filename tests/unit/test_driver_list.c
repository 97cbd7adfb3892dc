/* SPDX-License-Identifier: Apache-2.0 */
/* driver.yaml: what is read from it, every kind of mistake with its place, and where drivers are looked for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "driver/driver.h"
#include "driver/driver_yaml.h"
#include "driver/placeholder.h"

#include "base/banned.h"

#define HEAD "protocol: 1\ntitle: T\nlanguage: C\nlibrary: l\nkind: client\nclusters: [local]\nworkloads: [produce]\n"

static bool read_yaml(const char *yaml, struct driver *driver, struct error_list *errors)
{
    *driver = (struct driver){0};
    *errors = (struct error_list){0};
    return driver_yaml_read(driver, "d/driver.yaml", yaml, strlen(yaml), errors);
}

static void assert_mistake(const char *yaml, int line, int column, const char *part)
{
    struct driver driver;
    struct error_list errors;
    assert_false(read_yaml(yaml, &driver, &errors));
    assert_string_equal(errors.items[0].file, "d/driver.yaml");
    if (!strstr(errors.items[0].message, part) || errors.items[0].line != line || errors.items[0].column != column)
        fail_msg("not at %d:%d '%s', but at %d:%d: %s", line, column, part, errors.items[0].line,
                 errors.items[0].column, errors.items[0].message);
    driver_release(&driver);
    error_list_release(&errors);
}

static void test_everything_is_read(void **state)
{
    (void)state;
    struct driver driver;
    struct error_list errors;
    assert_true(read_yaml(
        "protocol: 1\ntitle: T\nlanguage: Java\nlibrary: l\ndefault-version: 4.10\nkind: tool\n"
        "delivers: false\nreads: true\nclusters: [local, mock]\nworkloads: [produce]\ncommand: ['{java}', '{jvm}', '-v{version}']\n"
        "requires: ['{build}/x-{version}']\nsetup: make setup\npasses-unknown: true\n"
        "settings:\n  a: b\n  c: {name: d, type: integer, scale: 0.5}\n  e: {unsupported: why}\n"
        "  f: {always: PEM}\n",
        &driver, &errors));
    assert_string_equal(driver.default_version, "4.10");
    assert_true(driver.is_tool && !driver.is_test && !driver.is_delivering && driver.is_reading &&
                driver.passes_unknown);
    assert_int_equal(driver.clusters.count, 2);
    assert_int_equal(driver.setting_count, 4);
    assert_string_equal(driver.settings[0].native, "b");
    assert_int_equal(driver.settings[0].type, VALUE_STRING);
    assert_int_equal(driver.settings[1].type, VALUE_INTEGER);
    assert_true(driver.settings[1].scale > 0.49 && driver.settings[1].scale < 0.51);
    assert_string_equal(driver.settings[2].unsupported, "why");
    assert_null(driver.settings[2].native);
    assert_string_equal(driver.settings[3].always, "PEM");
    assert_null(driver.settings[3].native);
    driver_release(&driver);
}

static void test_defaults(void **state)
{
    (void)state;
    struct driver driver;
    struct error_list errors;
    assert_true(read_yaml(HEAD "command: [x]\n", &driver, &errors));
    assert_true(driver.is_delivering && !driver.is_reading && !driver.is_tool && !driver.is_test &&
                !driver.passes_unknown);
    assert_null(driver.default_version);
    assert_null(driver.setup_hint);
    driver_release(&driver);
}

static void test_mistakes_have_places(void **state)
{
    (void)state;
    assert_mistake(HEAD, 1, 1, "the key 'command' is missing");
    assert_mistake(HEAD "command: [x]\nrequire: [y]\n", 9, 1,
                   "unknown key 'require' of a driver (did you mean 'requires'?)");
    assert_mistake("protocol: 2\n", 1, 1, "missing");
    assert_mistake("a: [b\n", 2, 1, "not YAML");
    assert_mistake("[a]\n", 1, 1, "expected a mapping");
    assert_mistake(HEAD "command: []\n", 8, 10, "expected a list that is not empty");
    assert_mistake(HEAD "command: x\n", 8, 10, "expected a list");
    assert_mistake(HEAD "command: ['{pyhton}']\n", 8, 11, "'{pyhton}' stands for nothing");
    assert_mistake(HEAD "command: [x, '-D{jvm}']\n", 8, 14, "an element of its own");
    assert_mistake(HEAD "command: ['{version}']\n", 1, 1, "no 'default-version'");
    assert_mistake(HEAD "command: [x]\ndelivers: no\n", 9, 11, "expected true or false");
    assert_mistake(HEAD "command: [x]\ntitle: U\n", 9, 1, "duplicate key 'title'");
    assert_mistake(HEAD "command: [x]\nsettings: {}\nsettings-from: c\n", 10, 16, "either");
    assert_mistake(HEAD "command: [x]\nsettings: [a]\n", 9, 11, "must map");
    assert_mistake(HEAD "command: [x]\nsettings:\n  a: {nam: b}\n", 10, 6, "either");
    assert_mistake(HEAD "command: [x]\nsettings:\n  a: {name: b, type: int}\n", 10, 22, "one of the types");
    assert_mistake(HEAD "command: [x]\nsettings:\n  a: {name: b, scale: 2}\n", 10, 23, "needs the type");
    assert_mistake(HEAD "command: [x]\nsettings:\n  a: {name: b, type: real, scale: 0}\n", 10, 35, "above 0");
    assert_mistake(HEAD "command: [x]\nsettings:\n  a: {name: b, unsupported: c}\n", 10, 6, "either");
    assert_mistake(HEAD "command: [x]\nsettings:\n  a: {always: b, unsupported: c}\n", 10, 6, "either");
    assert_mistake(HEAD "command: [x]\nsettings:\n  a: {always: b, type: integer}\n", 10, 6, "either");
}

static void test_placeholders(void **state)
{
    (void)state;
    struct driver driver;
    struct error_list errors;
    struct string_list jvm = {0}, arguments = {0};
    assert_true(read_yaml(HEAD "default-version: 1.0\ncommand: [x, '{jvm}', 'a{version}b{driver}', '{not this}']\n",
                          &driver, &errors));
    driver.folder = string_copy("/f");
    string_list_push(&jvm, "-Xmx1g");
    string_list_push(&jvm, "-Xms1g");
    struct placeholder_values values = {.driver = &driver, .jvm = &jvm};
    placeholder_command(&values, &arguments);
    assert_int_equal(arguments.count, 5);
    assert_string_equal(arguments.items[1], "-Xmx1g");
    assert_string_equal(arguments.items[3], "a1.0b/f");
    assert_string_equal(arguments.items[4], "{not this}");
    string_list_release(&arguments);
    values = (struct placeholder_values){.driver = &driver, .version = "2.0"};
    placeholder_command(&values, &arguments);
    assert_int_equal(arguments.count, 3);
    assert_string_equal(arguments.items[1], "a2.0b/f");
    string_list_release(&arguments);
    string_list_release(&jvm);
    driver_release(&driver);
}

static void test_availability(void **state)
{
    (void)state;
    struct driver driver;
    struct error_list errors;
    struct text missing = TEXT_INIT;
    assert_true(read_yaml(HEAD "command: [sh]\nrequires: [sh, '/dev/nul*', /dev/zero]\n", &driver, &errors));
    assert_true(driver_is_available(&driver, &missing));
    assert_string_equal(missing.bytes, "");
    driver_release(&driver);
    assert_true(read_yaml(HEAD "default-version: 1\nsetup: make it\ncommand: [no-such-program]\n"
                               "requires: ['/no/{version}/*', /dev/null]\n",
                          &driver, &errors));
    driver.name = string_copy("d");
    assert_false(driver_version_is_available(&driver, "3", &missing));
    assert_string_equal(missing.bytes, "driver 'd': 'no-such-program' is missing; type: make it\n"
                                       "driver 'd': '/no/3/*' is missing; type: make it\n");
    assert_false(driver_is_available(&driver, NULL));
    text_release(&missing);
    driver_release(&driver);
}

static void write_driver(const char *folder, const char *yaml)
{
    struct error error = ERROR_INIT;
    char *file = string_format("%s/driver.yaml", folder);
    assert_true(file_make_folder(folder, &error));
    assert_true(file_write(file, yaml, strlen(yaml), &error));
    free(file);
}

/* A scratch folder with src/drivers/b, more/a and alone; KBENCH_HOME is fixed by the first call, so all in one test. */
static void test_where_drivers_are(void **state)
{
    (void)state;
    char scratch[] = "/tmp/kbench-test-XXXXXX";
    struct error error = ERROR_INIT;
    struct driver_list list;
    assert_non_null(mkdtemp(scratch));
    char *own = string_format("%s/src/drivers/b", scratch), *more = string_format("%s/more/a", scratch);
    char *alone = string_format("%s/alone", scratch), *path = string_format("%s/more:%s/alone/", scratch, scratch);
    char *empty = string_format("%s/src/drivers/no-driver", scratch);
    write_driver(own, HEAD "command: [x]\nsettings: {c: {name: n, type: real, scale: 2}, d: {unsupported: why}}\n");
    write_driver(more, HEAD "command: [x]\nsettings-from: b\n");
    write_driver(alone, HEAD "command: [x]\n");
    assert_true(file_make_folder(empty, &error));
    setenv("KBENCH_HOME", scratch, 1);
    setenv("KBENCH_DRIVERS", path, 1);
    assert_true(driver_list_load(&list, &error));
    assert_int_equal(list.count, 3);
    assert_string_equal(list.items[0].name, "a");
    assert_string_equal(list.items[1].name, "alone");
    assert_string_equal(list.items[2].name, "b");
    assert_null(driver_list_find(&list, "c"));
    assert_int_equal(list.items[0].setting_count, 2);
    assert_string_equal(list.items[0].settings[0].native, "n");
    assert_int_equal(list.items[0].settings[0].type, VALUE_REAL);
    assert_string_equal(list.items[0].settings[1].unsupported, "why");
    driver_list_release(&list);

    write_driver(alone, HEAD "command: [x]\nsettings-from: a\n"); /* which has none of its own */
    assert_false(driver_list_load(&list, &error));
    assert_int_equal(error.line, 9);
    assert_non_null(strstr(error.message, "there is no driver 'a' with settings of its own"));
    setenv("KBENCH_DRIVERS", own, 1);
    assert_false(driver_list_load(&list, &error));
    assert_non_null(strstr(error.message, "there are two drivers 'b'"));
    setenv("KBENCH_DRIVERS", "/no/such/folder", 1);
    assert_false(driver_list_load(&list, &error));
    write_driver(alone, HEAD "command: [x]\nx: 1\ny: 2\n");
    setenv("KBENCH_DRIVERS", alone, 1);
    assert_false(driver_list_load(&list, &error));
    assert_int_equal(error.line, 9);
    assert_non_null(strstr(error.message, "(and 1 more in this file)"));

    assert_true(file_remove_tree(scratch, &error));
    char *const strings[] = {own, more, alone, path, empty};
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
        free(strings[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_everything_is_read),   cmocka_unit_test(test_defaults),
        cmocka_unit_test(test_mistakes_have_places), cmocka_unit_test(test_placeholders),
        cmocka_unit_test(test_availability),         cmocka_unit_test(test_where_drivers_are),
    };
    return cmocka_run_group_tests_name("driver_list", tests, NULL, NULL);
}

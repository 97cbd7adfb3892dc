/* SPDX-License-Identifier: Apache-2.0 */
/* Every file of tests/data/definitions: with a .errors beside it exactly those errors, without one none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <dirent.h>
#include <string.h>

#include "base/file.h"
#include "experiment/experiment.h"

static char *path_of(const char *name)
{
    return string_format("%s/tests/data/definitions/%s", file_home(), name);
}

static void read_whole(const char *name, struct text *content)
{
    struct error error = ERROR_INIT;
    char *path = path_of(name);
    if (!file_read(path, EXPERIMENT_LENGTH_MAX, content, &error))
        fail_msg("%s", error.message);
    free(path);
}

static void append_errors(const struct error_list *errors, struct text *text)
{
    for (size_t i = 0; i < errors->count; i++) {
        char line[sizeof errors->items[i].message + 600];
        text_append_format(text, "%s\n", error_text(&errors->items[i], line, sizeof line));
    }
}

static void check_definition(const char *name)
{
    struct text content = TEXT_INIT, expected = TEXT_INIT, found = TEXT_INIT;
    struct error_list errors = {0};
    char *errors_name = string_format("%.*s.errors", (int)(strlen(name) - strlen(".yaml")), name);
    char *errors_path = path_of(errors_name);
    read_whole(name, &content);
    if (file_exists(errors_path))
        read_whole(errors_name, &expected);
    struct experiment *experiment = experiment_parse(name, content.bytes, content.length, &errors);
    append_errors(&errors, &found);
    assert_string_equal(found.bytes, expected.bytes);
    assert_true((experiment != NULL) == (errors.count == 0));
    experiment_free(experiment);
    error_list_release(&errors);
    text_release(&content);
    text_release(&expected);
    text_release(&found);
    free(errors_name);
    free(errors_path);
}

static void test_files(void **state)
{
    (void)state;
    char *folder = path_of("");
    DIR *directory = opendir(folder);
    assert_non_null(directory);
    int count = 0;
    for (struct dirent *entry = readdir(directory); entry; entry = readdir(directory))
        if (string_ends_with(entry->d_name, ".yaml")) {
            check_definition(entry->d_name);
            count++;
        }
    closedir(directory);
    free(folder);
    assert_true(count > 40);
}

static void assert_refused(const char *bytes, size_t length, const char *message)
{
    struct error_list errors = {0};
    assert_null(experiment_parse("t.yaml", bytes, length, &errors));
    assert_int_equal(errors.items[0].category, ERROR_INPUT);
    assert_string_equal(errors.items[0].file, "t.yaml");
    assert_non_null(strstr(errors.items[0].message, message));
    assert_true(errors.count <= 101);
    error_list_release(&errors);
}

static void append_many(struct text *text, const char *piece, int count)
{
    for (int i = 0; i < count; i++)
        text_append(text, piece);
}

static void test_large_files(void **state)
{
    (void)state;
    struct text text = TEXT_INIT;
    append_many(&text, "# ten bytes", 1000000);
    assert_refused(text.bytes, text.length, "has 11000000 bytes, expected");
    text_clear(&text);
    text_append(&text, "changes: [");
    append_many(&text, "a, ", 100000);
    assert_refused(text.bytes, text.length, "too many values");
    text_clear(&text);
    for (int i = 0; i < 2000; i++)
        text_append_format(&text, "key%d: 1\n", i);
    assert_refused(text.bytes, text.length, "too many keys");
    text_clear(&text);
    append_many(&text, "{", 100000);
    assert_refused(text.bytes, text.length, "nested too deeply");
    text_release(&text);
    assert_refused("", 0, "empty");
    assert_refused("\0", 1, "NUL");
}

/* A hundred errors are enough for a person, and for a hostile file. */
static void test_many_errors(void **state)
{
    (void)state;
    struct text text = TEXT_INIT;
    struct error_list errors = {0};
    for (int i = 0; i < 400; i++)
        text_append_format(&text, "key%d: 1\n", i);
    assert_null(experiment_parse("t.yaml", text.bytes, text.length, &errors));
    assert_int_equal(errors.count, 101);
    for (size_t i = 1; i < 100; i++)
        assert_true(errors.items[i].line >= errors.items[i - 1].line);
    assert_string_equal(errors.items[100].message, "there are more errors than these 100");
    error_list_release(&errors);
    text_release(&text);
}

/* What three sweeps of ten thousand values would multiply to is refused before it is made. */
static void test_sweep_is_bounded(void **state)
{
    (void)state;
    struct text text = TEXT_INIT;
    text_append(&text,
                "version: t\ntitle: t\ncluster: {kind: mock}\nruns: [{name: a, driver: c}]\ncases:\n  - name: a\n"
                "    topic: {partitions: 1, replication.factor: 1}\n    sweep:\n");
    for (int axis = 0; axis < 3; axis++) {
        text_append_format(&text, "      producer.p%d: [", axis);
        for (int i = 0; i < 300; i++)
            text_append_format(&text, "%d,", i);
        text_append(&text, "]\n");
    }
    assert_refused(text.bytes, text.length, "too many cases");
    text_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_large_files),
        cmocka_unit_test(test_many_errors),
        cmocka_unit_test(test_sweep_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/error.h"
#include "base/text.h"

#include "base/banned.h"

static void check_text(const struct error *error, const char *expected)
{
    char line[8192];
    assert_string_equal(error_text(error, line, sizeof line), expected);
}

static void test_places(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    check_text(&error, "");
    assert_false(error_set_at(&error, "v2.yaml", 3, 7, "unknown key '%s'", "acsk"));
    check_text(&error, "v2.yaml:3:7: unknown key 'acsk'");
    assert_int_equal(error.category, ERROR_INPUT);
    assert_false(error_set_at(&error, "v2.yaml", 0, 0, "empty"));
    check_text(&error, "v2.yaml: empty");
    /* A later error is another one: it does not inherit the place. */
    assert_false(error_set(&error, ERROR_UNAVAILABLE, "no broker"));
    check_text(&error, "no broker");
    assert_int_equal(error.line, 0);
}

static void test_exit_statuses(void **state)
{
    (void)state;
    static const struct {
        enum error_category category;
        int status;
    } cases[] = {{ERROR_NONE, 0},
                 {ERROR_ANSWER_NO, 1},
                 {ERROR_INPUT, 2},
                 {ERROR_UNAVAILABLE, 3},
                 {ERROR_INTERRUPTED, 130}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error error = ERROR_INIT;
        error_set(&error, cases[i].category, "x");
        assert_int_equal(error_exit_status(&error), cases[i].status);
    }
}

static void test_errno_and_prefix(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    assert_false(error_set_errno(&error, 2, "cannot read '%s'", "x"));
    check_text(&error, "cannot read 'x': No such file or directory");
    assert_int_equal(error.category, ERROR_UNAVAILABLE);
    assert_false(error_prefix(&error, "case '%s'", "a"));
    check_text(&error, "case 'a': cannot read 'x': No such file or directory");
}

static void test_what_is_too_long_is_cut(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    char *huge = memory_zeroed(10000, 1);
    memset(huge, 'x', 9999);
    error_set(&error, ERROR_INPUT, "%s", huge);
    assert_int_equal(strlen(error.message), sizeof error.message - 1);
    error_prefix(&error, "in front");
    assert_int_equal(strlen(error.message), sizeof error.message - 1);
    assert_true(string_starts_with(error.message, "in front: xxx"));
    error_prefix(&error, "%s", huge);
    assert_int_equal(strlen(error.message), sizeof error.message - 1);
    error_set_errno(&error, 2, "%s", huge);
    error_set_at(&error, huge, 1, 1, "%s", huge);
    char small[16];
    assert_int_equal(strlen(error_text(&error, small, sizeof small)), sizeof small - 1);
    free(huge);
}

static void test_nobody_asks(void **state)
{
    (void)state;
    assert_false(error_set(NULL, ERROR_INPUT, "x"));
    assert_false(error_set_at(NULL, "f", 1, 1, "x"));
    assert_false(error_set_errno(NULL, 2, "x"));
    assert_false(error_prefix(NULL, "x"));
    assert_false(error_suggest(NULL, "x", NULL, 0));
}

/* Behind the text, whatever its place and category. */
static void test_suggestions(void **state)
{
    (void)state;
    static const char *const names[] = {"acks", "linger"};
    struct string_list list = {0};
    struct error error = ERROR_INIT;
    string_list_push(&list, "retries");
    error_set_at(&error, "v2.yaml", 3, 7, "there is no 'aks'");
    assert_false(error_suggest(&error, "aks", names, 2));
    check_text(&error, "v2.yaml:3:7: there is no 'aks', did you mean 'acks'?");
    error_set(&error, ERROR_ANSWER_NO, "there is no 'kafka'");
    assert_false(error_suggest_or(&error, "kafka", names, 2, "; see --help"));
    check_text(&error, "there is no 'kafka'; see --help");
    assert_int_equal(error.category, ERROR_ANSWER_NO);
    error_set(&error, ERROR_INPUT, "there is no 'kafka'");
    assert_false(error_suggest_from(&error, "kafka", &list));
    check_text(&error, "there is no 'kafka'; there is only retries");
    string_list_release(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_places),           cmocka_unit_test(test_exit_statuses),
        cmocka_unit_test(test_errno_and_prefix), cmocka_unit_test(test_what_is_too_long_is_cut),
        cmocka_unit_test(test_nobody_asks),      cmocka_unit_test(test_suggestions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

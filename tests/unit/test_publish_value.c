/* SPDX-License-Identifier: Apache-2.0 */
/* How a value of a sentence is written, and that the table of names is one that can be read. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "publish/publish.h"
#include "publish/value.h"

#define MINUS "\xe2\x88\x92"

static void assert_shown(const struct value *value, const char *format, const char *expected)
{
    struct text text = TEXT_INIT;
    struct error error = ERROR_INIT;
    if (!value_show(value, format, &text, &error))
        fail_msg("%s: %s", expected, error.message);
    assert_string_equal(text.bytes, expected);
    text_release(&text);
}

static void assert_refused(const struct value *value, const char *format, const char *part)
{
    struct text text = TEXT_INIT;
    struct error error = ERROR_INIT;
    assert_false(value_show(value, format, &text, &error));
    assert_int_equal(error.category, ERROR_INPUT);
    if (!strstr(error.message, part))
        fail_msg("'%s' lacks '%s'", error.message, part);
    assert_int_equal(text.length, 0);
    text_release(&text);
}

static struct value number(enum value_type type, double first)
{
    return (struct value){.type = type, .numbers = {first, NAN}};
}

static void test_ratios(void **state)
{
    (void)state;
    static const struct {
        double ratio;
        const char *itself, *percent, *change;
    } cases[] = {
        {0.35249, "0.352", "35.2 %", MINUS "64.8 %"},
        {0.02981, "0.0298", "2.98 %", MINUS "97.0 %"},
        {1, "1.000", "100.0 %", "0.0 %"},
        {0.9996, "1.000", "100.0 %", "0.0 %"},
        {0.9994, "0.999", "99.9 %", MINUS "0.1 %"},
        {1.2451, "1.245", "124.5 %", "+24.5 %"},
        {26.23, "26.2", "2,620 %", "+2,523 %"},
        {151.4, "151", "15,100 %", "+15,040 %"},
        {0, "0", "0 %", MINUS "100.0 %"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct value value = number(VALUE_RATIO, cases[i].ratio);
        assert_shown(&value, NULL, cases[i].itself);
        assert_shown(&value, "percent", cases[i].percent);
        assert_shown(&value, "change", cases[i].change);
    }
}

static void test_numbers(void **state)
{
    (void)state;
    struct value value = number(VALUE_NUMBER, 9845.42);
    assert_shown(&value, NULL, "9,845.4");
    assert_shown(&value, "plain", "9845.4");
    assert_shown(&value, "count", "9,845");
    assert_refused(&value, "percent", "format=percent is for ratios");
    assert_refused(&value, "mib", "format=mib is for bytes");
    assert_refused(&value, "cuont", "did you mean 'count'?");
    value = number(VALUE_COUNT, 67108864);
    assert_shown(&value, NULL, "67,108,864");
    assert_shown(&value, "plain", "67108864");
    assert_shown(&value, "mib", "64.00");
    assert_shown(&value, "gib", "0.062");
    value = number(VALUE_SHARE, 0.284);
    assert_shown(&value, NULL, "28 %");
}

static void test_two_numbers(void **state)
{
    (void)state;
    struct value value = {.type = VALUE_RATIO, .shape = VALUE_INTERVAL, .numbers = {0.9, 1.1}};
    assert_shown(&value, NULL, "[0.900, 1.100]");
    assert_shown(&value, "percent", "[90.0 %, 110.0 %]");
    value.shape = VALUE_RANGE;
    assert_shown(&value, NULL, "0.900 to 1.100");
}

static void test_words(void **state)
{
    (void)state;
    struct value value;
    value_set_text(&value, "2026");
    assert_shown(&value, NULL, "2026");
    assert_refused(&value, "count", "format=count is for numbers, and this is '2026'");
    free(value.text);
    value_set_word(&value, "8196");
    assert_shown(&value, NULL, "8,196");
    value_set_word(&value, "4.3.1");
    assert_int_equal(value.type, VALUE_TEXT);
    free(value.text);
    value_set_word(&value, "99999999999999999999");
    assert_shown(&value, NULL, "99999999999999999999");
    free(value.text);
    value_set_word(&value, "");
    assert_int_equal(value.type, VALUE_TEXT);
    free(value.text);
}

static void test_each_name_once(void **state)
{
    (void)state;
    for (const struct value_name *name = value_names; name->name; name++) {
        struct error error = ERROR_INIT;
        assert_ptr_equal(value_name_find(name->subject, name->name, &error), name);
        assert_true(name->help && name->help[0]);
    }
    struct error error = ERROR_INIT;
    assert_null(value_name_find(VALUE_OF_CLAIM, "partitions", &error)); /* a name of another subject */
    assert_non_null(strstr(error.message, "verdict"));
}

static void test_description_has_all_names(void **state)
{
    (void)state;
    struct text text = TEXT_INIT;
    publish_describe_markers(&text);
    for (const struct value_name *name = value_names; name->name; name++)
        assert_non_null(strstr(text.bytes, name->help));
    assert_non_null(strstr(text.bytes, "records_per_sec "));
    text_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ratios),         cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_two_numbers),    cmocka_unit_test(test_words),
        cmocka_unit_test(test_each_name_once), cmocka_unit_test(test_description_has_all_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

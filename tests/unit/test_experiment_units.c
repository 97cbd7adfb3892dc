/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "experiment/units.h"
#include "experiment/yaml_meaning.h"
#include "near.h"

static void test_durations(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t ms; /* -1: refused */
    } rows[] = {
        {"3s", 3000},  {"500ms", 500}, {"2m", 120000}, {"1h", 3600000}, {"1.5s", 1500},
        {"0s", 0},     {"0.1s", 100},  {"3", -1},      {"s", -1},       {"", -1},
        {"-1s", -1},   {"3 s", -1},    {"3S", -1},     {"0.5ms", -1},   {"1.s", -1},
        {"2m30s", -1}, {"1e3s", -1},   {"3KiB", -1},   {".5s", -1},     {"99999999999999999999h", -1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t ms = -1;
        assert_true(units_read_duration(rows[i].text, &ms) == (rows[i].ms >= 0));
        assert_int_equal(ms, rows[i].ms);
    }
}

static void test_sizes_and_shares(void **state)
{
    (void)state;
    int64_t bytes = -1;
    double share = -1;
    assert_true(units_read_size("100", &bytes) && bytes == 100);
    assert_true(units_read_size("64KiB", &bytes) && bytes == 65536);
    assert_true(units_read_size("0.5MiB", &bytes) && bytes == 524288);
    assert_false(units_read_size("64KB", &bytes));
    assert_false(units_read_size("64k", &bytes));
    assert_false(units_read_size("1.5", &bytes));
    assert_true(units_read_share("3%", &share));
    assert_near(share, 0.03, 0);
    assert_false(units_read_share("0.03", &share));
    assert_false(units_read_share("3 %", &share));
}

static void test_numbers(void **state)
{
    (void)state;
    int64_t integer = 0;
    double number = 0;
    assert_true(units_read_integer("-12", &integer) && integer == -12);
    assert_true(units_read_integer("9223372036854775807", &integer) && integer == INT64_MAX);
    assert_false(units_read_integer("9223372036854775808", &integer));
    assert_false(units_read_integer("010", &integer));
    assert_false(units_read_integer("1_000", &integer));
    assert_false(units_read_integer("0x10", &integer));
    assert_false(units_read_integer("+1", &integer));
    assert_true(units_read_number("99.9", &number));
    assert_near(number, 99.9, 0);
    assert_true(units_read_number("1e-7", &number));
    assert_near(number, 1e-7, 0);
    assert_false(units_read_number("1e", &number));
    assert_false(units_read_number("nan", &number));
    assert_false(units_read_number("1e999", &number));
}

static void assert_written(struct text *text, const char *expected)
{
    assert_string_equal(text->bytes, expected);
    text_clear(text);
}

static void test_writing(void **state)
{
    (void)state;
    struct text text = TEXT_INIT;
    units_write_duration(&text, 0);
    assert_written(&text, "0s");
    units_write_duration(&text, 1500);
    assert_written(&text, "1500ms");
    units_write_duration(&text, 120000);
    assert_written(&text, "2m");
    units_write_duration(&text, 7200000);
    assert_written(&text, "2h");
    units_write_share(&text, 0.03);
    assert_written(&text, "3%");
    units_write_share(&text, 1);
    assert_written(&text, "100%");
    units_write_number(&text, 1000000);
    assert_written(&text, "1000000");
    units_write_number(&text, 0.1);
    assert_written(&text, "0.1");
    units_write_number(&text, 0);
    assert_written(&text, "0");
    text_release(&text);
}

static void test_numbers_read_back(void **state)
{
    (void)state;
    static const double numbers[] = {0.1 + 0.2, 1.0 / 3, 1e-9, 1e300, 99.999, 123456789.123456789, 5e-324};
    struct text text = TEXT_INIT;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        double again = -1;
        units_write_number(&text, numbers[i]);
        assert_true(units_read_number(text.bytes, &again));
        assert_near(again, numbers[i], 0);
        text_clear(&text);
    }
    text_release(&text);
}

static void test_shares_read_back(void **state)
{
    (void)state;
    struct text text = TEXT_INIT;
    for (int i = 1; i <= 10000; i++) {
        /* Two decimals as people write them, which must come out as written; and many more than a double has. */
        char *written = string_format("%.*g%%", 5, i / 100.0);
        char *longer = string_format("%.20f%%", i / 99.7);
        double share = -1, again = -1;
        assert_true(units_read_share(written, &share));
        units_write_share(&text, share);
        assert_string_equal(text.bytes, written);
        text_clear(&text);
        assert_true(units_read_share(longer, &share));
        units_write_share(&text, share);
        assert_true(units_read_share(text.bytes, &again));
        assert_near(again, share, 0);
        text_clear(&text);
        free(written);
        free(longer);
    }
    text_release(&text);
}

/* YAML 1.1's types, section 10.3 and its type repository. */
static void test_yaml_meaning(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum yaml_meaning meaning;
    } rows[] = {
        {"no", MEANS_FALSE},
        {"No", MEANS_FALSE},
        {"NO", MEANS_FALSE},
        {"nO", MEANS_TEXT},
        {"n", MEANS_FALSE},
        {"N", MEANS_FALSE},
        {"off", MEANS_FALSE},
        {"false", MEANS_FALSE},
        {"yes", MEANS_TRUE},
        {"On", MEANS_TRUE},
        {"Y", MEANS_TRUE},
        {"TRUE", MEANS_TRUE},
        {"tRUE", MEANS_TEXT},
        {"TrUE", MEANS_TEXT},
        {"none", MEANS_TEXT},
        {"", MEANS_NOTHING},
        {"~", MEANS_NOTHING},
        {"null", MEANS_NOTHING},
        {"Null", MEANS_NOTHING},
        {"0", MEANS_NUMBER},
        {"010", MEANS_NUMBER},
        {"0x1F", MEANS_NUMBER},
        {"0b101", MEANS_NUMBER},
        {"0o17", MEANS_NUMBER},
        {"1_000", MEANS_NUMBER},
        {"+12", MEANS_NUMBER},
        {"-1", MEANS_NUMBER},
        {"12:30:45", MEANS_NUMBER},
        {"4.10", MEANS_NUMBER},
        {".5", MEANS_NUMBER},
        {"1e3", MEANS_NUMBER},
        {"6.8523015e+5", MEANS_NUMBER},
        {".inf", MEANS_NUMBER},
        {"-.INF", MEANS_NUMBER},
        {".NaN", MEANS_NUMBER},
        {"4.3.1", MEANS_TEXT},
        {"v2", MEANS_TEXT},
        {"3s", MEANS_TEXT},
        {"3%", MEANS_TEXT},
        {".", MEANS_TEXT},
        {"-", MEANS_TEXT},
        {"1e", MEANS_TEXT},
        {"2001-12-14", MEANS_DATE},
        {"2001-12-14t21:59:43.10-05:00", MEANS_DATE},
        {"2001-12-14 21:59", MEANS_DATE},
        {"2001-12", MEANS_TEXT},
        {"2001-12-14x", MEANS_TEXT},
        {"127.0.0.1:9092", MEANS_TEXT},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (yaml_meaning(rows[i].text) != rows[i].meaning)
            fail_msg("'%s' means %d, not %d", rows[i].text, yaml_meaning(rows[i].text), rows[i].meaning);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_durations),         cmocka_unit_test(test_sizes_and_shares),
        cmocka_unit_test(test_numbers),           cmocka_unit_test(test_writing),
        cmocka_unit_test(test_numbers_read_back), cmocka_unit_test(test_shares_read_back),
        cmocka_unit_test(test_yaml_meaning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

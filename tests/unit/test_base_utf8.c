/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"

#include "base/banned.h"

/* The first and the last of each length, and beside them what is none (The Unicode Standard, table 3-7). */
static const struct {
    const char *bytes;
    size_t length;
} characters[] = {
    {"\x01", 1},
    {"\x7f", 1},
    {"\xc2\x80", 2},
    {"\xdf\xbf", 2},
    {"\xe0\xa0\x80", 3},
    {"\xed\x9f\xbf", 3},
    {"\xee\x80\x80", 3},
    {"\xef\xbf\xbf", 3},
    {"\xf0\x90\x80\x80", 4},
    {"\xf4\x8f\xbf\xbf", 4},
    {"\x80", 0},     /* a continuation alone */
    {"\xc1\xbf", 0}, /* overlong, of two to four */
    {"\xe0\x9f\xbf", 0},
    {"\xf0\x8f\xbf\xbf", 0},
    {"\xed\xa0\x80", 0},     /* a surrogate */
    {"\xf4\x90\x80\x80", 0}, /* beyond U+10FFFF */
    {"\xf5\x80\x80\x80", 0},
    {"\xe2\x82", 0}, /* cut off */
    {"\xc3"
     "a",
     0},
};

static void test_lengths(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof characters / sizeof *characters; i++) {
        const char *bytes = characters[i].bytes;
        assert_int_equal(utf8_length(bytes, bytes + strlen(bytes)), characters[i].length);
    }
}

static void test_nothing_is_read_behind_the_end(void **state)
{
    (void)state;
    const char *euro = "\xe2\x82\xac";
    assert_int_equal(utf8_length(euro, euro + 3), 3);
    assert_int_equal(utf8_length(euro, euro + 2), 0);
    assert_int_equal(utf8_length(euro, euro + 1), 0);
}

static void test_counts(void **state)
{
    (void)state;
    assert_int_equal(utf8_count("", 0), 0);
    assert_int_equal(utf8_count("5 \xc2\xb5s \xe2\x80\x93", 9), 6);
    assert_int_equal(utf8_count("5 \xc2\xb5s", 3), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lengths),
        cmocka_unit_test(test_nothing_is_read_behind_the_end),
        cmocka_unit_test(test_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "report/format.h"

static void assert_text(struct text *text, const char *expected)
{
    assert_string_equal(text->bytes, expected);
    text_clear(text);
}

static void test_markdown_has_no_markup(void **state)
{
    (void)state;
    struct text text = TEXT_INIT;
    format_markdown(&text, "a|b `c` <img src=x> *d* _e_ [f](g) \\ & ~ # ! $x$");
    assert_text(&text, "a\\|b \\`c\\` &lt;img src=x&gt; \\*d\\* \\_e\\_ \\[f\\](g) \\\\ &amp; \\~ \\# \\! &#36;x&#36;");
    format_markdown(&text, "one\ntwo\r\tthree\x1b[31m\x7f");
    assert_text(&text, "one two  three \\[31m ");
    format_markdown(&text, NULL);
    assert_text(&text, "");
    text_release(&text);
}

static void test_clean_is_utf8(void **state)
{
    (void)state;
    struct text text = TEXT_INIT;
    format_clean(&text, "gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x98\x80");
    assert_text(&text, "gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x98\x80");
    format_clean(&text, "\xff"
                        "a\xc3"); /* a byte that never occurs, and a character cut off */
    assert_text(&text, "\xef\xbf\xbd"
                       "a\xef\xbf\xbd");
    format_clean(&text, "\xc0\xaf|\xed\xa0\x80|\xf4\x90\x80\x80"); /* overlong, surrogate, beyond Unicode */
    assert_text(&text, "\xef\xbf\xbd\xef\xbf\xbd|\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd|"
                       "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    format_clean(&text, "a\xe2\x80\xae"
                        "b\xc2\x85"
                        "c\xe2\x80\xa6"); /* right-to-left override, NEL; an ellipsis stays */
    assert_text(&text, "a b c\xe2\x80\xa6");
    text_release(&text);
}

static void test_html_has_no_markup(void **state)
{
    (void)state;
    struct text text = TEXT_INIT;
    format_html(&text, "<script>a & b</script> \"c\" 'd' \xff\x1b[31m\n\t&amp;");
    assert_text(&text, "&lt;script&gt;a &amp; b&lt;/script&gt; &quot;c&quot; &#39;d&#39; \xef\xbf\xbd [31m  &amp;amp;");
    format_html(&text, NULL);
    assert_text(&text, "");
    text_release(&text);
}

static void test_csv(void **state)
{
    (void)state;
    struct text text = TEXT_INIT;
    format_csv(&text, "plain");
    assert_text(&text, "plain");
    format_csv(&text, "say \"no\", twice\nand on");
    assert_text(&text, "\"say \"\"no\"\", twice and on\"");
    format_csv(&text, NULL);
    assert_text(&text, "");
    text_release(&text);
}

static void test_gnuplot(void **state)
{
    (void)state;
    struct text text = TEXT_INIT;
    format_gnuplot(&text, "a \"b\" \\n c", 0);
    assert_text(&text, "\"a 'b' /n c\"");
    format_gnuplot(&text, "abcdef", 6);
    assert_text(&text, "\"abcdef\"");
    format_gnuplot(&text, "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4", 6); /* characters, not bytes */
    assert_text(&text, "\"\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xe2\x80\xa6\"");
    text_release(&text);
}

static void test_file_name(void **state)
{
    (void)state;
    char *name = format_file_name("../size[record.size=10] \xc3\xa4");
    assert_string_equal(name, ".._size_record.size_10____");
    free(name);
}

static void test_numbers_for_people(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *expected;
    } cases[] = {{747417.671943, "747,418"}, {0, "0.000"},       {0.35249, "0.352"},   {9.876, "9.88"},
                 {71.28, "71.28"},           {429.34, "429.3"},  {9845.42, "9,845.4"}, {10000000, "10,000,000"},
                 {-1234567, "-1,234,567"},   {999.96, "1,000.0"}};
    struct text text = TEXT_INIT;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        format_number(&text, cases[i].value);
        assert_text(&text, cases[i].expected);
    }
    format_number(&text, NAN);
    assert_text(&text, "\xe2\x80\x93");
    format_count(&text, 50000000);
    assert_text(&text, "50,000,000");
    format_count(&text, -100);
    assert_text(&text, "-100");
    format_count(&text, 0);
    assert_text(&text, "0");
    format_count(&text, STORE_ABSENT);
    assert_text(&text, "\xe2\x80\x93");
    format_ratio(&text, 0.9876);
    assert_text(&text, "0.988");
    format_ratio(&text, 0.012345);
    assert_text(&text, "0.0123");
    format_ratio(&text, 152.4);
    assert_text(&text, "152");
    format_ratio(&text, 1873.6);
    assert_text(&text, "1,874");
    format_percentile(&text, 99.9);
    assert_text(&text, "99.9th");
    text_release(&text);
}

static void test_numbers_for_machines_read_back(void **state)
{
    (void)state;
    static const double values[] = {0.1, 1.0 / 3, 747417.671943, 5e-324, 1.7976931348623157e308, 0, -2.5};
    struct text text = TEXT_INIT;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        format_real(&text, values[i]);
        assert_true(strtod(text.bytes, NULL) == values[i]);
        text_clear(&text);
    }
    format_real(&text, 0.1);
    assert_text(&text, "0.1");
    format_real(&text, NAN);
    format_integer(&text, STORE_ABSENT);
    assert_text(&text, "");
    text_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_markdown_has_no_markup),
        cmocka_unit_test(test_clean_is_utf8),
        cmocka_unit_test(test_html_has_no_markup),
        cmocka_unit_test(test_csv),
        cmocka_unit_test(test_gnuplot),
        cmocka_unit_test(test_file_name),
        cmocka_unit_test(test_numbers_for_people),
        cmocka_unit_test(test_numbers_for_machines_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

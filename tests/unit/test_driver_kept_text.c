/* SPDX-License-Identifier: Apache-2.0 */
/* Bounded standard error: first and last words, the gap told, and nothing in it that a terminal or a database chokes on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "driver/kept_text.h"

#include "base/banned.h"

static void test_short_text_is_whole(void **state)
{
    (void)state;
    struct kept_text kept = {0};
    struct text text = TEXT_INIT;
    kept_text_append_to(&kept, &text);
    assert_string_equal(text.bytes, "");
    kept_text_add(&kept, "one\n", 4);
    kept_text_add(&kept, "two\n", 4);
    kept_text_append_to(&kept, &text);
    assert_string_equal(text.bytes, "one\ntwo\n");
    text_clear(&text);
    kept_text_append_end(&kept, 5, &text);
    assert_string_equal(text.bytes, "two");
    text_release(&text);
    kept_text_release(&kept);
}

/* `total` bytes in pieces of `step`, byte i being a letter that its place tells. */
static void assert_kept(size_t total, size_t step, const char *gap)
{
    struct kept_text kept = {0};
    struct text text = TEXT_INIT, all = TEXT_INIT, expected = TEXT_INIT;
    for (size_t i = 0; i < total; i++)
        text_append_char(&all, (char)('a' + (i * i + i / 26) % 26));
    for (size_t at = 0; at < total; at += step)
        kept_text_add(&kept, all.bytes + at, total - at < step ? total - at : step);
    kept_text_append_to(&kept, &text);
    size_t half = KEPT_TEXT_HALF_BYTES;
    size_t tail = total > 2 * half ? half : total - (total < half ? total : half);
    text_append_bytes(&expected, all.bytes, total < half ? total : half);
    text_append(&expected, gap);
    text_append_bytes(&expected, all.bytes + total - tail, tail);
    assert_string_equal(text.bytes, expected.bytes);
    text_release(&text);
    text_release(&all);
    text_release(&expected);
    kept_text_release(&kept);
}

static void test_long_text_has_a_gap(void **state)
{
    (void)state;
    assert_kept(KEPT_TEXT_HALF_BYTES, 1000, "");
    assert_kept(KEPT_TEXT_HALF_BYTES + 1, 1000, "");
    assert_kept(2 * KEPT_TEXT_HALF_BYTES, 65536, "");
    assert_kept(2 * KEPT_TEXT_HALF_BYTES + 1, 777, "\n… 1 bytes left out …\n");
    assert_kept(10 * KEPT_TEXT_HALF_BYTES, 65536, "\n… 262144 bytes left out …\n");
}

static void test_clean_text(void **state)
{
    (void)state;
    static const char dirty[] = "caf\xc3\xa9 \x1b[31m\ttab\r\ncut \xc3\nnul \0 end";
    struct text text = TEXT_INIT;
    text_append_clean(&text, dirty, sizeof dirty - 1);
    assert_string_equal(text.bytes, "caf\xc3\xa9 ?[31m\ttab?\ncut ?\nnul ? end");
    text_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_short_text_is_whole),
        cmocka_unit_test(test_long_text_has_a_gap),
        cmocka_unit_test(test_clean_text),
    };
    return cmocka_run_group_tests_name("driver_kept_text", tests, NULL, NULL);
}

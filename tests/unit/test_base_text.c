/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"

#include "base/banned.h"

static void test_grows(void **state)
{
    (void)state;
    struct text text = TEXT_INIT;
    assert_string_equal(text.bytes, "");
    for (int i = 0; i < 1000; i++) {
        text_append(&text, "ab");
        text_append_char(&text, 'c');
    }
    assert_int_equal(text.length, 3000);
    assert_int_equal(strlen(text.bytes), 3000);
    assert_string_equal(text.bytes + 2997, "abc");
    text_clear(&text);
    assert_string_equal(text.bytes, "");
    text_append_format(&text, "%d-%s", 42, "x");
    assert_string_equal(text.bytes, "42-x");
    char *bytes = text_detach(&text);
    assert_string_equal(bytes, "42-x");
    assert_string_equal(text.bytes, "");
    free(bytes);
    text_release(&text);
    text_release(&text);
}

static void test_empty_ones(void **state)
{
    (void)state;
    struct text text = TEXT_INIT;
    text_append(&text, "");
    text_append_bytes(&text, NULL, 0);
    text_clear(&text);
    assert_string_equal(text.bytes, "");
    char *bytes = text_detach(&text);
    assert_string_equal(bytes, "");
    free(bytes);
    assert_string_equal(text_empty, "");
}

static void test_any_bytes(void **state)
{
    (void)state;
    struct text text = TEXT_INIT;
    text_append_bytes(&text, "a\0b", 3);
    assert_int_equal(text.length, 3);
    assert_memory_equal(text.bytes, "a\0b\0", 4);
    text_release(&text);
}

static void test_strings(void **state)
{
    (void)state;
    assert_true(string_equal("a", "a"));
    assert_false(string_equal("a", "b"));
    assert_true(string_equal(NULL, NULL));
    assert_false(string_equal(NULL, ""));
    assert_false(string_equal("", NULL));
    assert_true(string_starts_with("abc", "ab"));
    assert_true(string_starts_with("abc", ""));
    assert_false(string_starts_with("ab", "abc"));
    assert_true(string_ends_with("abc", "bc"));
    assert_false(string_ends_with("bc", "abc"));
    assert_null(string_copy(NULL));
}

static void test_lists(void **state)
{
    (void)state;
    struct string_list list = {0};
    assert_false(string_list_contains(&list, "a"));
    char word[] = "a";
    string_list_push(&list, word);
    word[0] = 'x'; /* the list has a copy */
    string_list_push_format(&list, "%s%d", "b", 2);
    assert_int_equal(list.count, 2);
    assert_string_equal(list.items[0], "a");
    assert_string_equal(list.items[1], "b2");
    assert_null(list.items[2]);
    assert_true(string_list_contains(&list, "b2"));
    assert_false(string_list_contains(&list, "b"));
    string_list_release(&list);
    assert_int_equal(list.count, 0);
    assert_null(list.items);
}

static void test_nearest(void **state)
{
    (void)state;
    static const char *const candidates[] = {"acks", "batch.size", "linger.ms", "kafka-python", "c"};
    static const struct {
        const char *word, *nearest;
    } cases[] = {
        {"ack", "acks"},
        {"akcs", "acks"},
        {"batch_size", "batch.size"},
        {"batchsizes", "batch.size"},
        {"linger", "linger.ms"}, /* three away, half of the word */
        {"kafkapython", "kafka-python"},
        {"compression", NULL},
        {"x", NULL}, /* one away is all of it */
        {"c", "c"},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *nearest = string_nearest(cases[i].word, candidates, sizeof candidates / sizeof *candidates);
        assert_true(string_equal(nearest, cases[i].nearest));
    }
    assert_null(string_nearest("acks", candidates, 0));
    char *huge = memory_zeroed(1000, 1);
    memset(huge, 'a', 999);
    assert_null(string_nearest(huge, candidates, 5));
    const char *const long_ones[] = {huge};
    assert_null(string_nearest("aaaaaa", long_ones, 1));
    free(huge);
}

static void assert_suggestion(const char *word, size_t count, const char *expected)
{
    static const char *const names[] = {"acks", "linger", "retries", "d", "e", "f", "g", "h", "i", "j", "k", "l"};
    char *suggestion = string_suggestion(word, names, count);
    assert_string_equal(suggestion, expected);
    free(suggestion);
}

static void test_suggestion(void **state)
{
    (void)state;
    assert_suggestion("aks", 3, ", did you mean 'acks'?");
    assert_suggestion("kafka", 0, "; there are none");
    assert_suggestion("kafka", 1, "; there is only acks");
    assert_suggestion("kafka", 2, "; there are acks and linger");
    assert_suggestion("kafka", 3, "; there are acks, linger and retries");
    assert_suggestion("kafka", 10, "; there are acks, linger, retries, d, e, f, g, h, i and j");
    assert_suggestion("kafka", 11, "; there are acks, linger, retries, d, e, f, g, h, i, j and others");
    static const char *const names[] = {"acks", "linger"};
    char *near = string_suggestion_or("aks", names, 2, "; see --help");
    char *far = string_suggestion_or("kafka", names, 2, "; see --help");
    assert_string_equal(near, ", did you mean 'acks'?");
    assert_string_equal(far, "; see --help");
    free(near);
    free(far);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_grows),      cmocka_unit_test(test_empty_ones), cmocka_unit_test(test_any_bytes),
        cmocka_unit_test(test_strings),    cmocka_unit_test(test_lists),      cmocka_unit_test(test_nearest),
        cmocka_unit_test(test_suggestion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

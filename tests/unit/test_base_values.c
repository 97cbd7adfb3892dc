/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/random.h"
#include "base/redact.h"

#include "base/banned.h"

static void check_scalar(const char *array, const char *expected)
{
    json_t *value = json_parse(array, strlen(array), NULL);
    assert_non_null(value);
    char *text = json_scalar_text(json_array_get(value, 0));
    if (expected)
        assert_string_equal(text, expected);
    else
        assert_null(text);
    free(text);
    json_decref(value);
}

static void test_json_scalars(void **state)
{
    (void)state;
    check_scalar("[\"zstd\"]", "zstd");
    check_scalar("[true]", "true");
    check_scalar("[false]", "false");
    check_scalar("[67108864]", "67108864");
    check_scalar("[-9223372036854775808]", "-9223372036854775808");
    check_scalar("[1.5]", "1.5");
    check_scalar("[0.1]", "0.1");
    check_scalar("[5.0]", "5.0");
    check_scalar("[0.3333333333333333]", "0.3333333333333333");
    check_scalar("[1e300]", "1e+300");
    check_scalar("[null]", NULL);
    check_scalar("[[1,2]]", "[1,2]");
    check_scalar("[]", NULL);
}

static void check_not_json(const char *bytes, size_t length)
{
    struct error error = ERROR_INIT;
    assert_null(json_parse(bytes, length, &error));
    assert_int_equal(error.category, ERROR_INPUT);
    assert_true(string_starts_with(error.message, "not JSON: "));
}

static void test_json_parse(void **state)
{
    (void)state;
    check_not_json("", 0);
    check_not_json("{\"a\":1,\"a\":2}", 13);
    check_not_json("{\"a\":1} x", 9);
    check_not_json("{\"a\":1", 6);
    check_not_json("{\"a\":1}\0", 8);
    check_not_json("[\"\xff\"]", 5);
    struct text deep = TEXT_INIT;
    for (int i = 0; i < 100000; i++)
        text_append_char(&deep, '[');
    check_not_json(deep.bytes, deep.length);
    text_release(&deep);
}

static void test_json_look_up(void **state)
{
    (void)state;
    static const char line[] = "{\"s\":\"x\",\"i\":7,\"r\":2.5,\"b\":true,\"n\":null}";
    json_t *object = json_parse(line, sizeof line - 1, NULL);
    assert_string_equal(json_get_string(object, "s", "?"), "x");
    assert_string_equal(json_get_string(object, "i", "?"), "?");
    assert_null(json_get_string(object, "none", NULL));
    assert_int_equal(json_get_integer(object, "i", -1), 7);
    assert_int_equal(json_get_integer(object, "r", -1), -1);
    assert_int_equal(json_get_integer(object, "b", -1), -1);
    assert_true(json_get_real(object, "r", -1) == 2.5);
    assert_true(json_get_real(object, "i", -1) == 7);
    assert_true(json_get_real(object, "n", -1) == -1);
    char *again = json_line(object);
    assert_string_equal(again, "{\"b\":true,\"i\":7,\"n\":null,\"r\":2.5,\"s\":\"x\"}");
    free(again);
    json_decref(object);
}

static void check_redacted(const struct redactor *redactor, const char *string, const char *expected)
{
    char *clean = redactor_apply(redactor, string);
    assert_string_equal(clean, expected);
    free(clean);
}

static void test_redactor(void **state)
{
    (void)state;
    struct redactor redactor = {0};
    check_redacted(&redactor, "nothing to hide", "nothing to hide");
    redactor_add(&redactor, "");
    redactor_add(&redactor, NULL);
    redactor_add(&redactor, "abc");
    redactor_add(&redactor, "abcdef");
    redactor_add(&redactor, "cde");
    redactor_add(&redactor, "abc");
    assert_int_equal(redactor.secrets.count, 3);
    assert_string_equal(redactor.secrets.items[0], "abcdef");
    /* The longest first: no end of it may stay. */
    check_redacted(&redactor, "p=abcdef;", "p=" REDACTED ";");
    check_redacted(&redactor, "abcabcdefabc", REDACTED REDACTED REDACTED);
    check_redacted(&redactor, "abcd", REDACTED "d");
    check_redacted(&redactor, "ab", "ab");
    check_redacted(&redactor, "", "");
    assert_null(redactor_apply(&redactor, NULL));
    redactor_release(&redactor);
    assert_int_equal(redactor.secrets.count, 0);
}

static void test_secret_properties(void **state)
{
    (void)state;
    static const char *const secret[] = {"sasl.jaas.config",
                                         "ssl.key.password",
                                         "ssl.keystore.password",
                                         "ssl.truststore.password",
                                         "ssl.keystore.key",
                                         "sasl.password",
                                         "sasl_plain_password",
                                         "sasl.oauthbearer.client.secret",
                                         "ssl.key.pem",
                                         "listener.name.x.scram-sha-256.sasl.jaas.config",
                                         "sasl.oauthbearer.assertion.private.key.passphrase"};
    static const char *const open[] =
        {"acks", "sasl.mechanism", "sasl.username", "ssl.keystore.location", "ssl.ca.pem", "ssl.key.location", ""};
    for (size_t i = 0; i < sizeof secret / sizeof *secret; i++)
        assert_true(redact_is_secret_property(secret[i]));
    for (size_t i = 0; i < sizeof open / sizeof *open; i++)
        assert_false(redact_is_secret_property(open[i]));
}

static void test_streams_are_reproducible(void **state)
{
    (void)state;
    gsl_rng *a = random_stream(2016, "order"), *b = random_stream(2016, "order"), *c = random_stream(2016, "payload"),
            *d = random_stream(2017, "order");
    unsigned long first = gsl_rng_get(a);
    assert_int_equal(first, gsl_rng_get(b));
    assert_int_not_equal(first, gsl_rng_get(c));
    assert_int_not_equal(first, gsl_rng_get(d));
    /* The same on every machine and in every version: what ran can be told from the seed. */
    assert_int_equal(first, 0x43200a52);
    gsl_rng_free(a);
    gsl_rng_free(b);
    gsl_rng_free(c);
    gsl_rng_free(d);
}

static void test_shuffle(void **state)
{
    (void)state;
    int items[10], again[10];
    bool moved = false, seen[10] = {false};
    for (int i = 0; i < 10; i++)
        items[i] = again[i] = i;
    gsl_rng *a = random_stream(1, "order"), *b = random_stream(1, "order");
    random_shuffle(a, items, 10);
    random_shuffle(b, again, 10);
    assert_memory_equal(items, again, sizeof items);
    for (int i = 0; i < 10; i++) {
        moved = moved || items[i] != i;
        assert_false(seen[items[i]]);
        seen[items[i]] = true;
    }
    assert_true(moved);
    random_shuffle(a, items, 0);
    random_shuffle(a, items, 1);
    gsl_rng_free(a);
    gsl_rng_free(b);
}

static void test_clock(void **state)
{
    (void)state;
    char now[CLOCK_ISO8601_SIZE];
    int year, month, day, hour, minute, second, ms, end = 0;
    assert_ptr_equal(clock_iso8601(now), now);
    assert_int_equal(strlen(now), CLOCK_ISO8601_SIZE - 1);
    assert_int_equal(sscanf(now, "%4d-%2d-%2dT%2d:%2d:%2d.%3dZ%n", &year, &month, &day, &hour, &minute, &second, &ms,
                            &end),
                     7);
    assert_int_equal(end, CLOCK_ISO8601_SIZE - 1);
    assert_true(year >= 2024 && month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour < 24 && minute < 60 &&
                second <= 60);
    int64_t before = clock_monotonic_ns();
    clock_sleep_ms(2);
    assert_true(clock_monotonic_ns() - before >= 2 * NS_PER_MS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json_scalars),      cmocka_unit_test(test_json_parse),
        cmocka_unit_test(test_json_look_up),      cmocka_unit_test(test_redactor),
        cmocka_unit_test(test_secret_properties), cmocka_unit_test(test_streams_are_reproducible),
        cmocka_unit_test(test_shuffle),           cmocka_unit_test(test_clock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

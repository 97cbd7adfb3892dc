/* SPDX-License-Identifier: Apache-2.0 */
/* What is a secret and what only looks like one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bundle/secrets.h"

static const char *const environment[] = {"PATH=/usr/bin:/bin", "KAFKA_PASSWORD=correct horse", "MY_API_TOKEN=short",
                                          "MYSQL_SECRET=battery staple", NULL};

/* The only finding in `text`; "" for none. */
static const char *found(const char *text)
{
    static char finding[512];
    struct secret_search search;
    secret_search_begin(&search, environment);
    secret_search_text(&search, "f", true, text, strlen(text));
    if (search.findings.count > 1)
        fail_msg("more than one finding: %s, %s", search.findings.items[0], search.findings.items[1]);
    snprintf(finding, sizeof finding, "%s", search.findings.count ? search.findings.items[0] : "");
    secret_search_release(&search);
    return finding;
}

static void test_tokens(void **state)
{
    (void)state;
    /* In parts, or this file would be one of those with a secret. */
    assert_string_equal(found("a\nb\n-----BEGIN "
                              "RSA PRIVATE KEY-----\nMII"),
                        "f:3: a private key");
    assert_string_equal(found("key AKIA"
                              "IOSFODNN7EXAMPLE."),
                        "f:1: an AWS access key");
    assert_string_equal(found("ghp_"
                              "abcdefghijklmnopqrstuvwxyz0123456789"),
                        "f:1: a GitHub token");
    assert_string_equal(found("https://user:hunter2"
                              "@example.org/"),
                        "f:1: a password in a URL");
    assert_string_equal(found("-----BEGIN CERTIFICATE-----"), "");
    assert_string_equal(found("> Authorization: Bearer "
                              "0123456789abcdef"),
                        "f:1: an HTTP authorization");
    assert_string_equal(found("authorization: Basic is a header"), "");
    assert_string_equal(found("AKIA is a prefix, ghp_ too, https://example.org/a:b@c"), "");
}

static void test_properties(void **state)
{
    (void)state;
    assert_string_equal(found("x\nsasl.password=hunter2\n"), "f:2: a value of 'sasl.password'");
    assert_string_equal(found("  ssl.key.password: \"hunter2\"\n"), "f:1: a value of 'ssl.key.password'");
    assert_string_equal(found("{\"sasl.password\": \"hunter2\"}"), "f:1: a value of 'sasl.password'");
    assert_string_equal(found("sasl.jaas.config=org.apache.PlainLoginModule required username=\"a\" password=\"b\";"),
                        "f:1: a value of 'password'");
    assert_string_equal(found("--set sasl_plain_password=hunter2"), "f:1: a value of 'sasl_plain_password'");
}

static void test_what_is_told_without_being_given_away(void **state)
{
    (void)state;
    static const char *const harmless[] = {
        "sasl.password=<redacted>",
        "sasl.password: \"${env:KAFKA_PASSWORD}\"",
        "{\"sasl.password\": \"<redacted>\"}",
        "sasl.jaas.config: org.apache.PlainLoginModule required username=\"a\" password=\"${env:P}\";",
        "ssl.key.password=",
        "{\"ssl.key.password\":null}",
        "values of properties that Kafka types as passwords",
        "acks=all linger.ms: 5",
    };
    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
        assert_string_equal(found(harmless[i]), "");
}

static void test_values_of_the_environment(void **state)
{
    (void)state;
    assert_string_equal(found("stderr: login with correct horse failed"),
                        "f:1: the value of the environment variable KAFKA_PASSWORD");
    assert_string_equal(found("battery staple"), "f:1: the value of the environment variable MYSQL_SECRET");
    assert_string_equal(found("a short path /usr/bin:/bin"), "");
}

static void test_names_apart_from_their_values(void **state)
{
    (void)state;
    struct secret_search search;
    secret_search_begin(&search, NULL);
    secret_search_property(&search, "t", "sasl.password", "<redacted>");
    secret_search_property(&search, "t", "acks", "all");
    secret_search_property(&search, "t", "sasl.password", NULL);
    secret_search_property(&search, "t", NULL, "hunter2");
    assert_int_equal(search.findings.count, 0);
    secret_search_property(&search, "t", "sasl.password", "hunter2");
    assert_int_equal(search.findings.count, 1);
    assert_string_equal(search.findings.items[0], "t: a value of 'sasl.password'");
    secret_search_release(&search);
}

static void test_a_text_that_lists_names(void **state)
{
    (void)state;
    static const char text[] = "sasl.password: sasl_plain_password\n";
    struct secret_search search;
    secret_search_begin(&search, NULL);
    search.properties = false;
    secret_search_text(&search, "f", true, text, strlen(text));
    assert_int_equal(search.findings.count, 0);
    secret_search_release(&search);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tokens),
        cmocka_unit_test(test_properties),
        cmocka_unit_test(test_what_is_told_without_being_given_away),
        cmocka_unit_test(test_values_of_the_environment),
        cmocka_unit_test(test_names_apart_from_their_values),
        cmocka_unit_test(test_a_text_that_lists_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Client properties of an external cluster: the environment's values, what is a secret, and librdkafka's names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cluster/client_properties.h"
#include "cluster/cluster.h"

#include "base/banned.h"

#define PLAIN "org.apache.kafka.common.security.plain.PlainLoginModule"
#define SCRAM "org.apache.kafka.common.security.scram.ScramLoginModule"

static void check_contains(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("'%s' is not in '%s'", part, text);
}

static void check_expanded(const char *value, const char *expected)
{
    struct error error = ERROR_INIT;
    char *expanded = client_properties_expand(value, NULL, &error);
    assert_string_equal(error.message, "");
    assert_string_equal(expanded, expected);
    free(expanded);
}

static void test_environment_is_replaced(void **state)
{
    (void)state;
    setenv("KBENCH_T_HOST", "b1:9093", 1);
    setenv("KBENCH_T_EMPTY", "", 1);
    check_expanded("plain", "plain");
    check_expanded("", "");
    check_expanded("${env:KBENCH_T_HOST}", "b1:9093");
    check_expanded("x${env:KBENCH_T_HOST},${env:KBENCH_T_HOST}y${env:KBENCH_T_EMPTY}", "xb1:9093,b1:9093y");
    check_expanded("${other:A} $HOME", "${other:A} $HOME");
}

static void test_what_is_not_set_is_an_error(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    unsetenv("KBENCH_T_MISSING");
    assert_null(client_properties_expand("a${env:KBENCH_T_MISSING}", NULL, &error));
    assert_int_equal(error.category, ERROR_INPUT);
    check_contains(error.message, "'KBENCH_T_MISSING' is not set");
    assert_null(client_properties_expand("${env:KBENCH_T_HOST", NULL, &error));
    check_contains(error.message, "no closing");
}

static void test_values_of_the_environment_and_passwords_are_secrets(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct redactor redactor = {{0}};
    struct property_list given = {0}, resolved = {0};
    setenv("KBENCH_T_PASSWORD", "tiger1", 1);
    property_list_set(&given, "sasl.username", "scott");
    property_list_set(&given, "sasl.password", "${env:KBENCH_T_PASSWORD}");
    property_list_set(&given, "ssl.key.password", "literal2");
    assert_true(client_properties_resolve(&given, &redactor, &resolved, &error));
    assert_string_equal(property_list_get(&resolved, "sasl.password"), "tiger1");
    char *shown = redactor_apply(&redactor, "scott tiger1 literal2");
    assert_string_equal(shown, "scott " REDACTED " " REDACTED);
    free(shown);
    redactor_release(&redactor);
    property_list_release(&given);
    property_list_release(&resolved);
}

static void check_login(const char *config, const char *username, const char *password)
{
    struct error error = ERROR_INIT;
    struct redactor redactor = {{0}};
    struct property_list given = {0}, resolved = {0};
    property_list_set(&given, "sasl.jaas.config", config);
    bool ok = client_properties_resolve(&given, &redactor, &resolved, &error);
    assert_string_equal(error.message, "");
    assert_true(ok);
    assert_int_equal(resolved.count, 2);
    assert_string_equal(property_list_get(&resolved, "sasl.username"), username);
    assert_string_equal(property_list_get(&resolved, "sasl.password"), password);
    assert_true(string_list_contains(&redactor.secrets, password));
    redactor_release(&redactor);
    property_list_release(&given);
    property_list_release(&resolved);
}

/* In all forms the password alone is a secret, and what the environment holds is the password itself, quotes and all. */
static void test_a_login_has_one_form(void **state)
{
    (void)state;
    setenv("KBENCH_T_USER", "scott", 1);
    setenv("KBENCH_T_PASSWORD", "ti\"g\\er;${env:X} 1", 1);
    setenv("KBENCH_T_CONFIG", PLAIN " required username=\"u\" password=\"a\\\"b\";", 1);
    check_login(SCRAM " required username=\"${env:KBENCH_T_USER}\" password=\"${env:KBENCH_T_PASSWORD}\";", "scott",
                "ti\"g\\er;${env:X} 1");
    check_login(PLAIN " required username=u password=pre${env:KBENCH_T_USER};", "u", "prescott");
    check_login("${env:KBENCH_T_CONFIG}", "u", "a\"b");
}

static void test_a_login_that_cannot_be_read(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct property_list given = {0}, resolved = {0};
    setenv("KBENCH_T_PASSWORD", "tiger1", 1);
    property_list_set(&given, "sasl.jaas.config", "Krb5LoginModule required password=${env:KBENCH_T_PASSWORD};");
    assert_false(client_properties_resolve(&given, NULL, &resolved, &error));
    check_contains(error.message, "'sasl.jaas.config': only PlainLoginModule and ScramLoginModule");
    property_list_set(&given, "sasl.jaas.config", PLAIN " required username=u password=${env:KBENCH_T_MISSING};");
    assert_false(client_properties_resolve(&given, NULL, &resolved, &error));
    check_contains(error.message, "'sasl.jaas.config': the environment variable 'KBENCH_T_MISSING' is not set");
    assert_int_equal(resolved.count, 0);
    property_list_release(&given);
    property_list_release(&resolved);
}

/* Pairs of Kafka's name and value, ended by NULL. */
static void fill(struct property_list *list, const char *const *pairs)
{
    for (size_t i = 0; pairs[i]; i += 2)
        property_list_set(list, pairs[i], pairs[i + 1]);
}

static void check_translation(const char *const *canonical, const char *const *expected)
{
    struct error error = ERROR_INIT;
    struct property_list given = {0}, native = {0};
    fill(&given, canonical);
    bool ok = client_properties_translate(&given, &native, &error);
    assert_string_equal(error.message, "");
    assert_true(ok);
    size_t count = 0;
    for (; expected[2 * count]; count++)
        assert_string_equal(property_list_get(&native, expected[2 * count]), expected[2 * count + 1]);
    assert_int_equal(native.count, count);
    property_list_release(&given);
    property_list_release(&native);
}

static void test_names_become_librdkafkas(void **state)
{
    (void)state;
    check_translation((const char *[]){"security.protocol", "SASL_SSL", "sasl.mechanism", "SCRAM-SHA-512",
                                       "sasl.username", "u", "sasl.password", "p", NULL},
                      (const char *[]){"security.protocol", "SASL_SSL", "sasl.mechanisms", "SCRAM-SHA-512",
                                       "sasl.username", "u", "sasl.password", "p", NULL});
}

static void test_stores_become_files(void **state)
{
    (void)state;
    check_translation((const char *[]){"ssl.truststore.type", "PEM", "ssl.truststore.location", "/ca",
                                       "ssl.keystore.type", "PEM", "ssl.keystore.location", "/me",
                                       "ssl.endpoint.identification.algorithm", "", NULL},
                      (const char *[]){"ssl.ca.location", "/ca", "ssl.key.location", "/me", "ssl.certificate.location",
                                       "/me", "ssl.endpoint.identification.algorithm", "none", NULL});
    check_translation((const char *[]){"ssl.keystore.type", "PKCS12", "ssl.keystore.location", "/me.p12",
                                       "ssl.keystore.password", "p", "ssl.truststore.certificates", "-----BEGIN", NULL},
                      (const char *[]){"ssl.keystore.location", "/me.p12", "ssl.keystore.password", "p", "ssl.ca.pem",
                                       "-----BEGIN", NULL});
}

static void check_refused(const char *const *canonical, const char *part)
{
    struct error error = ERROR_INIT;
    struct property_list given = {0}, native = {0};
    fill(&given, canonical);
    assert_false(client_properties_translate(&given, &native, &error));
    assert_int_equal(error.category, ERROR_INPUT);
    check_contains(error.message, part);
    property_list_release(&given);
    property_list_release(&native);
}

static void test_what_has_no_translation_is_named(void **state)
{
    (void)state;
    check_refused((const char *[]){"sasl.mechanisms", "PLAIN", NULL}, "did you mean 'sasl.mechanism'?");
    check_refused((const char *[]){"acks", "1", NULL}, "'acks' is not one");
    check_refused((const char *[]){"ssl.truststore.location", "/a.jks", NULL}, "reads only PEM");
    check_refused((const char *[]){"ssl.keystore.location", "/a.jks", NULL}, "PEM and PKCS12");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_environment_is_replaced),
        cmocka_unit_test(test_what_is_not_set_is_an_error),
        cmocka_unit_test(test_values_of_the_environment_and_passwords_are_secrets),
        cmocka_unit_test(test_a_login_has_one_form),
        cmocka_unit_test(test_a_login_that_cannot_be_read),
        cmocka_unit_test(test_names_become_librdkafkas),
        cmocka_unit_test(test_stores_become_files),
        cmocka_unit_test(test_what_has_no_translation_is_named),
    };
    return cmocka_run_group_tests_name("cluster properties", tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The line that Java's clients take a login by. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"
#include "experiment/jaas.h"

#include "base/banned.h"

#define PLAIN "org.apache.kafka.common.security.plain.PlainLoginModule"
#define SCRAM "org.apache.kafka.common.security.scram.ScramLoginModule"

static void check_jaas(const char *config, const char *username, const char *password)
{
    struct error error = ERROR_INIT;
    char *user, *word;
    bool ok = jaas_parse(config, &user, &word, &error);
    assert_string_equal(error.message, "");
    assert_true(ok);
    assert_string_equal(user, username);
    assert_string_equal(word, password);
    free(user);
    free(word);
}

static void test_jaas_is_read(void **state)
{
    (void)state;
    check_jaas(PLAIN " required username=\"u\" password=\"p\";", "u", "p");
    check_jaas("  " SCRAM "\n required\n  password = \"a;b=\\\\c\\\"d\"  username=bare tokenauth=true;", "bare",
               "a;b=\\c\"d");
    check_jaas(PLAIN " required username='it' password='a\"b';", "it", "a\"b");
    check_jaas(PLAIN " required username=u password=\"\"", "u", "");
}

static void test_jaas_that_is_none_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "x",
        PLAIN,
        PLAIN " required;",
        PLAIN " required username=\"u\";",
        PLAIN " required username=\"u\" password=\"",
        PLAIN " required username",
        PLAIN " \"",
        PLAIN " required username=u password=p secret-without-value;",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct error error = ERROR_INIT;
        char *user, *word;
        assert_false(jaas_parse(wrong[i], &user, &word, &error));
        assert_null(user);
        assert_null(word);
        assert_int_equal(error.category, ERROR_INPUT);
        assert_null(strstr(error.message, "secret"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_jaas_is_read),
        cmocka_unit_test(test_jaas_that_is_none_is_refused),
    };
    return cmocka_run_group_tests_name("jaas", tests, NULL, NULL);
}

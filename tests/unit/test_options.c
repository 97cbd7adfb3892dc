/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"
#include "commands/options.h"

#include "base/banned.h"

#define MAX_WORDS 8

static const struct option options[] = {
    {OPTION_STRING, "db", "FILE", "the database"},
    {OPTION_INTEGER, "trials", "N", "instead of the definition's"},
    {OPTION_FLAG, "amend", NULL, "accept a changed definition"},
    {OPTION_END, NULL, NULL, NULL},
};
enum { OPTION_DB, OPTION_TRIALS, OPTION_AMEND };

static const struct command command =
    {.name = "run", .arguments = "FILE", .summary = "x", .options = options, .min_arguments = 1, .max_arguments = 2};

/* As main does; the words are copies that may be written to, as argv's are. */
static bool parse(const char *const *words, struct string_list *argv, struct parsed_options *parsed,
                  struct error *error)
{
    *argv = (struct string_list){0};
    string_list_push(argv, "run");
    for (int i = 0; i < MAX_WORDS && words[i]; i++)
        string_list_push(argv, words[i]);
    return options_parse(&command, (int)argv->count, argv->items, parsed, error);
}

static void finish(struct string_list *argv, struct parsed_options *parsed)
{
    options_release(parsed);
    string_list_release(argv);
}

static void test_good_calls(void **state)
{
    (void)state;
    static const struct {
        const char *words[MAX_WORDS];
        const char *db; /* NULL: not given */
        long trials;    /* -1: not given */
        bool amend;
        int verbosity;
        const char *arguments[3];
    } cases[] = {
        {{"a.yaml"}, NULL, -1, false, 0, {"a.yaml"}},
        {{"--db", "x.db", "a.yaml"}, "x.db", -1, false, 0, {"a.yaml"}},
        {{"a.yaml", "--db=x.db", "b.yaml"}, "x.db", -1, false, 0, {"a.yaml", "b.yaml"}},
        {{"--db=a=b", "a.yaml"}, "a=b", -1, false, 0, {"a.yaml"}},
        {{"--db", "--amend", "a.yaml"}, "--amend", -1, false, 0, {"a.yaml"}}, /* a value is a value */
        {{"--trials", "5", "--amend", "a.yaml"}, NULL, 5, true, 0, {"a.yaml"}},
        {{"--trials=0", "a.yaml"}, NULL, 0, false, 0, {"a.yaml"}},
        {{"-q", "a.yaml"}, NULL, -1, false, -1, {"a.yaml"}},
        {{"a.yaml", "--verbose"}, NULL, -1, false, 1, {"a.yaml"}},
        {{"--", "--db", "-q"}, NULL, -1, false, 0, {"--db", "-q"}},
        {{"-"}, NULL, -1, false, 0, {"-"}},
        {{""}, NULL, -1, false, 0, {""}},
        {{"a.yaml", "--", "--"}, NULL, -1, false, 0, {"a.yaml", "--"}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct string_list argv;
        struct parsed_options parsed;
        struct error error = ERROR_INIT;
        if (!parse(cases[i].words, &argv, &parsed, &error))
            fail_msg("case %zu: %s", i, error.message);
        const struct invocation *invocation = &parsed.invocation;
        assert_true(string_equal(invocation->values[OPTION_DB].string, cases[i].db));
        assert_int_equal(invocation->values[OPTION_DB].given, cases[i].db != NULL);
        assert_int_equal(invocation->values[OPTION_TRIALS].given, cases[i].trials >= 0);
        if (cases[i].trials >= 0)
            assert_int_equal(invocation->values[OPTION_TRIALS].integer, cases[i].trials);
        assert_int_equal(invocation->values[OPTION_AMEND].given, cases[i].amend);
        assert_int_equal(invocation->verbosity, cases[i].verbosity);
        int count = 0;
        for (; cases[i].arguments[count]; count++)
            assert_string_equal(invocation->arguments[count], cases[i].arguments[count]);
        assert_int_equal(invocation->argument_count, count);
        assert_false(parsed.help);
        finish(&argv, &parsed);
    }
}

static void test_bad_calls(void **state)
{
    (void)state;
    static const struct {
        const char *words[MAX_WORDS];
        const char *message;
    } cases[] = {
        {{NULL}, "'kbench run' needs: FILE"},
        {{"a", "b", "c"}, "'kbench run' does not take 'c'; see --help"},
        {{"a", "--dbb", "x"}, "'kbench run' has no option '--dbb', did you mean '--db'?"},
        {{"a", "--trails=3"}, "'kbench run' has no option '--trails', did you mean '--trials'?"},
        {{"a", "--verbos"}, "'kbench run' has no option '--verbos', did you mean '--verbose'?"},
        {{"a", "--nothing-like-it"}, "'kbench run' has no option '--nothing-like-it'; see --help"},
        {{"a", "-x"}, "'kbench run' has no option '-x'; see --help"},
        {{"a", "-db", "x"}, "'kbench run' has no option '-db', did you mean '--db'?"},
        {{"a", "--help=1"}, "option '--help' takes no value"},
        {{"a", "--="}, "'kbench run' has no option '--'; see --help"},
        {{"a", "--db"}, "option '--db' needs a value: FILE"},
        {{"a", "--db="}, "option '--db' needs a value: FILE"},
        {{"a", "--db", ""}, "option '--db' needs a value: FILE"},
        {{"a", "--db", "x", "--db=y"}, "option '--db' is given twice"},
        {{"a", "--trials"}, "option '--trials' needs a value: N"},
        {{"a", "--trials", "-5"}, "option '--trials' takes a whole number, not '-5'"},
        {{"a", "--trials", "+5"}, "option '--trials' takes a whole number, not '+5'"},
        {{"a", "--trials", " 5"}, "option '--trials' takes a whole number, not ' 5'"},
        {{"a", "--trials", "5x"}, "option '--trials' takes a whole number, not '5x'"},
        {{"a", "--trials", "1.5"}, "option '--trials' takes a whole number, not '1.5'"},
        {{"a", "--trials", "0x10"}, "option '--trials' takes a whole number, not '0x10'"},
        {{"a", "--trials", "99999999999999999999"},
         "option '--trials' takes a whole number, not '99999999999999999999'"},
        {{"a", "--amend=yes"}, "option '--amend' takes no value"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct string_list argv;
        struct parsed_options parsed;
        struct error error = ERROR_INIT;
        assert_false(parse(cases[i].words, &argv, &parsed, &error));
        assert_string_equal(error.message, cases[i].message);
        assert_int_equal(error.category, ERROR_INPUT);
        finish(&argv, &parsed);
    }
}

static void test_help_needs_no_arguments(void **state)
{
    (void)state;
    static const char *const calls[][MAX_WORDS] = {{"--help"}, {"-h"}, {"a", "b", "c", "--help"}};
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        struct string_list argv;
        struct parsed_options parsed;
        assert_true(parse(calls[i], &argv, &parsed, NULL));
        assert_true(parsed.help);
        finish(&argv, &parsed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good_calls),
        cmocka_unit_test(test_bad_calls),
        cmocka_unit_test(test_help_needs_no_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Which settings differ between the clients of a case, whatever each calls and writes them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/difference.h"

#include "base/banned.h"

struct fixture {
    struct report_pair pairs[2];
    struct report_case c;
};

static int set_up(void **state)
{
    struct fixture *f = memory_zeroed(1, sizeof *f);
    for (size_t i = 0; i < 2; i++)
        f->pairs[i].trial_count = 1;
    f->c = (struct report_case){.pairs = f->pairs, .pair_count = 2, .has_trials = true};
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < 2; i++) {
        for (size_t j = 0; j < f->pairs[i].setting_count; j++) {
            struct report_setting *setting = &f->pairs[i].settings[j];
            free(setting->canonical);
            string_list_release(&setting->natives);
            string_list_release(&setting->requested);
            string_list_release(&setting->in_force);
        }
        free(f->pairs[i].settings);
    }
    free(f);
    return 0;
}

/* NULL: not told, not asked for. */
static void tell(struct fixture *f, int pair, const char *canonical, const char *native, const char *requested,
                 const char *in_force)
{
    struct report_pair *p = &f->pairs[pair];
    p->settings = memory_resized(p->settings, p->setting_count + 1, sizeof *p->settings);
    struct report_setting *setting = &p->settings[p->setting_count++];
    *setting = (struct report_setting){.canonical = string_copy(canonical), .applied = true};
    if (native)
        string_list_push(&setting->natives, native);
    if (requested)
        string_list_push(&setting->requested, requested);
    if (in_force)
        string_list_push(&setting->in_force, in_force);
}

static void assert_found(struct fixture *f, const char *deciding, const char *others)
{
    struct differences differences;
    differences_find(&f->c, &differences);
    struct text lists[2] = {TEXT_INIT, TEXT_INIT};
    for (size_t i = 0; i < differences.deciding.count; i++)
        text_append_format(&lists[0], "%s%s", i ? " " : "", differences.deciding.items[i]);
    for (size_t i = 0; i < differences.others.count; i++)
        text_append_format(&lists[1], "%s%s", i ? " " : "", differences.others.items[i]);
    assert_string_equal(lists[0].bytes, deciding);
    assert_string_equal(lists[1].bytes, others);
    text_release(&lists[0]);
    text_release(&lists[1]);
    differences_release(&differences);
}

static void test_the_same_value_written_otherwise(void **state)
{
    (void)state;
    static const char *const same[][2] = {{"5", "5.0"},     {"-1", "all"},         {"All", "all"},
                                          {"True", "true"}, {"inf", "2147483647"}, {"none", "none"}};
    static const char *const other[][2] = {{"5", "5.5"}, {"1", "all"}, {"true", "1"}, {"5 ms", "5"}, {"", "0"}};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        assert_true(difference_same_value(same[i][0], same[i][1]));
        assert_true(difference_same_value(same[i][1], same[i][0]));
    }
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        assert_false(difference_same_value(other[i][0], other[i][1]));
}

static void test_equal_settings_are_not_listed(void **state)
{
    struct fixture *f = *state;
    tell(f, 0, "acks", "acks", "all", "-1");
    tell(f, 1, "acks", "request.required.acks", "all", "all");
    tell(f, 0, "buffer.memory", "buffer.memory", NULL, "67108864");
    tell(f, 1, "buffer.memory", "queue.buffering.max.kbytes", NULL, "65536");
    assert_found(f, "", "");
}

static void test_what_differs_by_what_it_decides(void **state)
{
    struct fixture *f = *state;
    tell(f, 0, "linger.ms", "linger.ms", NULL, "0");
    tell(f, 1, "linger.ms", "queue.buffering.max.ms", NULL, "5");
    tell(f, 0, "retry.backoff.ms", "retry.backoff.ms", NULL, "100");
    tell(f, 1, "retry.backoff.ms", "retry_backoff_ms", NULL, "50");
    tell(f, 0, "batch.size", "batch.size", NULL, "16384");
    tell(f, 1, "batch.size", "batch_size", NULL, "8196");
    tell(f, 0, "client.id", "client.id", NULL, "kbench");
    tell(f, 1, "client.id", "client_id", NULL, "other");
    assert_found(f, "batch.size linger.ms", "retry.backoff.ms");
}

static void test_a_client_that_does_not_tell_is_not_equal(void **state)
{
    struct fixture *f = *state;
    tell(f, 0, "linger.ms", "linger.ms", NULL, "0");
    tell(f, 0, "max.block.ms", "max.block.ms", NULL, "60000"); /* decides nothing without failures */
    assert_found(f, "linger.ms", "");
}

static void test_what_was_asked_for_stands_in_for_what_is_in_force(void **state)
{
    struct fixture *f = *state;
    tell(f, 0, "linger.ms", "linger.ms", "5", "5");
    tell(f, 1, "linger.ms", "linger", "5", NULL);
    assert_found(f, "", "");
    f->pairs[1].settings[0].applied = false; /* asked for, and the client has nothing of the kind */
    assert_found(f, "linger.ms", "");
}

static void test_a_run_without_trials_tells_nothing(void **state)
{
    struct fixture *f = *state;
    tell(f, 0, "linger.ms", "linger.ms", NULL, "0");
    f->pairs[1].trial_count = 0;
    assert_found(f, "", "");
}

static void test_keys_matter_where_they_are_used(void **state)
{
    struct fixture *f = *state;
    tell(f, 0, "security.protocol", "security.protocol", NULL, "PLAINTEXT");
    tell(f, 1, "security.protocol", "security.protocol", NULL, "plaintext");
    tell(f, 0, "ssl.protocol", "ssl.protocol", NULL, "TLSv1.3");
    tell(f, 1, "ssl.protocol", "ssl.protocol", NULL, "TLSv1.2");
    assert_found(f, "", "");
    free(f->pairs[0].settings[0].in_force.items[0]);
    f->pairs[0].settings[0].in_force.items[0] = string_copy("SSL");
    assert_found(f, "", "security.protocol ssl.protocol");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_same_value_written_otherwise),
        cmocka_unit_test_setup_teardown(test_equal_settings_are_not_listed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_differs_by_what_it_decides, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_client_that_does_not_tell_is_not_equal, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_was_asked_for_stands_in_for_what_is_in_force, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_run_without_trials_tells_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_keys_matter_where_they_are_used, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

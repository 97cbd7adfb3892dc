/* SPDX-License-Identifier: Apache-2.0 */
/* The busiest thread, from texts: threads that come, go and get the id of another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "environment/threads.h"

#include "near.h"

#include "base/banned.h"

#define AT(s) ((int64_t)((s)*1e9))

static void tell_name(struct threads *threads, double at_s, int id, const char *name, int started, double cpu_s)
{
    char *stat = string_format("%d (%s) S 1 1 1 0 -1 0 0 0 0 0 %ld 0 0 0 20 0 3 0 %d 0 0", id, name,
                               (long)(cpu_s * (double)sysconf(_SC_CLK_TCK) + 0.5), started);
    threads_take(threads, stat, AT(at_s));
    free(stat);
}

/* A thread that has used `cpu_s` by then. */
static void tell(struct threads *threads, double at_s, int id, int started, double cpu_s)
{
    tell_name(threads, at_s, id, "name", started, cpu_s);
}

static void check(const struct threads *threads, double from_s, double to_s, double expected_s)
{
    assert_near(threads_busiest_cpu_s(threads, AT(from_s), AT(to_s)), expected_s, 1e-9);
}

static void test_what_was_used_before_does_not_count(void **state)
{
    (void)state;
    struct threads threads = THREADS_INIT;
    tell(&threads, 10, 1, 100, 50);
    tell(&threads, 10, 2, 100, 1);
    tell(&threads, 20, 1, 100, 52);
    tell(&threads, 20, 2, 100, 6);
    check(&threads, 10, 20, 5);
    threads_release(&threads);
}

static void test_threads_that_come_and_go(void **state)
{
    (void)state;
    struct threads threads = THREADS_INIT;
    tell(&threads, 10, 1, 100, 50);
    tell(&threads, 11, 1, 100, 53); /* its last */
    tell(&threads, 11, 2, 900, 0.5);
    tell(&threads, 20, 2, 900, 2);
    check(&threads, 10, 20, 3);
    threads_release(&threads);
    tell(&threads, 10, 1, 100, 50);
    tell(&threads, 11, 2, 900, 0.5); /* all of it in the window */
    check(&threads, 10, 11, 0.5);
    threads_release(&threads);
}

static void test_an_id_that_is_used_again_is_another_thread(void **state)
{
    (void)state;
    struct threads threads = THREADS_INIT;
    tell(&threads, 10, 1, 100, 1);
    tell(&threads, 11, 1, 100, 3);
    tell(&threads, 20, 1, 1100, 4); /* not 3 of before and 1 more */
    check(&threads, 10, 20, 4);
    threads_release(&threads);
}

static void test_readings_that_are_not_at_the_bounds(void **state)
{
    (void)state;
    struct threads threads = THREADS_INIT;
    check(&threads, 10, 20, -1);
    tell(&threads, 10.5, 1, 100, 1);
    check(&threads, 10, 20, -1);
    tell(&threads, 20, 1, 100, 5.75);
    check(&threads, 10, 20, 5); /* half a core in 9.5 s that were seen */
    check(&threads, 10, 19, 4.5);
    check(&threads, 10, 21, -1);
    check(&threads, 10, 18, -1);
    threads_release(&threads);
}

static void test_a_jvms_compilers_are_passed_over(void **state)
{
    (void)state;
    struct threads threads = THREADS_INIT;
    tell_name(&threads, 10, 1, "C2 CompilerThre", 100, 1);
    tell_name(&threads, 10, 2, "kafka-producer-", 100, 1);
    tell_name(&threads, 20, 1, "C2 CompilerThre", 100, 9);
    tell_name(&threads, 20, 2, "kafka-producer-", 100, 4);
    tell_name(&threads, 20, 3, "C1 CompilerThre", 500, 8);
    check(&threads, 10, 20, 3);
    threads_release(&threads);
}

static void test_what_is_no_stat_file(void **state)
{
    (void)state;
    struct threads threads = THREADS_INIT;
    threads_take(&threads, "", AT(1));
    threads_take(&threads, "7 (name) S 1 1 1", AT(1));
    assert_int_equal(threads.count, 0);
    assert_true(threads.latest_ns == -1);
    threads_release(&threads);
}

static void test_when_a_reading_is_due(void **state)
{
    (void)state;
    struct threads threads = THREADS_INIT;
    assert_false(threads_due(&threads, AT(10))); /* nothing is expected */
    threads_expect(&threads, AT(10), AT(50));
    assert_false(threads_due(&threads, AT(9.99)));
    assert_true(threads_due(&threads, AT(10.02)));
    tell(&threads, 10.02, 1, 100, 1);
    assert_false(threads_due(&threads, AT(10.11))); /* never more often than ten times a second */
    assert_true(threads_due(&threads, AT(10.13)));
    tell(&threads, 16, 1, 100, 1);
    assert_false(threads_due(&threads, AT(16.2)));
    assert_true(threads_due(&threads, AT(16.4))); /* a twentieth of 6 s */
    tell(&threads, 48.9, 1, 100, 1);
    assert_false(threads_due(&threads, AT(49.85)));
    assert_true(threads_due(&threads, AT(49.95))); /* never more seldom than each second */
    tell(&threads, 49.95, 1, 100, 1);
    assert_false(threads_due(&threads, AT(49.99)));
    assert_true(threads_due(&threads, AT(50))); /* the end */
    tell(&threads, 50, 1, 100, 1);
    assert_false(threads_due(&threads, AT(60)));
    threads_release(&threads);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_was_used_before_does_not_count),
        cmocka_unit_test(test_threads_that_come_and_go),
        cmocka_unit_test(test_an_id_that_is_used_again_is_another_thread),
        cmocka_unit_test(test_readings_that_are_not_at_the_bounds),
        cmocka_unit_test(test_a_jvms_compilers_are_passed_over),
        cmocka_unit_test(test_what_is_no_stat_file),
        cmocka_unit_test(test_when_a_reading_is_due),
    };
    return cmocka_run_group_tests_name("threads", tests, NULL, NULL);
}

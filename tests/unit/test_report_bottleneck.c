/* SPDX-License-Identifier: Apache-2.0 */
/* The rules that say what limited a run, at their bounds and in their order. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/bottleneck.h"

#include "base/banned.h"

/* All measured, and nothing near its limit. */
static struct bottleneck_evidence at_ease(void)
{
    return (struct bottleneck_evidence){.client_thread = 0.4,
                                        .client_cpu = 0.7,
                                        .broker_idle = 0.8,
                                        .machine_busy = 0.5,
                                        .brokers_cpu = 0.2,
                                        .others_cpu = 0.01,
                                        .steal = 0.001,
                                        .disk_busy = 0.3,
                                        .stall_io = 0.01,
                                        .rate_kept = (double)NAN};
}

static void test_nothing_at_its_limit_is_not_known(void **state)
{
    (void)state;
    struct bottleneck_evidence e = at_ease();
    assert_int_equal(bottleneck_judge(&e), BOTTLENECK_NOT_KNOWN);
}

static void test_nothing_measured_is_not_known(void **state)
{
    (void)state;
    const double none = (double)NAN;
    struct bottleneck_evidence e = {none, none, none, none, none, none, none, none, none, none};
    assert_int_equal(bottleneck_judge(&e), BOTTLENECK_NOT_KNOWN);
}

static void test_a_rate_that_was_kept_comes_first(void **state)
{
    (void)state;
    struct bottleneck_evidence e = at_ease();
    e.client_thread = 0.97;
    e.rate_kept = 0.99;
    assert_int_equal(bottleneck_judge(&e), BOTTLENECK_RATE);
    e.rate_kept = 0.98;
    assert_int_equal(bottleneck_judge(&e), BOTTLENECK_CLIENT);
}

static void test_a_busy_thread_comes_before_a_busy_machine(void **state)
{
    (void)state;
    struct bottleneck_evidence e = at_ease();
    e.machine_busy = 0.99;
    e.client_thread = 0.90;
    assert_int_equal(bottleneck_judge(&e), BOTTLENECK_CLIENT);
    e.client_thread = 0.89;
    assert_int_equal(bottleneck_judge(&e), BOTTLENECK_MACHINE);
}

static void test_threads_that_take_turns_are_one_core(void **state)
{
    (void)state;
    struct bottleneck_evidence e = at_ease();
    e.client_cpu = 0.90;
    assert_int_equal(bottleneck_judge(&e), BOTTLENECK_CLIENT);
    e.client_cpu = 1.10;
    assert_int_equal(bottleneck_judge(&e), BOTTLENECK_CLIENT);
    e.client_cpu = 1.11; /* more than one at a time */
    assert_int_equal(bottleneck_judge(&e), BOTTLENECK_NOT_KNOWN);
    e.client_cpu = 1.0;
    e.machine_busy = 0.95; /* no core was to spare for a second thread */
    assert_int_equal(bottleneck_judge(&e), BOTTLENECK_MACHINE);
}

static void test_an_unmeasured_client_cannot_be_ruled_out(void **state)
{
    (void)state;
    struct bottleneck_evidence e = at_ease();
    e.client_thread = (double)NAN;
    e.machine_busy = 0.99;
    e.broker_idle = 0.05;
    assert_int_equal(bottleneck_judge(&e), BOTTLENECK_NOT_KNOWN);
}

static void test_who_uses_the_cores_decides_when_all_are_busy(void **state)
{
    (void)state;
    struct bottleneck_evidence e = at_ease();
    e.machine_busy = 0.95;
    e.broker_idle = 0.05; /* handlers that wait for a core are not idle */
    assert_int_equal(bottleneck_judge(&e), BOTTLENECK_MACHINE);
    e.brokers_cpu = 0.75;
    assert_int_equal(bottleneck_judge(&e), BOTTLENECK_BROKERS);
    e.brokers_cpu = (double)NAN; /* they are elsewhere: it is the client's machine */
    assert_int_equal(bottleneck_judge(&e), BOTTLENECK_MACHINE);
}

static void test_handlers_that_are_rarely_idle_with_cores_to_spare(void **state)
{
    (void)state;
    struct bottleneck_evidence e = at_ease();
    e.broker_idle = 0.30;
    assert_int_equal(bottleneck_judge(&e), BOTTLENECK_BROKERS);
    e.broker_idle = 0.31;
    assert_int_equal(bottleneck_judge(&e), BOTTLENECK_NOT_KNOWN);
}

static void test_steal_and_disk_are_the_machine(void **state)
{
    (void)state;
    struct bottleneck_evidence e = at_ease();
    e.steal = 0.05;
    assert_int_equal(bottleneck_judge(&e), BOTTLENECK_MACHINE);
    e = at_ease();
    e.stall_io = 0.20;
    assert_int_equal(bottleneck_judge(&e), BOTTLENECK_MACHINE);
    e.stall_io = 0.05;
    assert_int_equal(bottleneck_judge(&e), BOTTLENECK_NOT_KNOWN);
    e.disk_busy = 0.90;
    assert_int_equal(bottleneck_judge(&e), BOTTLENECK_MACHINE);
    e.stall_io = 0.01; /* a busy disk that nobody waits for limits nothing */
    assert_int_equal(bottleneck_judge(&e), BOTTLENECK_NOT_KNOWN);
}

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(bottleneck_name(BOTTLENECK_NOT_KNOWN), "not known");
    assert_string_equal(bottleneck_name(BOTTLENECK_RATE), "the rate");
    assert_string_equal(bottleneck_name(BOTTLENECK_CLIENT), "the client");
    assert_string_equal(bottleneck_name(BOTTLENECK_BROKERS), "the brokers");
    assert_string_equal(bottleneck_name(BOTTLENECK_MACHINE), "the machine");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_at_its_limit_is_not_known),
        cmocka_unit_test(test_nothing_measured_is_not_known),
        cmocka_unit_test(test_a_rate_that_was_kept_comes_first),
        cmocka_unit_test(test_a_busy_thread_comes_before_a_busy_machine),
        cmocka_unit_test(test_threads_that_take_turns_are_one_core),
        cmocka_unit_test(test_an_unmeasured_client_cannot_be_ruled_out),
        cmocka_unit_test(test_who_uses_the_cores_decides_when_all_are_busy),
        cmocka_unit_test(test_handlers_that_are_rarely_idle_with_cores_to_spare),
        cmocka_unit_test(test_steal_and_disk_are_the_machine),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

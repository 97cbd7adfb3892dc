/* SPDX-License-Identifier: Apache-2.0 */
/* The sampler on this machine, with processes of our own; the times that it sees are given to it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>

#include "base/clock.h"
#include "base/process.h"
#include "environment/sampler.h"

#include "near.h"

#include "base/banned.h"

static void start(struct process *process, const char *const *arguments)
{
    const struct process_spec spec = {.arguments = arguments};
    assert_true(process_start(process, &spec, NULL));
}

static void test_a_busy_client_is_seen_and_kept_when_gone(void **state)
{
    (void)state;
    static const char *const busy[] = {"sh", "-c", "while :; do :; done", NULL}, *const idle[] = {"sleep", "60", NULL};
    struct process client, broker;
    start(&client, busy);
    start(&broker, idle);
    struct sampler *sampler = sampler_new();
    sampler_watch(sampler, &client.pid, 1, &broker.pid, 1);
    sampler_watch(sampler, &client.pid, 1, NULL, 0); /* again: counted once all the same */
    sampler_tick(sampler, 0);
    double before_s = process_cpu_s(client.pid);
    while (process_cpu_s(client.pid) < before_s + 0.2)
        clock_sleep_ms(5);
    sampler_tick(sampler, NS_PER_S);
    double used_s = process_cpu_s(client.pid);
    process_end(&client, SIGKILL, 0, NULL);
    process_end(&broker, SIGKILL, 0, NULL);
    sampler_tick(sampler, 2 * NS_PER_S);

    struct sampler_usage usage;
    sampler_usage(sampler, 0, NS_PER_S, &usage);
    assert_true(usage.client_cpu_s > 0.15 && usage.client_cpu_s <= used_s);
    assert_true(usage.broker_cpu_s >= 0 && usage.broker_cpu_s < usage.client_cpu_s);
    assert_true(usage.own_cpu_s >= 0);
    assert_true(usage.other_cpu_s >= 0);
    struct sampler_reading living, gone;
    sampler_at(sampler, NS_PER_S, &living);
    sampler_at(sampler, 2 * NS_PER_S, &gone);
    assert_near(gone.client_cpu_s, living.client_cpu_s, 0);
    sampler_free(sampler);
}

static void test_ticks_closer_than_the_spacing_are_passed_over(void **state)
{
    (void)state;
    struct sampler *sampler = sampler_new();
    struct sampler_reading reading;
    sampler_tick(sampler, NS_PER_S);
    sampler_tick(sampler, NS_PER_S + 99 * NS_PER_MS);
    sampler_at(sampler, NS_PER_S + 99 * NS_PER_MS, &reading);
    assert_int_equal(reading.at_ns, -1);
    sampler_at(sampler, NS_PER_S, &reading);
    assert_int_equal(reading.at_ns, NS_PER_S);
    assert_near(reading.client_cpu_s, -1, 0); /* nobody is watched: absent, not nothing */
    assert_near(reading.broker_cpu_s, -1, 0);
    assert_true(reading.busy_cpu_s > 0);
    sampler_tick(sampler, NS_PER_S + 100 * NS_PER_MS);
    sampler_at(sampler, NS_PER_S + 100 * NS_PER_MS, &reading);
    assert_int_equal(reading.at_ns, NS_PER_S + 100 * NS_PER_MS);
    sampler_free(sampler);
}

static void test_a_process_that_is_not_there(void **state)
{
    (void)state;
    static const char *const command[] = {"true", NULL};
    struct process process;
    start(&process, command);
    pid_t gone = process.pid;
    assert_true(process_wait(&process, -1, NULL));
    struct sampler *sampler = sampler_new();
    struct sampler_reading reading;
    sampler_watch(sampler, &gone, 1, NULL, 0);
    sampler_tick(sampler, 0);
    sampler_at(sampler, 0, &reading);
    assert_near(reading.client_cpu_s, -1, 0);
    sampler_free(sampler);
    sampler_free(NULL);
}

static void test_the_busiest_thread_is_one_thread(void **state)
{
    (void)state;
    static const char *const two_threads[] = {"python3", "-c",
                                              "import threading\n"
                                              "def spin():\n"
                                              "    while True: pass\n"
                                              "threading.Thread(target=spin).start()\n"
                                              "spin()",
                                              NULL};
    struct process client;
    start(&client, two_threads);
    while (process_cpu_s(client.pid) < 0.2)
        clock_sleep_ms(5);
    struct sampler *sampler = sampler_new();
    sampler_watch(sampler, &client.pid, 1, NULL, 0);
    sampler_expect_window(sampler, NS_PER_S, 2 * NS_PER_S);
    sampler_tick(sampler, NS_PER_S);
    double before_s = process_cpu_s(client.pid);
    while (process_cpu_s(client.pid) < before_s + 0.4)
        clock_sleep_ms(5);
    sampler_tick(sampler, 2 * NS_PER_S);
    process_end(&client, SIGKILL, 0, NULL);
    sampler_tick(sampler, 3 * NS_PER_S); /* behind the window: passed over */

    struct sampler_usage usage;
    sampler_usage(sampler, NS_PER_S, 2 * NS_PER_S, &usage);
    /* They take turns in the interpreter: the busier one has at least half, and never all. */
    assert_true(usage.client_busiest_thread_cpu_s >= 0.45 * usage.client_cpu_s);
    assert_true(usage.client_busiest_thread_cpu_s <= 0.95 * usage.client_cpu_s);
    sampler_usage(sampler, NS_PER_S, 3 * NS_PER_S, &usage); /* not what was expected */
    assert_near(usage.client_busiest_thread_cpu_s, -1, 0);
    sampler_free(sampler);
}

static void test_a_folder_without_a_disk(void **state)
{
    (void)state;
    struct sampler *sampler = sampler_new();
    struct sampler_reading reading;
    sampler_watch_disk(sampler, "/proc");
    sampler_tick(sampler, 0);
    sampler_at(sampler, 0, &reading);
    assert_near(reading.disk_busy_s, -1, 0);
    sampler_watch_disk(sampler, NULL);
    sampler_tick(sampler, NS_PER_S);
    sampler_at(sampler, NS_PER_S, &reading);
    assert_near(reading.disk_busy_s, -1, 0);
    sampler_free(sampler);
}

static void test_dirty_bytes(void **state)
{
    (void)state;
    assert_true(environment_dirty_bytes() >= 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_busy_client_is_seen_and_kept_when_gone),
        cmocka_unit_test(test_ticks_closer_than_the_spacing_are_passed_over),
        cmocka_unit_test(test_a_process_that_is_not_there),
        cmocka_unit_test(test_the_busiest_thread_is_one_thread),
        cmocka_unit_test(test_a_folder_without_a_disk),
        cmocka_unit_test(test_dirty_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

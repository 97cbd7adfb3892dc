/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"
#include "environment/readings.h"

#include "near.h"

#include "base/banned.h"

/* Two cores for ten seconds, a reading per 100 ms: the client uses 0.5 s a second, the brokers 0.25, kbench 0.05, all
 * processes together 1.2; a tenth of all time is stolen; input and output stall for 20 % of the time. */
static struct sampler_reading steady(double at_s)
{
    return (struct sampler_reading){.at_ns = (int64_t)(at_s * 1e9 + 0.5),
                                    .client_cpu_s = 0.5 * at_s,
                                    .broker_cpu_s = 0.25 * at_s,
                                    .own_cpu_s = 0.05 * at_s,
                                    .busy_cpu_s = 100 + 1.2 * at_s,
                                    .steal_s = 7 + 0.2 * at_s,
                                    .total_s = 1000 + 2 * at_s,
                                    .stall_cpu_s = 3 + 0.1 * at_s,
                                    .stall_io_s = 0.2 * at_s,
                                    .stall_memory_s = 0,
                                    .disk_busy_s = 11 + 0.6 * at_s,
                                    .dirty_bytes = 1000,
                                    .frequency_mhz = 2000};
}

static void fill(struct readings *readings, double from_s, double to_s)
{
    for (int i = 0; from_s + i * 0.1 < to_s + 0.05; i++) {
        struct sampler_reading reading = steady(from_s + i * 0.1);
        readings_add(readings, &reading);
    }
}

static void test_at(void **state)
{
    (void)state;
    struct readings readings = {0};
    struct sampler_reading at;
    readings_at(&readings, 5, &at);
    assert_near(at.client_cpu_s, -1, 0);
    assert_int_equal(at.dirty_bytes, -1);
    fill(&readings, 1, 10);
    readings_at(&readings, NS_PER_S - 1, &at);
    assert_near(at.busy_cpu_s, -1, 0);
    readings_at(&readings, NS_PER_S, &at);
    assert_near(at.client_cpu_s, 0.5, 1e-9);
    readings_at(&readings, 2345 * NS_PER_MS, &at);
    assert_int_equal(at.at_ns, 2345 * NS_PER_MS);
    assert_near(at.client_cpu_s, 0.5 * 2.345, 1e-9);
    assert_near(at.broker_cpu_s, 0.25 * 2.345, 1e-9);
    assert_near(at.own_cpu_s, 0.05 * 2.345, 1e-9);
    assert_near(at.busy_cpu_s, 100 + 1.2 * 2.345, 1e-9);
    assert_near(at.steal_s, 7 + 0.2 * 2.345, 1e-9);
    assert_near(at.total_s, 1000 + 2 * 2.345, 1e-9);
    assert_near(at.stall_cpu_s, 3 + 0.1 * 2.345, 1e-9);
    assert_near(at.stall_io_s, 0.2 * 2.345, 1e-9);
    assert_near(at.disk_busy_s, 11 + 0.6 * 2.345, 1e-9);
    readings_at(&readings, 10 * NS_PER_S, &at);
    assert_int_equal(at.at_ns, 10 * NS_PER_S);
    assert_near(at.client_cpu_s, 5, 1e-9);
    /* Behind the last one nothing is known: the last one again would be no CPU time used. */
    readings_at(&readings, 10 * NS_PER_S + 1, &at);
    assert_near(at.client_cpu_s, -1, 0);
    assert_int_equal(at.at_ns, -1);
    readings_release(&readings);
}

static void test_at_does_not_invent(void **state)
{
    (void)state;
    struct readings readings = {0};
    struct sampler_reading first = steady(1), second = steady(2), at;
    second.stall_io_s = -1;
    second.disk_busy_s = -1;
    first.broker_cpu_s = -1;
    readings_add(&readings, &first);
    readings_add(&readings, &second);
    readings_at(&readings, 1500 * NS_PER_MS, &at);
    assert_near(at.stall_io_s, -1, 0);
    assert_near(at.disk_busy_s, -1, 0);
    assert_near(at.broker_cpu_s, -1, 0);
    assert_near(at.client_cpu_s, 0.75, 1e-9);
    readings_release(&readings);
}

static void test_usage(void **state)
{
    (void)state;
    struct readings readings = {0};
    struct sampler_usage usage;
    fill(&readings, 1, 10);
    readings_usage(&readings, 2050 * NS_PER_MS, 6050 * NS_PER_MS, &usage);
    assert_near(usage.client_cpu_s, 2, 1e-9);
    assert_near(usage.broker_cpu_s, 1, 1e-9);
    assert_near(usage.own_cpu_s, 0.2, 1e-9);
    assert_near(usage.other_cpu_s, 4.8 - 2 - 1 - 0.2, 1e-9);
    assert_near(usage.steal_percent, 10, 1e-6);
    assert_near(usage.stall_cpu_percent, 10, 1e-6);
    assert_near(usage.stall_io_percent, 20, 1e-6);
    assert_near(usage.stall_memory_percent, 0, 1e-6);
    assert_near(usage.disk_busy_percent, 60, 1e-6);
    assert_int_equal(usage.dirty_bytes_max, 1000);
    assert_near(usage.frequency_mhz, 2000, 1e-9);
    readings_release(&readings);
}

static void test_usage_of_a_span_hardly_covered(void **state)
{
    (void)state;
    struct readings readings = {0};
    struct sampler_usage usage;
    fill(&readings, 1, 10);
    /* 9 of 9.5 s are there: seconds are scaled to the whole span, percentages need no scaling. */
    readings_usage(&readings, 1 * NS_PER_S, 10500 * NS_PER_MS, &usage);
    assert_near(usage.client_cpu_s, 0.5 * 9.5, 1e-9);
    assert_near(usage.steal_percent, 10, 1e-6);
    assert_near(usage.stall_io_percent, 20, 1e-6);
    readings_usage(&readings, 500 * NS_PER_MS, 10 * NS_PER_S, &usage);
    assert_near(usage.client_cpu_s, 0.5 * 9.5, 1e-9);
    /* 9 of 11 s are not enough. */
    readings_usage(&readings, 1 * NS_PER_S, 12 * NS_PER_S, &usage);
    assert_near(usage.client_cpu_s, -1, 0);
    assert_near(usage.other_cpu_s, -1, 0);
    assert_near(usage.steal_percent, -1, 0);
    assert_near(usage.disk_busy_percent, -1, 0);
    assert_int_equal(usage.dirty_bytes_max, -1);
    readings_usage(&readings, 5 * NS_PER_S, 5 * NS_PER_S, &usage);
    assert_near(usage.client_cpu_s, -1, 0);
    readings_usage(&readings, 20 * NS_PER_S, 21 * NS_PER_S, &usage);
    assert_near(usage.client_cpu_s, -1, 0);
    readings_usage(&readings, 0, NS_PER_MS, &usage);
    assert_near(usage.client_cpu_s, -1, 0);
    readings_release(&readings);
}

static void test_usage_without_brokers(void **state)
{
    (void)state;
    struct readings readings = {0};
    struct sampler_usage usage;
    for (int i = 0; i <= 10; i++) {
        struct sampler_reading reading = steady(i);
        reading.broker_cpu_s = -1;
        reading.steal_s = -1;
        reading.frequency_mhz = -1;
        reading.dirty_bytes = i == 5 ? 7777 : i == 9 ? 99999 : 5;
        readings_add(&readings, &reading);
    }
    readings_usage(&readings, 2 * NS_PER_S, 6 * NS_PER_S, &usage);
    assert_near(usage.broker_cpu_s, -1, 0);
    assert_near(usage.other_cpu_s, 4.8 - 2 - 0.2, 1e-9); /* brokers elsewhere use nothing here */
    assert_near(usage.steal_percent, -1, 0);
    assert_near(usage.frequency_mhz, -1, 0);
    assert_int_equal(usage.dirty_bytes_max, 7777);
    readings_release(&readings);
}

static void test_other_is_never_negative(void **state)
{
    (void)state;
    struct readings readings = {0};
    struct sampler_usage usage;
    for (int i = 0; i <= 10; i++) {
        struct sampler_reading reading = steady(i);
        reading.busy_cpu_s = 0.7 * i; /* less than client, brokers and kbench: the kernel counts ticks */
        readings_add(&readings, &reading);
    }
    readings_usage(&readings, 0, 10 * NS_PER_S, &usage);
    assert_near(usage.other_cpu_s, 0, 0);
    readings_release(&readings);
}

static void test_bounded_by_thinning(void **state)
{
    (void)state;
    struct readings readings = {0};
    struct sampler_usage usage;
    int64_t now_ns = 0;
    int taken = 0;
    while (taken < READINGS_MAX + 10) {
        if (readings_due(&readings, now_ns)) {
            struct sampler_reading reading = steady((double)now_ns / 1e9);
            readings_add(&readings, &reading);
            taken++;
        }
        now_ns += READINGS_SPACING_NS / 2;
    }
    assert_true(readings.count <= READINGS_MAX);
    assert_true(readings.count >= READINGS_MAX / 2);
    assert_int_equal(readings.spacing_ns, 2 * READINGS_SPACING_NS);
    assert_int_equal(readings.items[0].at_ns, 0);
    int64_t last_ns = readings.items[readings.count - 1].at_ns;
    assert_true(last_ns > READINGS_MAX * READINGS_SPACING_NS);
    readings_usage(&readings, 10 * NS_PER_S, last_ns, &usage);
    assert_near(usage.client_cpu_s, 0.5 * ((double)last_ns / 1e9 - 10), 1e-6);
    readings_release(&readings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_at),
        cmocka_unit_test(test_at_does_not_invent),
        cmocka_unit_test(test_usage),
        cmocka_unit_test(test_usage_of_a_span_hardly_covered),
        cmocka_unit_test(test_usage_without_brokers),
        cmocka_unit_test(test_other_is_never_negative),
        cmocka_unit_test(test_bounded_by_thinning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "experiment/metric.h"

#include "near.h"

#include "base/banned.h"

static void test_percentiles(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        double percentile;
    } good[] = {{"latency_p50_ms", 50},         {"latency_p999_ms", 99.9}, {"latency_p99.9_ms", 99.9},
                {"latency_p99.999_ms", 99.999}, {"latency_p100_ms", 100},  {"latency_p0.1_ms", 0.1}};
    static const char *const bad[] = {"latency_p_ms",      "latency_p0_ms",    "latency_p101_ms", "latency_p-5_ms",
                                      "latency_p1e1_ms",   "latency_pms",      "latency_avg_ms",  "latency_p50",
                                      "latency_p5.5.5_ms", "latency_p50_ms_ms"};
    double percentile;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(metric_percentile(good[i].name, &percentile));
        assert_near(percentile, good[i].percentile, 0);
        assert_true(metric_is_known(good[i].name));
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (metric_percentile(bad[i], &percentile))
            fail_msg("'%s' is no percentile", bad[i]);
    assert_false(metric_is_known("records"));
    assert_false(metric_is_known("latency_p101_ms"));
}

static void test_what_is_better(void **state)
{
    (void)state;
    assert_int_equal(metric_better("records_per_sec"), BETTER_HIGHER);
    assert_int_equal(metric_better("latency_p99.99_ms"), BETTER_LOWER);
    assert_int_equal(metric_better("client_cpu_us_per_record"), BETTER_LOWER);
    assert_int_equal(metric_better("broker_idle_percent"), BETTER_NEITHER);
    assert_true(metric_is_count("records_lost"));
    assert_false(metric_is_count("records_per_sec"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_percentiles), cmocka_unit_test(test_what_is_better)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

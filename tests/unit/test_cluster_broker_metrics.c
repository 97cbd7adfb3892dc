/* SPDX-License-Identifier: Apache-2.0 */
/* tests/data/jvm/broker.metrics is what the agent wrote in a broker as a producer began. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/file.h"
#include "cluster/broker_metrics.h"

#include "near.h"

#include "base/banned.h"

/* One second of lines, each telling of 250 ms: a fifth of the time idle, 1000 bytes each. */
#define LINES                                                                                                          \
    "1000000000 700000000 5000\n"                                                                                      \
    "1250000000 750000000 6000\n"                                                                                      \
    "1500000000 800000000 7000\n"                                                                                      \
    "1750000000 850000000 8000\n"                                                                                      \
    "2000000000 900000000 9000\n"

static void check(const char *lines, int64_t from_ms, int64_t to_ms, double idle_share, double bytes_in)
{
    struct broker_metrics metrics;
    broker_metrics_between(lines, from_ms * NS_PER_MS, to_ms * NS_PER_MS, &metrics);
    assert_near(metrics.idle_share, idle_share, 1e-12);
    assert_near(metrics.bytes_in, bytes_in, 1e-9);
}

static void check_unknown(const char *lines, int64_t from_ms, int64_t to_ms)
{
    struct broker_metrics metrics;
    broker_metrics_between(lines, from_ms * NS_PER_MS, to_ms * NS_PER_MS, &metrics);
    assert_true(isnan(metrics.idle_share));
    assert_true(isnan(metrics.bytes_in));
}

static void test_a_span_is_cut_from_the_lines(void **state)
{
    (void)state;
    check(LINES, 1000, 2000, 0.2, 4000);
    check(LINES, 1250, 1500, 0.2, 1000);
    check(LINES, 1100, 1900, 0.2, 3200);
    check(LINES, 1300, 1400, 0.2, 400);
}

static void test_what_the_lines_do_not_cover_is_unknown(void **state)
{
    (void)state;
    check_unknown(LINES, 999, 1500);
    check_unknown(LINES, 1500, 2001);
    check_unknown(LINES, 3000, 4000);
    check_unknown(LINES, 1500, 1500);
    check_unknown("", 1000, 2000);
    check_unknown("1000000000 700000000 5000\n", 1000, 1000);
}

static void test_lines_that_were_cut_are_none(void **state)
{
    (void)state;
    check("900000 5000\n" LINES "2250000000 950000000 1", 1000, 2000, 0.2, 4000);
    check_unknown(LINES "2250000000 950000000 1", 1500, 2100);
    check_unknown(LINES "22500000", 1500, 2100);
    check(LINES "what\n2250000000 950000000 10000\n", 1000, 2250, 0.2, 5000);
}

static void test_a_broker_that_began_anew(void **state)
{
    (void)state;
    static const char lines[] = LINES "6000000000 -1 -1\n"
                                      "6250000000 0 0\n"
                                      "6500000000 250000000 10\n"
                                      "6750000000 500000000 20\n";
    check(lines, 1000, 2000, 0.2, 4000);
    check(lines, 6250, 6750, 1, 20);
    check_unknown(lines, 1500, 2001);
    check_unknown(lines, 1500, 6500);
    check_unknown(lines, 6100, 6500);
    check_unknown("1000000000 5 5\n1250000000 4 4\n", 1000, 1250);
}

static void test_a_broker_without_the_one_meter(void **state)
{
    (void)state;
    struct broker_metrics metrics;
    broker_metrics_between("1000000000 -1 5\n1250000000 -1 9\n", NS_PER_S, 1250 * NS_PER_MS, &metrics);
    assert_true(isnan(metrics.idle_share));
    assert_near(metrics.bytes_in, 4, 1e-9);
}

static void test_waits_that_end_in_the_span_are_not_more_than_it(void **state)
{
    (void)state;
    check("1000000000 0 0\n1250000000 300000000 0\n", 1000, 1250, 1, 0);
}

static void test_a_real_file(void **state)
{
    (void)state;
    struct text lines = TEXT_INIT;
    struct broker_metrics metrics;
    char *path = string_format("%s/tests/data/jvm/broker.metrics", file_home());
    assert_true(file_read(path, 1 << 20, &lines, NULL));
    assert_true(broker_metrics_end_ns(lines.bytes) == 11574172559333);
    broker_metrics_between(lines.bytes, 11572166934807, 11574172559333, &metrics);
    assert_near(metrics.bytes_in, 6999934, 1e-6);
    assert_near(metrics.idle_share, 1, 0); /* 2.055 s of 2.006 s: waits that began before the span */
    broker_metrics_between(lines.bytes, 11572921215891, 11573421710792, &metrics);
    assert_near(metrics.bytes_in, 3158562 - 1368092, 1e-6);
    assert_near(metrics.idle_share, 400038466. / 500494901, 1e-12);
    free(path);
    text_release(&lines);
}

static void test_the_end(void **state)
{
    (void)state;
    assert_true(broker_metrics_end_ns("") == INT64_MIN);
    assert_true(broker_metrics_end_ns("1 2 3") == INT64_MIN);
    assert_true(broker_metrics_end_ns("1 2 3\n4 -1 -1\n9 9") == 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_span_is_cut_from_the_lines),
        cmocka_unit_test(test_what_the_lines_do_not_cover_is_unknown),
        cmocka_unit_test(test_lines_that_were_cut_are_none),
        cmocka_unit_test(test_a_broker_that_began_anew),
        cmocka_unit_test(test_a_broker_without_the_one_meter),
        cmocka_unit_test(test_waits_that_end_in_the_span_are_not_more_than_it),
        cmocka_unit_test(test_a_real_file),
        cmocka_unit_test(test_the_end),
    };
    return cmocka_run_group_tests_name("broker metrics", tests, NULL, NULL);
}

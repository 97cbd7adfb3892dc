/* SPDX-License-Identifier: Apache-2.0 */
/* Which of a trial's seconds are tested for a trend: the whole ones of its window. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"
#include "runner/trial_intervals.h"

#include "near.h"

#include "base/banned.h"

#define START_NS (1000 * NS_PER_S)

/* A trial whose seconds have these records, with a window of [from_ms, to_ms) after its start. */
static struct store_trial taken(const int64_t *records, size_t count, int64_t from_ms, int64_t to_ms)
{
    struct series_point *points = memory_zeroed(count, sizeof *points);
    struct sampler *sampler = sampler_new();
    struct trial trial = {0};
    store_trial_init(&trial.row);
    for (size_t i = 0; i < count; i++)
        points[i] = (struct series_point){.records = records[i], .p50_ns = -1, .p99_ns = -1, .max_ns = -1};
    struct series seconds = {.start_ns = START_NS, .interval_ns = NS_PER_S, .points = points, .count = count};
    struct measure_result measured = {
        .window_start_ns = START_NS + from_ms * NS_PER_MS,
        .window_end_ns = START_NS + to_ms * NS_PER_MS,
        .seconds = seconds,
        .tenths = {.start_ns = START_NS, .interval_ns = NS_PER_S / 10},
    };
    trial_intervals_take(&trial, &measured, sampler);
    sampler_free(sampler);
    free(points);
    struct store_trial row = trial.row;
    trial_release(&trial);
    return row;
}

static void test_warm_up_and_parts_of_seconds_are_left_out(void **state)
{
    (void)state;
    /* Of the window from 1.5 to 8.5 s the seconds 2 to 7: 100, 110, …, 150. What is around it would turn the trend. */
    static const int64_t records[] = {9000, 8000, 100, 110, 120, 130, 140, 150, 1, 1};
    struct store_trial row = taken(records, 10, 1500, 8500);
    assert_near(row.trend_percent, 100 * 6 * 10 / 125., 1e-9);
    assert_near(row.trend_p_value, 2 / 720., 1e-9); /* one order of 6! and its reverse */
    row = taken(records, 10, 2000, 8000);
    assert_near(row.trend_percent, 48, 1e-9);
}

static void test_seconds_in_which_nothing_came_count(void **state)
{
    (void)state;
    static const int64_t records[] = {100, 100, 100, 100}; /* and nothing until the end of the window */
    struct store_trial row = taken(records, 4, 0, 7000);
    assert_true(row.trend_percent < 0);
    row = taken(records, 4, 0, 4000);
    assert_near(row.trend_percent, 0, 1e-9);
}

static void test_a_window_too_short_has_no_trend(void **state)
{
    (void)state;
    static const int64_t records[] = {1, 2, 3, 4};
    struct store_trial row = taken(records, 4, 500, 3500);
    assert_true(isnan(row.trend_percent));
    assert_true(isnan(row.trend_p_value));
    row = taken(records, 4, 100, 200);
    assert_true(isnan(row.trend_p_value));
}

static void test_a_long_window_is_tested_in_longer_parts(void **state)
{
    (void)state;
    enum { SECONDS = 2500 };
    int64_t records[SECONDS];
    /* All that comes in three seconds comes in the first: seconds by themselves would have a median of 0 and no change. */
    for (int i = 0; i < SECONDS; i++)
        records[i] = i % 3 == 0 ? 3000 + i : 0;
    struct store_trial row = taken(records, SECONDS, 0, SECONDS * 1000);
    assert_near(row.trend_percent, 100 * 833 * 3 / (3000. + 3 * 416), 1e-9);
    assert_near(row.trend_p_value, 0, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_warm_up_and_parts_of_seconds_are_left_out),
        cmocka_unit_test(test_seconds_in_which_nothing_came_count),
        cmocka_unit_test(test_a_window_too_short_has_no_trend),
        cmocka_unit_test(test_a_long_window_is_tested_in_longer_parts),
    };
    return cmocka_run_group_tests_name("trend of a trial", tests, NULL, NULL);
}

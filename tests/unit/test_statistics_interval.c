/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "near.h"
#include "statistics/interval.h"
#include "statistics/interval_bca.h"
#include "statistics/interval_order.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void assert_interval(const double *values, size_t n, double estimate, double low, double high)
{
    struct interval interval;
    interval_of_median(values, n, 1, "test", &interval);
    assert_int_equal(interval.n, n);
    assert_true(interval.has_bounds);
    assert_string_equal(interval.method, "order statistics");
    assert_near(interval.estimate, estimate, 1e-12);
    assert_near(interval.low, low, 1e-9);
    assert_near(interval.high, high, 1e-9);
}

static void test_median(void **state)
{
    (void)state;
    const double odd[] = {3, 1, 2}, even[] = {4, 1, 3, 2};
    assert_near(statistics_median(odd, 3), 2, 0);
    assert_near(statistics_median(even, 4), 2.5, 0);
    assert_near(odd[0], 3, 0); /* the caller's array is left alone */
    assert_true(isnan(statistics_median(odd, 0)));
}

/* With k = 1, 2, … from outside, the chance to cover is 1 - 2 P(B < k), B binomial with n and 1/2. */
static void test_order_statistics(void **state)
{
    (void)state;
    /* 1 - 2/32 = 0.9375: no interval between five values covers more, so it is the whole range. */
    const double five[] = {3, 1, 5, 2, 4};
    assert_interval(five, COUNT(five), 3, 1, 5);
    /* k = 1: 1 - 2/128 = 63/64; k = 2: 1 - 16/128 = 7/8. (63/64 - 0.95) / (63/64 - 7/8) = 11/35 of the way, which puts
     * the weight 6·11/35 / (1 + 5·11/35) = 11/15 on k = 2. */
    const double seven[] = {545, 580, 527, 561, 553, 540, 572};
    assert_interval(seven, COUNT(seven), 553, (4 * 527 + 11 * 540) / 15.0, (4 * 580 + 11 * 572) / 15.0);
    /* k = 3: 1 - 158/4096; k = 4: 1 - 598/4096. (204.8 - 158) / 440 of the way. */
    const double twelve[] = {10, 11, 12, 13, 14, 20, 40, 80, 100, 101, 150, 7};
    double share = 46.8 / 440, weight = 9 * share / (3 + 6 * share);
    assert_interval(twelve, COUNT(twelve), 17, 11 + weight, 100 - weight * 20);
}

/* The same pairs of k as above; with 63/64 the seven's whole range is exactly right. */
static void test_other_confidence(void **state)
{
    (void)state;
    const double seven[] = {545, 580, 527, 561, 553, 540, 572};
    struct interval interval;
    interval_of_median_at(63.0 / 64, seven, COUNT(seven), 1, "test", &interval);
    assert_near(interval.low, 527, 1e-12);
    assert_near(interval.high, 580, 1e-12);
    interval_of_median_at(7.0 / 8, seven, COUNT(seven), 1, "test", &interval);
    assert_near(interval.low, 540, 1e-9);
    assert_near(interval.high, 572, 1e-9);
}

static void test_many_trials_take_the_bootstrap(void **state)
{
    (void)state;
    double values[INTERVAL_BCA_MIN_TRIALS], low, high;
    struct interval interval;
    for (size_t i = 0; i < COUNT(values); i++)
        values[i] = (double)i * (double)i;
    interval_of_median(values, COUNT(values) - 1, 3, "many", &interval);
    assert_string_equal(interval.method, "order statistics");
    interval_order(values, COUNT(values) - 1, 0.95, &low, &high);
    assert_true(interval.low == low && interval.high == high);
    interval_of_median(values, COUNT(values), 3, "many", &interval);
    assert_string_equal(interval.method, "BCa bootstrap");
    interval_bca(values, COUNT(values), 0.95, 3, "many", &low, &high);
    assert_true(interval.low == low && interval.high == high);
}

static void test_ratio(void **state)
{
    (void)state;
    /* Within the blocks the ratios are 2, 1/2, 8, 4 and 1, in whatever order: the median 2, the range 1/2 to 8. Five
     * ratios do not cover 95 %: the logarithms' bounds lie outside by 0.3 of the step from 1/2 to 1 and from 4
     * to 8. */
    const double a[] = {20, 50, 8, 400, 3}, b[] = {10, 100, 1, 100, 3};
    struct interval interval;
    interval_of_ratio(a, b, COUNT(a), 7, "ratio", &interval);
    assert_near(interval.estimate, 2, 1e-12);
    assert_near(interval.low, 0.5 / pow(2, 0.3), 1e-12);
    assert_near(interval.high, 8 * pow(2, 0.3), 1e-12);
}

static void test_paired_noise_cancels(void **state)
{
    (void)state;
    /* Each block is of another speed, the ratio within it is always 2: pairing has to find exactly that. */
    const double a[] = {20, 2000, 200, 84, 6}, b[] = {10, 1000, 100, 42, 3};
    struct interval interval;
    interval_of_ratio(a, b, COUNT(a), 1, "ratio", &interval);
    assert_near(interval.estimate, 2, 1e-12);
    assert_near(interval.low, 2, 1e-12);
    assert_near(interval.high, 2, 1e-12);
}

static void test_equal_values(void **state)
{
    (void)state;
    const double equal[] = {42, 42, 42, 42, 42, 42};
    const double nearly[] = {42, 42, 42, 42, 42, 99};
    assert_interval(equal, COUNT(equal), 42, 42, 42);
    struct interval interval;
    interval_of_median(nearly, COUNT(nearly), 1, "nearly", &interval);
    assert_near(interval.low, 42, 1e-12);
    assert_true(interval.high > 42 && interval.high < 99);
}

static void test_no_bounds_below_five(void **state)
{
    (void)state;
    const double values[] = {1, 2, 3, 4};
    struct interval interval;
    for (size_t n = 0; n < INTERVAL_MIN_TRIALS; n++) {
        interval_of_median(values, n, 1, "few", &interval);
        assert_false(interval.has_bounds);
        assert_null(interval.method);
        assert_true(isnan(interval.low) && isnan(interval.high));
        assert_int_equal(isnan(interval.estimate) != 0, n == 0);
        interval_of_ratio(values, values, n, 1, "few", &interval);
        assert_false(interval.has_bounds);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_median),
        cmocka_unit_test(test_order_statistics),
        cmocka_unit_test(test_other_confidence),
        cmocka_unit_test(test_many_trials_take_the_bootstrap),
        cmocka_unit_test(test_ratio),
        cmocka_unit_test(test_paired_noise_cancels),
        cmocka_unit_test(test_equal_values),
        cmocka_unit_test(test_no_bounds_below_five),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

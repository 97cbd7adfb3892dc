/* SPDX-License-Identifier: Apache-2.0 */
/* The reference bounds are SciPy 1.17's: scipy.stats.bootstrap(…, numpy.median, n_resamples=99999, method='BCa'). */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "statistics/interval.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void assert_near(double value, double expected, double tolerance)
{
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("%.17g is not within %g of %.17g", value, tolerance, expected);
}

static void assert_interval(const double *values, size_t n, double estimate, double low, double high)
{
    /* The bounds are order statistics of a discrete distribution: any seed has to give the same ones. */
    for (uint64_t seed = 1; seed <= 5; seed++) {
        struct interval interval;
        interval_of_median(values, n, seed, "test", &interval);
        assert_int_equal(interval.n, n);
        assert_true(interval.has_bounds);
        assert_near(interval.estimate, estimate, 1e-12);
        assert_near(interval.low, low, 1e-9);
        assert_near(interval.high, high, 1e-9);
    }
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

static void test_bounds_are_scipys(void **state)
{
    (void)state;
    const double rates[] = {545, 580, 527, 561, 553, 540, 572};
    const double five[] = {1, 2, 3, 4, 5};
    const double wide[] = {10, 11, 12, 13, 14, 20, 40, 80, 100, 101, 150, 7};
    const double skewed[] = {1, 1.1, 1.3, 1.7, 2.9, 4.4, 9.1, 20, 33};
    assert_interval(rates, COUNT(rates), 553, 540, 572);
    assert_interval(five, COUNT(five), 3, 1, 5);
    assert_interval(wide, COUNT(wide), 17, 11.5, 90);
    assert_interval(skewed, COUNT(skewed), 2.9, 1.1, 20);
}

static void test_ratio_is_scipys(void **state)
{
    (void)state;
    const double a[] = {700, 720, 690, 705, 710, 698, 715, 703};
    const double b[] = {350, 371, 340, 352, 360, 345, 349, 356};
    struct interval interval;
    interval_of_ratio(a, b, COUNT(a), 7, "ratio", &interval);
    assert_near(interval.estimate, 2.0014199504806127, 1e-12);
    assert_near(interval.low, 1.9722222222222223, 2e-3);
    assert_near(interval.high, 2.0294117647058822, 2e-3);
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
    assert_true(isfinite(interval.low) && isfinite(interval.high));
    assert_true(interval.low <= 42 && interval.high >= 42);
}

static void test_no_bounds_below_five(void **state)
{
    (void)state;
    const double values[] = {1, 2, 3, 4};
    struct interval interval;
    for (size_t n = 0; n < INTERVAL_MIN_TRIALS; n++) {
        interval_of_median(values, n, 1, "few", &interval);
        assert_false(interval.has_bounds);
        assert_true(isnan(interval.low) && isnan(interval.high));
        assert_int_equal(isnan(interval.estimate) != 0, n == 0);
        interval_of_ratio(values, values, n, 1, "few", &interval);
        assert_false(interval.has_bounds);
    }
}

static void test_same_seed_same_bounds(void **state)
{
    (void)state;
    double values[40];
    for (int i = 0; i < 40; i++)
        values[i] = sqrt(i + 1.0) * (i % 7 + 1);
    struct interval first, again, other;
    interval_of_median(values, 40, 11, "a", &first);
    interval_of_median(values, 40, 11, "a", &again);
    interval_of_median(values, 40, 11, "b", &other);
    assert_true(first.low == again.low && first.high == again.high);
    assert_true(fabs(first.low - other.low) < 2 && fabs(first.high - other.high) < 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_median),
        cmocka_unit_test(test_bounds_are_scipys),
        cmocka_unit_test(test_ratio_is_scipys),
        cmocka_unit_test(test_paired_noise_cancels),
        cmocka_unit_test(test_equal_values),
        cmocka_unit_test(test_no_bounds_below_five),
        cmocka_unit_test(test_same_seed_same_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "near.h"
#include "statistics/trend.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void assert_trend(const double *values, size_t n, double p_value, double change)
{
    struct trend trend;
    trend_test(values, n, &trend);
    assert_near(trend.p_value, p_value, 1e-12);
    assert_near(trend.change, change, 1e-12);
}

static void test_exact_p_value(void **state)
{
    (void)state;
    /* One order of 5! climbs throughout, one falls: 2/120. The slope is 1, the median 3: 1 × 5 / 3. */
    const double climbing[] = {1, 2, 3, 4, 5}, falling[] = {5, 4, 3, 2, 1};
    assert_trend(climbing, COUNT(climbing), 2.0 / 120, 5.0 / 3);
    assert_trend(falling, COUNT(falling), 2.0 / 120, -5.0 / 3);
    /* One inversion: 1 + 4 of 120 orders have at most one. Slopes: -1, 1/2, 1/2, 2/3, 1, 1, 1, 3/2, 2, 2: again 1. */
    const double swapped[] = {1, 2, 4, 3, 5};
    assert_trend(swapped, COUNT(swapped), 2 * 5.0 / 120, 5.0 / 3);
    /* Two inversions of four values: S = 2; 1 + 3 + 5 of 24 orders. Slopes: -1, -1, 1/3, 1, 1, 3, in the middle 2/3. */
    const double hardly[] = {2, 1, 4, 3};
    assert_trend(hardly, COUNT(hardly), 2 * 9.0 / 24, 2.0 / 3 * 4 / 2.5);
}

static void test_no_trend(void **state)
{
    (void)state;
    const double balanced[] = {2, 1, 3, 2.5, 1.5, 1.2}, equal[] = {7, 7, 7, 7};
    struct trend trend;
    trend_test(balanced, COUNT(balanced), &trend);
    assert_true(trend.p_value > 0.5);
    assert_trend(equal, COUNT(equal), 1, 0);
}

static void test_ties(void **state)
{
    (void)state;
    /* S = 8, two pairs of ties: Var = (5·4·15 - 2·2·1·9) / 18 = 44/3, z = 7 / sqrt(44/3) = 1.8278, Q(z) = 0.03379. */
    const double tied[] = {1, 1, 2, 2, 3};
    struct trend trend;
    trend_test(tied, COUNT(tied), &trend);
    assert_near(trend.p_value, erfc(7 / sqrt(44.0 / 3) / sqrt(2)), 1e-12);
    assert_near(trend.p_value, 0.0676, 1e-4);
    assert_near(trend.change, 0.5 * 5 / 2, 1e-12);
}

static void test_long_series(void **state)
{
    (void)state;
    /* 31 values that climb: S = 465, Var = 31·30·67/18; the normal approximation takes over from the exact one. */
    double values[31];
    for (size_t i = 0; i < COUNT(values); i++)
        values[i] = 100 + (double)i;
    assert_trend(values, 31, erfc(464 / sqrt(31 * 30 * 67 / 18.0) / sqrt(2)), 31.0 / 115);
    struct trend exact;
    trend_test(values, 30, &exact);
    assert_true(exact.p_value > 0 && exact.p_value < 1e-30);
}

/* The approximation has to meet the exact distribution where both are good. */
static void test_exact_meets_normal(void **state)
{
    (void)state;
    double values[30];
    for (size_t i = 0; i < COUNT(values); i++)
        values[i] = 1000 + (double)((i * 7) % 30) + (double)i / 2;
    struct trend exact, normal;
    trend_test(values, COUNT(values), &exact);
    /* The same order with one tie: hardly another variance, but by the normal distribution. */
    values[0] = values[1] = 1000;
    trend_test(values, COUNT(values), &normal);
    assert_true(exact.p_value > 0.001 && exact.p_value < 0.5);
    assert_near(normal.p_value, exact.p_value, 0.15 * exact.p_value);
}

static void test_stall_does_not_bend_the_slope(void **state)
{
    (void)state;
    const double stalled[] = {100, 101, 99, 100, 0, 100, 99, 101, 100, 100};
    struct trend trend;
    trend_test(stalled, COUNT(stalled), &trend);
    assert_near(trend.change, 0, 0.005);
    assert_true(trend.p_value > 0.3);
}

static void test_too_few(void **state)
{
    (void)state;
    const double values[] = {1, 2}, no_level[] = {-1, 0, 1};
    struct trend trend;
    for (size_t n = 0; n < TREND_MIN_VALUES; n++) {
        trend_test(values, n, &trend);
        assert_true(isnan(trend.p_value) && isnan(trend.change));
    }
    trend_test(no_level, COUNT(no_level), &trend);
    assert_near(trend.p_value, 2.0 / 6, 1e-12);
    assert_true(isnan(trend.change));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exact_p_value),
        cmocka_unit_test(test_no_trend),
        cmocka_unit_test(test_ties),
        cmocka_unit_test(test_long_series),
        cmocka_unit_test(test_exact_meets_normal),
        cmocka_unit_test(test_stall_does_not_bend_the_slope),
        cmocka_unit_test(test_too_few),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The exact coverage is that of the rank statistic, counted over all orders of five and five, and of five and seven, values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <gsl/gsl_randist.h>

#include "base/random.h"
#include "statistics/independent_ratio.h"

#include "near.h"

#include "base/banned.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void test_bounds_are_ranked_differences(void **state)
{
    (void)state;
    const double a[] = {1, 2, 4, 8, 16};
    const double b[] = {1, 32, 1024, 32768, 1048576}; /* the exponents' differences are -4, -3 … 20 */
    struct interval interval;
    interval_of_independent_ratio(a, 5, b, 5, &interval);
    assert_int_equal(interval.n, 5);
    assert_true(interval.has_bounds);
    assert_string_equal(interval.method, "rank-sum test");
    /* The 3rd and the 23rd of the 25: P(U <= 2) is 4 of 252. */
    assert_near(log2(interval.estimate), 8, 1e-9);
    assert_near(log2(interval.low), -2, 1e-9);
    assert_near(log2(interval.high), 18, 1e-9);
}

static void test_the_other_way_round_is_the_inverse(void **state)
{
    (void)state;
    const double a[] = {3, 1.5, 9, 2.2, 4, 7}, b[] = {5, 2.5, 3.5, 11, 8};
    struct interval there, back;
    interval_of_independent_ratio(a, COUNT(a), b, COUNT(b), &there);
    interval_of_independent_ratio(b, COUNT(b), a, COUNT(a), &back);
    assert_int_equal(there.n, 5);
    assert_near(there.estimate * back.estimate, 1, 1e-12);
    assert_near(there.low * back.high, 1, 1e-12);
    assert_near(there.high * back.low, 1, 1e-12);
}

static void test_few_values_have_no_bounds(void **state)
{
    (void)state;
    const double a[] = {1, 1, 1, 1}, b[] = {2, 2, 2, 2, 2, 2};
    struct interval interval;
    interval_of_independent_ratio(a, 4, b, 6, &interval);
    assert_false(interval.has_bounds);
    assert_near(interval.estimate, 2, 1e-12);
    assert_true(isnan(interval.low));
    interval_of_independent_ratio(a, 0, b, 6, &interval);
    assert_int_equal(interval.n, 0);
    assert_true(isnan(interval.estimate));
}

/* The share of 2,000 experiments whose interval holds the true ratio of 1.5. */
static double coverage(size_t na, size_t nb)
{
    gsl_rng *stream = random_stream(1, "independent ratio");
    double a[60], b[60];
    int covered = 0;
    assert_true(na <= COUNT(a) && nb <= COUNT(b));
    for (int experiment = 0; experiment < 2000; experiment++) {
        for (size_t i = 0; i < na; i++)
            a[i] = gsl_ran_lognormal(stream, 3, 0.4);
        for (size_t i = 0; i < nb; i++)
            b[i] = 1.5 * gsl_ran_lognormal(stream, 3, 0.4);
        struct interval interval;
        interval_of_independent_ratio(a, na, b, nb, &interval);
        covered += interval.low <= 1.5 && interval.high >= 1.5;
    }
    gsl_rng_free(stream);
    return covered / 2000.0;
}

/* Exact: 0.9683, 0.9520 and by the normal approximation about 0.95; within four standard errors of a simulation. */
static void test_coverage_is_the_nominal_one(void **state)
{
    (void)state;
    assert_near(coverage(5, 5), 0.9683, 0.016);
    assert_near(coverage(5, 7), 0.9520, 0.019);
    assert_near(coverage(8, 60), 0.95, 0.02);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bounds_are_ranked_differences),
        cmocka_unit_test(test_the_other_way_round_is_the_inverse),
        cmocka_unit_test(test_few_values_have_no_bounds),
        cmocka_unit_test(test_coverage_is_the_nominal_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

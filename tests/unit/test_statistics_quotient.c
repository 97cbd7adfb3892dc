/* SPDX-License-Identifier: Apache-2.0 */
/* One ratio to another by their intervals. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <gsl/gsl_randist.h>

#include <cmocka.h>

#include "base/random.h"
#include "statistics/quotient.h"

static struct interval interval(size_t n, double estimate, double low, double high)
{
    return (struct interval){.n = n, .estimate = estimate, .has_bounds = n >= 5, .low = low, .high = high};
}

static void assert_near(double value, double expected)
{
    assert_true(fabs(value - expected) <= 1e-9 * fabs(expected));
}

static void test_by_hand(void **state)
{
    (void)state;
    /* On the logarithms 0 ± 3 and 1 ± 4: 1 ± 5. */
    struct interval a = interval(9, 1, exp(-3), exp(3)), b = interval(7, exp(1), exp(-3), exp(5)), quotient;
    interval_of_quotient(&a, &b, &quotient);
    assert_int_equal(quotient.n, 7);
    assert_near(quotient.estimate, exp(1));
    assert_near(quotient.low, exp(-4));
    assert_near(quotient.high, exp(6));
}

static void test_what_is_not_symmetric_stays_so(void **state)
{
    (void)state;
    struct interval a = interval(5, 2, 2, 4), b = interval(5, 2, 1, 2), quotient;
    interval_of_quotient(&a, &b, &quotient);
    assert_near(quotient.estimate, 1);
    assert_near(quotient.low, exp(-hypot(log(2), log(2))));
    assert_near(quotient.high, 1);
}

static void test_without_bounds(void **state)
{
    (void)state;
    struct interval a = interval(9, 2, 1, 3), few = interval(4, 6, (double)NAN, (double)NAN), none = {0}, quotient;
    interval_of_quotient(&a, &few, &quotient);
    assert_near(quotient.estimate, 3);
    assert_false(quotient.has_bounds);
    assert_true(isnan(quotient.low) && isnan(quotient.high));
    none.estimate = (double)NAN;
    interval_of_quotient(&a, &none, &quotient);
    assert_int_equal(quotient.n, 0);
    assert_true(isnan(quotient.estimate));
}

/* Of normal logarithms whose intervals are right the quotient's is, too: 95 % of 4,000, give or take five standard errors. */
static void test_level(void **state)
{
    (void)state;
    enum { REPETITIONS = 4000 };
    const double spread_a = 0.02, spread_b = 0.05;
    gsl_rng *stream = random_stream(1, "quotient");
    int covered = 0;
    for (int i = 0; i < REPETITIONS; i++) {
        double a = gsl_ran_gaussian(stream, spread_a), b = log(1.5) + gsl_ran_gaussian(stream, spread_b);
        struct interval left = interval(9, exp(a), exp(a - 1.96 * spread_a), exp(a + 1.96 * spread_a));
        struct interval right = interval(9, exp(b), exp(b - 1.96 * spread_b), exp(b + 1.96 * spread_b)), quotient;
        interval_of_quotient(&left, &right, &quotient);
        covered += quotient.low < 1.5 && quotient.high > 1.5;
    }
    gsl_rng_free(stream);
    assert_in_range(covered, 3731, 3869);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_what_is_not_symmetric_stays_so),
        cmocka_unit_test(test_without_bounds),
        cmocka_unit_test(test_level),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

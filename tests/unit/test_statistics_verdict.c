/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "near.h"
#include "statistics/detectable.h"
#include "statistics/verdict.h"

static const struct interval between = {.n = 9, .estimate = 1, .has_bounds = true, .low = 0.9, .high = 1.1};
static const struct interval unknown = {.n = 4, .estimate = 1, .low = NAN, .high = NAN};

static void test_verdicts(void **state)
{
    (void)state;
    assert_int_equal(verdict_judge(&between, 0.8, 1.25), VERDICT_HOLDS);
    assert_int_equal(verdict_judge(&between, 0.9, 1.1), VERDICT_HOLDS); /* a bound belongs to the range */
    assert_int_equal(verdict_judge(&between, 0.5, INFINITY), VERDICT_HOLDS);
    assert_int_equal(verdict_judge(&between, -INFINITY, 0.89), VERDICT_FAILS);
    assert_int_equal(verdict_judge(&between, 1.11, 2), VERDICT_FAILS);
    assert_int_equal(verdict_judge(&between, -INFINITY, 0.9), VERDICT_UNDECIDED);
    assert_int_equal(verdict_judge(&between, 1.1, INFINITY), VERDICT_UNDECIDED);
    assert_int_equal(verdict_judge(&between, 0.95, 2), VERDICT_UNDECIDED);
    assert_int_equal(verdict_judge(&between, 0, 1.05), VERDICT_UNDECIDED);
    assert_int_equal(verdict_judge(&between, 0.95, 1.05), VERDICT_UNDECIDED); /* crosses both */
    assert_int_equal(verdict_judge(&unknown, -INFINITY, INFINITY), VERDICT_UNDECIDED);
}

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(verdict_name(VERDICT_HOLDS), "holds");
    assert_string_equal(verdict_name(VERDICT_FAILS), "fails");
    assert_string_equal(verdict_name(VERDICT_UNDECIDED), "undecided");
}

static void test_half_width(void **state)
{
    (void)state;
    const struct interval rate = {.n = 5, .estimate = 200, .has_bounds = true, .low = 190, .high = 220};
    assert_near(interval_half_width(&rate), 0.075, 1e-15);
    assert_true(isnan(interval_half_width(&unknown)));
}

static void test_detectable(void **state)
{
    (void)state;
    const struct interval exact = {.n = 5, .estimate = 2, .has_bounds = true, .low = 2, .high = 2};
    /* z(0.8) = 0.841621, z(0.975) = 1.959964: 1.1^1.429406 - 1, whatever the ratio itself is. */
    const struct interval wide = {.n = 5, .estimate = 2, .has_bounds = true, .low = 2 / 1.1, .high = 2 * 1.1};
    assert_near(detectable_share(&exact), 0, 1e-15);
    assert_near(detectable_share(&wide), 0.145953, 1e-6);
    assert_true(isnan(detectable_share(&unknown)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_verdicts),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_half_width),
        cmocka_unit_test(test_detectable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The throughput from block to block, on rates whose drift is known. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/drift.h"

#include "near.h"

#include "base/banned.h"

#define NONE ((double)NAN)

static void test_fast_and_slow_pairs_weigh_the_same(void **state)
{
    (void)state;
    /* The fast pair halves in the second block, the slow one doubles: together nothing changed. */
    const double rates[] = {1000000, 500000, 1000, 2000};
    struct drift drift;
    drift_measure(rates, 2, 2, &drift);
    assert_int_equal(drift.count, 2);
    assert_near(drift.relative[0], 1, 0);
    assert_near(drift.relative[1], 1, 1e-12);
    drift_release(&drift);
}

static void test_a_pair_that_lacks_a_block_does_not_tilt_it(void **state)
{
    (void)state;
    /* Both are as fast in every block; without the fast one the second block is no slower. */
    const double rates[] = {800, NONE, 800, 20, 20, 20};
    struct drift drift;
    drift_measure(rates, 2, 3, &drift);
    for (size_t i = 0; i < 3; i++)
        assert_near(drift.relative[i], 1, 1e-12);
    drift_release(&drift);
}

static void test_a_fall_from_block_to_block(void **state)
{
    (void)state;
    double rates[2 * 6];
    for (int block = 0; block < 6; block++) {
        rates[block] = 1000 * pow(0.9, block);
        rates[6 + block] = 10 * pow(0.9, block);
    }
    struct drift drift;
    drift_measure(rates, 2, 6, &drift);
    assert_near(drift.relative[5], pow(0.9, 5), 1e-12);
    assert_true(drift.trend.p_value < 0.01);
    assert_true(drift.trend.change < -0.3);
    drift_release(&drift);
}

static void test_an_empty_block_has_no_value(void **state)
{
    (void)state;
    const double rates[] = {NONE, 100, NONE, 110};
    struct drift drift;
    drift_measure(rates, 1, 4, &drift);
    assert_true(isnan(drift.relative[0]));
    assert_near(drift.relative[1], 1, 0); /* the first that has a value */
    assert_true(isnan(drift.relative[2]));
    assert_near(drift.relative[3], 1.1, 1e-12);
    assert_true(isnan(drift.trend.p_value)); /* two values show no trend */
    drift_release(&drift);
}

static void test_nothing(void **state)
{
    (void)state;
    struct drift drift;
    drift_measure(NULL, 0, 0, &drift);
    assert_int_equal(drift.count, 0);
    assert_true(isnan(drift.trend.p_value));
    drift_release(&drift);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fast_and_slow_pairs_weigh_the_same),
        cmocka_unit_test(test_a_pair_that_lacks_a_block_does_not_tilt_it),
        cmocka_unit_test(test_a_fall_from_block_to_block),
        cmocka_unit_test(test_an_empty_block_has_no_value),
        cmocka_unit_test(test_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

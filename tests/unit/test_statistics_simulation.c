/* SPDX-License-Identifier: Apache-2.0 */
/* What the tools statistics_coverage, statistics_stopping and statistics_power tabulate, in short, with fixed seeds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tools/statistics_simulation.h"

#define REPETITIONS 2000
#define BOOTSTRAPS 200

/* Three standard errors of a share of about 0.95. */
static double margin(int repetitions)
{
    return 3 * sqrt(0.95 * 0.05 / repetitions);
}

static void assert_covers(enum model model, bool is_ratio, size_t n, int repetitions, double least, double most)
{
    double coverage = simulate(model, is_ratio, n, repetitions, simulation_kbench).coverage;
    if (coverage < least - margin(repetitions) || coverage > most + margin(repetitions))
        fail_msg("%s of %zu %s trials: covered %.4f", is_ratio ? "ratio" : "median", n, model_name(model), coverage);
}

static void test_medians_are_covered(void **state)
{
    (void)state;
    for (size_t n = 5; n <= 15; n++) {
        assert_covers(MODEL_NORMAL, false, n, REPETITIONS, 0.9375, 0.96);
        assert_covers(MODEL_LOG_NORMAL, false, n, REPETITIONS, 0.9375, 0.96);
        /* What a steady drift adds is not by chance: the trials lie more evenly around the middle. */
        assert_covers(MODEL_DRIFT, false, n, REPETITIONS, 0.9375, 1);
    }
    assert_covers(MODEL_LOG_NORMAL, false, INTERVAL_BCA_MIN_TRIALS, BOOTSTRAPS, 0.93, 0.97);
}

/* One client under two names: the ratio is 1, and an interval without it would call a difference. */
static void test_a_a_calls_one_in_twenty(void **state)
{
    (void)state;
    for (int model = 0; model < MODEL_COUNT; model++)
        for (size_t n = 5; n <= 15; n++)
            assert_covers((enum model)model, true, n, REPETITIONS, 0.95, 0.965);
}

static void test_stopping_keeps_the_coverage(void **state)
{
    (void)state;
    static const double cases[][2] = {{0.03, 0.04},
                                      {0.03, 0.05},
                                      {0.05, 0.08},
                                      {0.10, 0.15}}; /* where looks cost most */
    double plain = 0, corrected = 0;
    for (size_t i = 0; i < 4; i++) {
        plain += simulate_stopping(cases[i][0], cases[i][1], INTERVAL_CONFIDENCE, REPETITIONS).coverage / 4;
        corrected += simulate_stopping(cases[i][0], cases[i][1], STOPPING_CONFIDENCE, REPETITIONS).coverage / 4;
    }
    assert_true(plain < 0.93); /* else there would be nothing to correct */
    assert_true(corrected > 0.935 && corrected < 0.97);
}

static void test_stopping(void **state)
{
    (void)state;
    const double narrow[] = {100, 101, 99, 100, 102, 98}, wide[] = {100, 150, 70, 101, 99, 98};
    struct interval interval;
    stopping_interval(narrow, 5, 1, "stopping", &interval);
    assert_true(interval.low == 99 && interval.high == 102);
    assert_true(stopping_is_reached(narrow, 5, 0.0151, 1, "stopping"));
    assert_false(stopping_is_reached(narrow, 5, 0.0149, 1, "stopping"));
    assert_false(stopping_is_reached(wide, 6, 0.1, 1, "stopping"));
    assert_false(stopping_is_reached(narrow, INTERVAL_MIN_TRIALS - 1, 1, 1, "stopping"));
    /* Seven of them: narrower at 95 % than at 97 %, and only the latter counts. */
    const double seven[] = {97, 98.9, 99, 100, 101, 101.1, 103};
    interval_of_median(seven, 7, 1, "stopping", &interval);
    double precision = interval_half_width(&interval);
    assert_false(stopping_is_reached(seven, 7, precision, 1, "stopping"));
}

static void test_detectable_difference_has_power(void **state)
{
    (void)state;
    for (int model = 0; model < MODEL_COUNT; model++)
        for (size_t n = 5; n <= 15; n += 5) {
            double power;
            assert_true(simulate_power((enum model)model, n, REPETITIONS, &power) > 0);
            assert_true(power > 0.77 && power < 0.83);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_medians_are_covered),
        cmocka_unit_test(test_a_a_calls_one_in_twenty),
        cmocka_unit_test(test_stopping_keeps_the_coverage),
        cmocka_unit_test(test_stopping),
        cmocka_unit_test(test_detectable_difference_has_power),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

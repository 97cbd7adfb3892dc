/* SPDX-License-Identifier: Apache-2.0 */
/* The bootstrap's bounds against SciPy's, of the data sets in tests/data/statistics/bca_scipy.json. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <jansson.h>
#include <math.h>

#include "statistics/interval_bca.h"

#define REFERENCE "tests/data/statistics/bca_scipy.json"
#define MAX_VALUES 64
#define SEEDS 20
#define MAX_DEVIATION 4 /* standard errors: by chance alone less than one of 10,000 comparisons goes beyond */

struct bound {
    double mean, sd;
};

static double number(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    assert_true(json_is_number(value));
    return json_number_value(value);
}

static struct bound reference_bound(const json_t *set, const char *resamples, const char *side)
{
    const json_t *bound = json_object_get(json_object_get(set, resamples), side);
    return (struct bound){.mean = number(bound, "mean"), .sd = number(bound, "sd")};
}

static size_t read_sorted(const json_t *set, double *values)
{
    const json_t *array = json_object_get(set, "values");
    size_t n = json_array_size(array);
    assert_in_range(n, 5, MAX_VALUES);
    for (size_t i = 0; i < n; i++)
        values[i] = json_number_value(json_array_get(array, i));
    gsl_sort(values, 1, n);
    return n;
}

/* Of SEEDS seeds. */
static void our_bounds(const double *sorted, size_t n, struct bound *low, struct bound *high)
{
    double lows[SEEDS], highs[SEEDS];
    for (uint64_t seed = 0; seed < SEEDS; seed++)
        interval_bca(sorted, n, 0.95, seed, "scipy", &lows[seed], &highs[seed]);
    *low = (struct bound){gsl_stats_mean(lows, 1, SEEDS), gsl_stats_sd(lows, 1, SEEDS)};
    *high = (struct bound){gsl_stats_mean(highs, 1, SEEDS), gsl_stats_sd(highs, 1, SEEDS)};
}

/* Both are means over seeds. A bound can lie at the edge between two values that resamples take, so that some seeds
 * give the one and some the other: the standard error is of that as well. */
static void assert_same(const char *name, const char *side, struct bound ours, struct bound scipys, double seeds)
{
    double error = sqrt(ours.sd * ours.sd / SEEDS + scipys.sd * scipys.sd / seeds);
    double difference = fabs(ours.mean - scipys.mean);
    if (difference > MAX_DEVIATION * error + 1e-9 * fabs(scipys.mean))
        fail_msg("%s, %s bound: %.12g, SciPy's %.12g, standard error %g", name, side, ours.mean, scipys.mean, error);
}

/* A bound by as few resamples as kbench draws may miss the one by many by no more than it spreads anyhow. */
static void assert_close(const char *name, const char *side, struct bound ours, struct bound many, double spread)
{
    if (fabs(ours.mean - many.mean) > spread + 1e-9 * fabs(many.mean))
        fail_msg("%s, %s bound: %.12g, by many resamples of SciPy %.12g, spread %g", name, side, ours.mean, many.mean,
                 spread);
}

static void check_side(const json_t *set, const char *side, struct bound ours, double seeds)
{
    const char *name = json_string_value(json_object_get(set, "name"));
    struct bound same = reference_bound(set, "same", side);
    assert_same(name, side, ours, same, seeds);
    assert_close(name, side, ours, reference_bound(set, "many", side), 2 * same.sd);
}

static void check_set(const json_t *set, double seeds)
{
    double sorted[MAX_VALUES];
    size_t n = read_sorted(set, sorted);
    struct bound low, high;
    our_bounds(sorted, n, &low, &high);
    check_side(set, "low", low, seeds);
    check_side(set, "high", high, seeds);
}

static void test_bounds_are_scipys(void **state)
{
    (void)state;
    json_error_t error;
    json_t *reference = json_load_file(REFERENCE, 0, &error);
    if (!reference)
        fail_msg("%s: %s", REFERENCE, error.text);
    assert_int_equal(number(json_object_get(reference, "same"), "resamples"), INTERVAL_BCA_RESAMPLES);
    double seeds = number(json_object_get(reference, "same"), "seeds");
    const json_t *sets = json_object_get(reference, "sets");
    assert_true(json_array_size(sets) >= 24);
    for (size_t i = 0; i < json_array_size(sets); i++)
        check_set(json_array_get(sets, i), seeds);
    json_decref(reference);
}

/* Where SciPy gives no bounds, since leaving out any value leaves the median: ours stay finite and around it. */
static void test_jackknife_without_spread(void **state)
{
    (void)state;
    const double equal[] = {42, 42, 42, 42, 42, 42}, nearly[] = {42, 42, 42, 42, 42, 99};
    double low, high;
    interval_bca(equal, 6, 0.95, 1, "equal", &low, &high);
    assert_true(low == 42 && high == 42);
    interval_bca(nearly, 6, 0.95, 1, "nearly", &low, &high);
    assert_true(low == 42 && high >= 42 && high <= 99);
}

static void test_seed_and_label(void **state)
{
    (void)state;
    double values[40], low[3], high[3];
    for (int i = 0; i < 40; i++)
        values[i] = sqrt(i + 1.0) * (i % 7 + 1);
    gsl_sort(values, 1, 40);
    interval_bca(values, 40, 0.95, 11, "a", &low[0], &high[0]);
    interval_bca(values, 40, 0.95, 11, "a", &low[1], &high[1]);
    interval_bca(values, 40, 0.95, 11, "b", &low[2], &high[2]);
    assert_true(low[0] == low[1] && high[0] == high[1]);
    assert_true(low[0] != low[2] || high[0] != high[2]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bounds_are_scipys),
        cmocka_unit_test(test_jackknife_without_spread),
        cmocka_unit_test(test_seed_and_label),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "base/text.h"
#include "measure/histogram.h"

#define VALUES 20000
#define HOUR_NS INT64_C(3600000000000)

static int compare(const void *a, const void *b)
{
    int64_t left, right;
    memcpy(&left, a, sizeof left);
    memcpy(&right, b, sizeof right);
    return (left > right) - (left < right);
}

/* At least `value`, and above it by less than its third digit or, for small values, one unit of 512 ns. */
static void assert_same_to_three_digits(int64_t reported, int64_t value)
{
    int64_t tolerance = value / 1000 > 511 ? value / 1000 : 511;
    if (reported < value || reported > value + tolerance)
        fail_msg("%lld is not %lld to three digits", (long long)reported, (long long)value);
}

/* All of a histogram against the sorted values themselves. */
static void check_distribution(const char *name, int64_t (*draw)(gsl_rng *stream))
{
    gsl_rng *stream = random_stream(7, name);
    struct histogram *histogram = histogram_new_latency();
    int64_t *values = memory_zeroed(VALUES, sizeof *values);
    long double sum = 0;
    for (size_t i = 0; i < VALUES; i++) {
        values[i] = draw(stream);
        sum += (long double)values[i];
        assert_true(histogram_record(histogram, values[i], 1));
    }
    qsort(values, VALUES, sizeof *values, compare);

    assert_int_equal(histogram_count(histogram), VALUES);
    assert_in_range(values[0] - histogram_min(histogram), 0, values[0] / 1000 > 511 ? values[0] / 1000 : 511);
    assert_same_to_three_digits(histogram_max(histogram), values[VALUES - 1]);
    assert_true(fabs(histogram_mean(histogram) / (double)(sum / VALUES) - 1) < 0.0005);
    /* At k/VALUES exactly the k smallest values lie at or below. */
    for (size_t k = 1; k <= VALUES; k += 1 + k / 50)
        assert_same_to_three_digits(histogram_percentile(histogram, 100 * (double)k / VALUES), values[k - 1]);
    assert_int_equal(histogram_percentile(histogram, 100), histogram_max(histogram));
    assert_int_equal(histogram_percentile(histogram, 0), histogram_min(histogram));

    free(values);
    histogram_free(histogram);
    gsl_rng_free(stream);
}

static int64_t draw_uniform(gsl_rng *stream)
{
    return (int64_t)gsl_rng_uniform_int(stream, 100000000);
}

/* Each power of ten from 1 µs to 1 h as likely as the others. */
static int64_t draw_all_magnitudes(gsl_rng *stream)
{
    return (int64_t)pow(10, 3 + 9.5 * gsl_rng_uniform(stream));
}

static int64_t draw_two_modes(gsl_rng *stream)
{
    return gsl_rng_uniform(stream) < 0.99 ? 1200000 + (int64_t)gsl_rng_uniform_int(stream, 1000) : 2500000000;
}

static void test_percentiles_are_the_sorted_values(void **state)
{
    (void)state;
    check_distribution("uniform", draw_uniform);
    check_distribution("magnitudes", draw_all_magnitudes);
    check_distribution("modes", draw_two_modes);
}

/* Every value finds the counter whose bounds enclose it, and counters are as narrow as the digits promise. */
static void test_every_value_in_its_counter(void **state)
{
    (void)state;
    struct histogram *histogram = histogram_new_latency();
    for (int64_t value = 1; value <= HOUR_NS; value += 1 + value / 777) {
        histogram_reset(histogram);
        assert_true(histogram_record(histogram, value, 1));
        int64_t low = histogram_min(histogram), high = histogram_max(histogram);
        assert_true(low <= value && value <= high);
        assert_true(high - low < 512 || (high - low) * 1000 <= value);
    }
    histogram_free(histogram);
}

static void test_empty(void **state)
{
    (void)state;
    struct histogram_point point;
    struct histogram *histogram = histogram_new_latency();
    for (int round = 0; round < 2; round++) {
        assert_int_equal(histogram_count(histogram), 0);
        assert_int_equal(histogram_min(histogram), 0);
        assert_int_equal(histogram_max(histogram), 0);
        assert_true(histogram_mean(histogram) == 0);
        assert_int_equal(histogram_percentile(histogram, 99), 0);
        assert_int_equal(histogram_distribution(histogram, 5, &point, 1), 0);
        histogram_record(histogram, 5000000, 3);
        assert_int_equal(histogram_count(histogram), 3);
        histogram_reset(histogram);
    }
    histogram_free(histogram);
}

static void test_nothing_is_lost_outside_the_range(void **state)
{
    (void)state;
    struct histogram *histogram = histogram_new_latency();
    assert_true(histogram_record(histogram, HOUR_NS, 1));
    assert_false(histogram_record(histogram, HOUR_NS + 1, 2));
    assert_false(histogram_record(histogram, INT64_MAX, 4));
    int64_t highest = histogram_max(histogram);
    assert_int_equal(histogram_percentile(histogram, 1), highest);
    assert_false(histogram_record(histogram, -1, 8));
    assert_int_equal(histogram_min(histogram), 0);
    assert_int_equal(histogram_count(histogram), 15);
    assert_true(histogram_record(histogram, 1000, 0)); /* nothing to count */
    assert_int_equal(histogram_count(histogram), 15);
    histogram_free(histogram);
}

static void test_impossible_configurations(void **state)
{
    (void)state;
    const struct {
        int64_t lowest, highest;
        int digits;
    } impossible[] = {
        {0, 1000, 3},
        {-1, 1000, 3},
        {1000, 1999, 3},
        {1, 1000, 0},
        {1, 1000, 6},
        {INT64_MAX / 2 + 1, INT64_MAX, 3},
        {INT64_C(1) << 60, INT64_MAX, 5},
        {1, -1, 3},
    };
    for (size_t i = 0; i < sizeof impossible / sizeof impossible[0]; i++)
        assert_null(histogram_new(impossible[i].lowest, impossible[i].highest, impossible[i].digits));
    struct histogram *widest = histogram_new(1, INT64_MAX, 5);
    assert_non_null(widest);
    assert_true(histogram_record(widest, INT64_MAX, 1));
    assert_int_equal(histogram_max(widest), INT64_MAX);
    histogram_free(widest);
}

static void test_merge_is_recording_both(void **state)
{
    (void)state;
    gsl_rng *stream = random_stream(11, "merge");
    struct histogram *parts[2] = {histogram_new_latency(), histogram_new_latency()};
    struct histogram *both = histogram_new_latency();
    for (int i = 0; i < 5000; i++) {
        int64_t value = draw_all_magnitudes(stream);
        histogram_record(parts[i % 2], value, i % 3 + 1);
        histogram_record(both, value, i % 3 + 1);
    }
    assert_true(histogram_merge(parts[0], parts[1]));
    struct error error = ERROR_INIT;
    char *merged = histogram_encode(parts[0], &error), *expected = histogram_encode(both, &error);
    assert_string_equal(merged, expected);
    assert_int_equal(histogram_count(parts[0]), histogram_count(both));

    struct histogram *other = histogram_new(1000, HOUR_NS, 2);
    histogram_record(other, 5000, 1);
    assert_false(histogram_merge(parts[0], other));
    histogram_record(parts[1], 5000, INT64_MAX - histogram_count(parts[1]));
    assert_false(histogram_merge(parts[0], parts[1])); /* their sum cannot be counted */
    assert_int_equal(histogram_count(parts[0]), histogram_count(both));

    free(merged);
    free(expected);
    histogram_free(other);
    histogram_free(both);
    histogram_free(parts[0]);
    histogram_free(parts[1]);
    gsl_rng_free(stream);
}

/* 1000 values, 1 ms to 1 s: the axis has five steps to 50 %, five to 75 % and so on, and ends with 100 %. */
static void test_distribution(void **state)
{
    (void)state;
    static struct histogram_point points[256];
    struct histogram *histogram = histogram_new_latency();
    for (int64_t i = 1; i <= 1000; i++)
        histogram_record(histogram, i * 1000000, 1);
    size_t count = histogram_distribution(histogram, 5, points, 256);
    const double first[] = {0, 10, 20, 30, 40, 50, 55, 60, 65, 70, 75, 77.5};
    for (size_t i = 0; i < sizeof first / sizeof first[0]; i++) {
        assert_true(fabs(points[i].percentile - first[i]) < 1e-9);
        int64_t expected = first[i] > 0 ? (int64_t)(first[i] * 10) : 1;
        assert_int_equal(points[i].cumulative, expected);
        assert_same_to_three_digits(points[i].value, expected * 1000000);
    }
    assert_true(points[count - 1].percentile == 100);
    assert_int_equal(points[count - 1].cumulative, 1000);
    assert_int_equal(points[count - 1].value, histogram_max(histogram));
    for (size_t i = 1; i < count; i++)
        assert_true(points[i].percentile > points[i - 1].percentile && points[i].value >= points[i - 1].value);
    assert_int_equal(histogram_distribution(histogram, 5, points, 7), 7);
    histogram_free(histogram);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_percentiles_are_the_sorted_values),
        cmocka_unit_test(test_every_value_in_its_counter),
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_nothing_is_lost_outside_the_range),
        cmocka_unit_test(test_impossible_configurations),
        cmocka_unit_test(test_merge_is_recording_both),
        cmocka_unit_test(test_distribution),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The collector's arithmetic: no thread, no FIFO; one test feeds blocks of odd sizes as a FIFO might give them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "base/text.h"
#include "measure/collector.h"
#include "measure/sample_carry.h"
#include "tools/samples.h"

#define S INT64_C(1000000000)
#define MS INT64_C(1000000)
#define HOUR (3600 * S)
#define START (INT64_C(5000) * S)

/* A trial of ten seconds at most with a window from its 2nd to its 5th. */
static const struct collector_options windowed = {.record_size_bytes = 100,
                                                  .start_ns = START,
                                                  .window_start_ns = START + 2 * S,
                                                  .window_end_ns = START + 5 * S,
                                                  .max_length_ns = 10 * S};
/* A trial bounded by records, without a warm-up. */
static const struct collector_options bounded = {.record_size_bytes = 100,
                                                 .start_ns = START,
                                                 .window_start_ns = START,
                                                 .window_end_ns = INT64_MAX,
                                                 .max_length_ns = 60 * S};

static void feed(struct collector *collector, int64_t start_ns, int64_t end_ns, int32_t count, int32_t status)
{
    unsigned char sample[SAMPLE_BYTES];
    sample_write(sample, start_ns, end_ns, count, status);
    collector_consume(collector, sample, 1);
}

/* What holds of every result: nothing is in one place and missing in another. */
static void assert_consistent(const struct measure_result *result)
{
    const struct series *both[] = {&result->seconds, &result->tenths};
    for (size_t s = 0; s < 2; s++) {
        int64_t records = 0, bytes = 0, failed = 0;
        for (size_t i = 0; i < both[s]->count; i++) {
            records += both[s]->points[i].records;
            bytes += both[s]->points[i].bytes;
            failed += both[s]->points[i].failed;
        }
        assert_int_equal(records, result->total_records);
        assert_int_equal(bytes, result->total_records * 100);
        assert_int_equal(failed, result->total_failed);
    }
    assert_int_equal(result->bytes, result->records * 100);
    assert_int_equal(result->seconds.interval_ns, S);
    assert_int_equal(result->tenths.interval_ns, 100 * MS);
    for (size_t i = 0; i < result->tenths.count; i++)
        assert_int_equal(result->tenths.points[i].p50_ns, -1);
}

static void test_no_samples(void **state)
{
    (void)state;
    struct collector *collector = collector_new(&windowed);
    collector_consume(collector, NULL, 0);
    const struct measure_result *result = collector_result(collector);
    assert_consistent(result);
    assert_int_equal(result->samples, 0);
    assert_int_equal(result->records, 0);
    assert_int_equal(result->first_start_ns, 0);
    assert_int_equal(result->last_end_ns, 0);
    assert_int_equal(result->seconds.count, 0);
    assert_int_equal(histogram_count(result->latency), 0);
    assert_int_equal(result->window_start_ns, START + 2 * S);
    assert_int_equal(result->window_end_ns, START + 5 * S);
    collector_free(collector);
}

static void test_window_is_half_open_and_by_end(void **state)
{
    (void)state;
    struct collector *collector = collector_new(&windowed);
    feed(collector, START + 2 * S - 5 * MS, START + 2 * S - 1, 1, 0);
    feed(collector, START + S, START + 2 * S, 2, 0); /* the first in it, though it started before */
    feed(collector, START + 5 * S - MS, START + 5 * S - 1, 4, 0);
    feed(collector, START + 5 * S - MS, START + 5 * S, 8, 0);
    feed(collector, START + 3 * S, START + 3 * S + MS, 16, 7);
    feed(collector, START + 6 * S, START + 6 * S + MS, 32, -7);
    const struct measure_result *result = collector_result(collector);
    assert_consistent(result);
    assert_int_equal(result->samples, 6);
    assert_int_equal(result->records, 2 + 4);
    assert_int_equal(result->failed, 16);
    assert_int_equal(result->total_records, 1 + 2 + 4 + 8);
    assert_int_equal(result->total_failed, 16 + 32);
    assert_int_equal(histogram_count(result->latency), 6);
    assert_int_equal(result->latency_sum_ns, 2 * S + 4 * (MS - 1));
    assert_int_equal(result->first_start_ns, START + S);
    assert_int_equal(result->last_end_ns, START + 6 * S + MS);
    assert_int_equal(collector_records_so_far(collector), 15);
    collector_free(collector);
}

static void test_window_of_a_trial_bounded_by_records(void **state)
{
    (void)state;
    struct collector *collector = collector_new(&bounded);
    const struct measure_result *result = collector_result(collector);
    assert_int_equal(result->window_end_ns, result->window_start_ns); /* nothing happened: it has no length */
    feed(collector, START + 300 * MS, START + 310 * MS, 1, 0);
    feed(collector, START + 305 * MS, START + 900 * MS, 1, 0);
    result = collector_result(collector);
    assert_consistent(result);
    assert_int_equal(result->window_start_ns, START + 300 * MS); /* connecting does not count */
    assert_int_equal(result->window_end_ns, START + 900 * MS);
    assert_int_equal(result->records, 2);
    collector_free(collector);

    /* With a warm-up the window starts where it was given. */
    struct collector_options options = bounded;
    options.window_start_ns = START + 500 * MS;
    collector = collector_new(&options);
    feed(collector, START + 300 * MS, START + 310 * MS, 1, 0);
    assert_int_equal(collector_result(collector)->window_end_ns, START + 500 * MS); /* not before its start */
    feed(collector, START + 305 * MS, START + 900 * MS, 1, 0);
    result = collector_result(collector);
    assert_int_equal(result->window_start_ns, START + 500 * MS);
    assert_int_equal(result->window_end_ns, START + 900 * MS);
    assert_int_equal(result->records, 1);
    collector_free(collector);
}

static void test_nothing_odd_is_lost(void **state)
{
    (void)state;
    struct collector *collector = collector_new(&bounded);
    feed(collector, START + 20 * MS, START + 10 * MS, 1, 0); /* negative */
    feed(collector, START + 20 * MS, START + 10 * MS, 1, 3); /* negative and failed */
    feed(collector, START - 1, START + MS, 1, 0);            /* before the start */
    feed(collector, START - 2, START - 1, 1, 0);             /* wholly before it */
    feed(collector, START, START + HOUR, 1, 0);              /* the most there is room for */
    feed(collector, START, START + HOUR + 1, 1, 0);          /* out of range, beyond the last interval */
    feed(collector, INT64_MIN, START + MS, 1, 0);            /* a distance that no int64_t holds */
    feed(collector, START + MS, START + 2 * MS, 0, 0);       /* malformed */
    feed(collector, START + MS, START + 2 * MS, -5, 0);      /* malformed */
    const struct measure_result *result = collector_result(collector);
    assert_consistent(result);
    assert_int_equal(result->samples, 9);
    assert_int_equal(result->malformed, 2);
    assert_int_equal(result->negative, 2);
    assert_int_equal(result->before_start, 3);
    assert_int_equal(result->out_of_range, 2);
    assert_int_equal(result->late, 1); /* the one that came after those in the last interval */
    assert_int_equal(result->total_records, 6);
    assert_int_equal(result->total_failed, 1);
    assert_int_equal(result->records, 5);                           /* all but what ended before the start */
    assert_int_equal(histogram_count(result->latency), 4);          /* and but the negative one */
    assert_int_equal(result->latency_sum_ns, INT64_MAX);            /* the sum of nonsense stays at its bound */
    assert_true(histogram_percentile(result->latency, 50) >= HOUR); /* what is out of range is at its end */
    assert_int_equal(result->seconds.count, 60);
    assert_int_equal(result->seconds.points[59].records, 2);
    assert_int_equal(result->seconds.points[0].records, 4);
    collector_free(collector);
}

/*
 * Seconds keep their percentiles while they are among the last eight; what comes later is counted, in everything
 * else.
 */
static void test_late_samples(void **state)
{
    (void)state;
    struct collector *collector = collector_new(&bounded);
    feed(collector, START, START + 10 * MS, 1, 0);
    feed(collector, START + 7 * S, START + 7 * S + MS, 1, 0);
    feed(collector, START, START + 30 * MS, 1, 0); /* late, but not too late */
    feed(collector, START + 8 * S, START + 8 * S + MS, 1, 0);
    feed(collector, START, START + 900 * MS, 1, 0); /* too late */
    feed(collector, START + S, START + S + 5 * MS, 1, 0);
    feed(collector, START + 50 * S, START + 50 * S + 2 * MS, 1, 0); /* a gap */
    feed(collector, START + 43 * S, START + 43 * S + 3 * MS, 1, 0); /* the oldest that is open */
    for (int round = 0; round < 2; round++) {                       /* to read the result changes nothing */
        const struct measure_result *result = collector_result(collector);
        assert_consistent(result);
        assert_int_equal(result->late, 1);
        assert_int_equal(result->total_records, 8);
        assert_int_equal(histogram_count(result->latency), 8);
        assert_int_equal(result->seconds.count, 51);
        assert_int_equal(result->tenths.count, 501);
        assert_int_equal(result->seconds.points[0].records, 3);
        assert_in_range(result->seconds.points[0].p50_ns, 10 * MS, 10 * MS + 16384);
        assert_in_range(result->seconds.points[0].max_ns, 30 * MS, 30 * MS + 16384);
        assert_in_range(result->seconds.points[1].p99_ns, 5 * MS, 5 * MS + 8192);
        assert_int_equal(result->seconds.points[2].max_ns, -1);
        assert_in_range(result->seconds.points[8].max_ns, MS, MS + 1024);
        assert_in_range(result->seconds.points[43].max_ns, 3 * MS, 3 * MS + 4096);
        assert_int_equal(result->seconds.points[49].p50_ns, -1);
        assert_in_range(result->seconds.points[50].p50_ns, 2 * MS, 2 * MS + 2048);
        assert_int_equal(result->tenths.points[0].records, 2);
        assert_int_equal(result->tenths.points[9].records, 1);
    }
    collector_free(collector);
}

static void test_times_set_before_the_first_sample(void **state)
{
    (void)state;
    struct collector_options options = windowed;
    options.start_ns = 0;
    struct collector *collector = collector_new(&options);
    collector_set_times(collector, START, START + S, START + 2 * S);
    feed(collector, START, START + 1500 * MS, 1, 0);
    const struct measure_result *result = collector_result(collector);
    assert_consistent(result);
    assert_int_equal(result->window_start_ns, START + S);
    assert_int_equal(result->records, 1);
    assert_int_equal(result->before_start, 0);
    assert_int_equal(result->seconds.start_ns, START);
    assert_int_equal(result->seconds.points[1].records, 1);
    collector_free(collector);
}

static int compare(const void *a, const void *b)
{
    int64_t left, right;
    memcpy(&left, a, sizeof left);
    memcpy(&right, b, sizeof right);
    return (left > right) - (left < right);
}

static void assert_percentile(int64_t reported, const int64_t *sorted, size_t count, double percentile)
{
    int64_t exact = sorted[(size_t)(percentile * (double)count / 100 + 0.999999) - 1];
    if (reported < exact || reported > exact + exact / 1000 + 511)
        fail_msg("%g %%: %lld is not %lld to three digits", percentile, (long long)reported, (long long)exact);
}

/* A million samples in the disorder of several drivers, each figure computed here in the simplest way as well. */
static void test_a_million_samples(void **state)
{
    (void)state;
    enum { COUNT = 1000000, SECONDS = 10 };
    gsl_rng *stream = random_stream(3, "samples");
    int64_t *latencies = memory_zeroed(COUNT, sizeof *latencies), *of_third = memory_zeroed(COUNT, sizeof *of_third);
    int64_t acknowledged[SECONDS] = {0}, failed[SECONDS] = {0}, sum = 0;
    size_t in_window = 0, in_third = 0;
    struct collector *collector = collector_new(&windowed);
    for (int64_t i = 0; i < COUNT; i++) {
        int64_t latency = (int64_t)(gsl_rng_uniform(stream) * gsl_rng_uniform(stream) * 3e8) + 1000;
        int64_t end = i * (9 * S / COUNT) + (int64_t)gsl_rng_uniform_int(stream, 500) * MS;
        bool is_failed = i % 97 == 0;
        feed(collector, START + end - latency, START + end, 1, is_failed ? 2 : 0);
        (is_failed ? failed : acknowledged)[end / S]++;
        if (is_failed)
            continue;
        if (end / S == 3)
            of_third[in_third++] = latency;
        if (end < 2 * S || end >= 5 * S)
            continue;
        latencies[in_window++] = latency;
        sum += latency;
    }
    const struct measure_result *result = collector_result(collector);
    assert_consistent(result);
    assert_int_equal(result->samples, COUNT);
    assert_int_equal(result->late + result->negative + result->out_of_range + result->malformed, 0);
    assert_int_equal(result->records, in_window);
    assert_int_equal(histogram_count(result->latency), in_window);
    assert_int_equal(result->latency_sum_ns, sum);
    for (size_t i = 0; i < result->seconds.count; i++) {
        assert_int_equal(result->seconds.points[i].records, acknowledged[i]);
        assert_int_equal(result->seconds.points[i].failed, failed[i]);
    }
    qsort(latencies, in_window, sizeof *latencies, compare);
    qsort(of_third, in_third, sizeof *of_third, compare);
    const double percentiles[] = {1, 50, 95, 99, 99.9, 100};
    for (size_t i = 0; i < 6; i++)
        assert_percentile(histogram_percentile(result->latency, percentiles[i]), latencies, in_window, percentiles[i]);
    assert_percentile(result->seconds.points[3].p50_ns, of_third, in_third, 50);
    assert_percentile(result->seconds.points[3].p99_ns, of_third, in_third, 99);
    assert_percentile(result->seconds.points[3].max_ns, of_third, in_third, 100);
    collector_free(collector);
    free(latencies);
    free(of_third);
    gsl_rng_free(stream);
}

static void test_blocks_of_any_size(void **state)
{
    (void)state;
    enum { COUNT = 20000 };
    static const size_t sizes[] = {1, 23, 24, 25, 47, 1000, 65536};
    unsigned char *bytes = memory_zeroed(COUNT, SAMPLE_BYTES);
    for (int64_t i = 0; i < COUNT; i++)
        sample_write_nth(bytes + i * SAMPLE_BYTES, START, i * 100);
    struct collector *whole = collector_new(&bounded);
    collector_consume(whole, bytes, COUNT);
    const struct measure_result *expected = collector_result(whole);
    struct error error = ERROR_INIT;
    char *payload = histogram_encode(expected->latency, &error);
    for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
        struct collector *collector = collector_new(&bounded);
        struct sample_carry carry = {.length = 0};
        for (size_t at = 0, left = (size_t)COUNT * SAMPLE_BYTES; left > 0;) {
            size_t length = left < sizes[s] ? left : sizes[s];
            sample_carry_feed(&carry, collector, bytes + at, length);
            at += length;
            left -= length;
        }
        const struct measure_result *result = collector_result(collector);
        assert_consistent(result);
        assert_int_equal(carry.length, 0);
        assert_int_equal(result->samples, COUNT);
        assert_int_equal(result->latency_sum_ns, expected->latency_sum_ns);
        assert_int_equal(result->tenths.count, expected->tenths.count);
        assert_memory_equal(result->seconds.points, expected->seconds.points,
                            expected->seconds.count * sizeof *expected->seconds.points);
        char *other = histogram_encode(result->latency, &error);
        assert_string_equal(other, payload);
        free(other);
        collector_free(collector);
    }
    free(payload);
    collector_free(whole);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_samples),
        cmocka_unit_test(test_window_is_half_open_and_by_end),
        cmocka_unit_test(test_window_of_a_trial_bounded_by_records),
        cmocka_unit_test(test_nothing_odd_is_lost),
        cmocka_unit_test(test_late_samples),
        cmocka_unit_test(test_times_set_before_the_first_sample),
        cmocka_unit_test(test_a_million_samples),
        cmocka_unit_test(test_blocks_of_any_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

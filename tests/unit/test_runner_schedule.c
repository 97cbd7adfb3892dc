/* SPDX-License-Identifier: Apache-2.0 */
/* The arrivals of an open load: at the asked mean rate exactly, as scattered as a Poisson process, the same again. */
#include <endian.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "folder.h"
#include "near.h"
#include "runner/schedule.h"

/* The offsets; the caller frees. */
static int64_t *make(uint64_t seed, double rate, int producers, size_t producer, struct schedule *schedule)
{
    const struct experiment experiment = {.design = {.seed = seed}};
    const struct experiment_case c = {.rate_per_sec = rate, .producers = producers, .arrivals = ARRIVALS_POISSON};
    struct error error = ERROR_INIT;
    struct text content = TEXT_INIT;
    if (!schedule_make(&experiment, &c, producer, folder, schedule, &error) ||
        !file_read(schedule->file, 16 << 20, &content, &error))
        fail_msg("%s", error.message);
    assert_int_equal(content.length, (size_t)schedule->records * sizeof(int64_t));
    int64_t *offsets = memory_zeroed((size_t)schedule->records, sizeof *offsets);
    memcpy(offsets, content.bytes, content.length);
    for (int64_t i = 0; i < schedule->records; i++)
        offsets[i] = (int64_t)le64toh((uint64_t)offsets[i]);
    text_release(&content);
    return offsets;
}

static void test_none_for_constant_arrivals(void **state)
{
    (void)state;
    const struct experiment experiment = {.file = NULL};
    const struct experiment_case c = {.rate_per_sec = 100, .producers = 1};
    struct schedule schedule;
    assert_true(schedule_make(&experiment, &c, 0, folder, &schedule, NULL));
    assert_null(schedule.file);
}

static void test_mean_rate_is_exact(void **state)
{
    (void)state;
    struct schedule schedule;
    int64_t *offsets = make(1, 30000, 3, 0, &schedule);
    assert_near((double)schedule.records / ((double)schedule.span_ns / NS_PER_S), 10000, 1e-5);
    assert_int_equal(offsets[0], 0);
    for (int64_t i = 1; i < schedule.records; i++)
        assert_true(offsets[i] >= offsets[i - 1]);
    assert_true(offsets[schedule.records - 1] < schedule.span_ns);
    free(offsets);
    schedule_release(&schedule);
}

/* Kolmogorov's distance of the gaps from the exponential distribution; 1.63/sqrt(n) is passed by chance once in a hundred seeds. */
static void test_gaps_are_exponential(void **state)
{
    (void)state;
    struct schedule schedule;
    int64_t *offsets = make(2, 1000, 1, 0, &schedule);
    size_t n = (size_t)schedule.records;
    double *gaps = memory_zeroed(n, sizeof *gaps), distance = 0;
    for (size_t i = 0; i < n; i++)
        gaps[i] = (double)((i + 1 < n ? offsets[i + 1] : schedule.span_ns) - offsets[i]) / NS_PER_MS;
    assert_near(gsl_stats_mean(gaps, 1, n), 1, 1e-9);
    assert_near(gsl_stats_lag1_autocorrelation(gaps, 1, n), 0, 4 / sqrt((double)n));
    gsl_sort(gaps, 1, n);
    for (size_t i = 0; i < n; i++)
        distance = fmax(distance, fabs(1 - exp(-gaps[i]) - (double)(i + 1) / (double)n));
    assert_true(distance < 1.63 / sqrt((double)n));
    free(gaps);
    free(offsets);
    schedule_release(&schedule);
}

static void test_each_producer_has_its_own_and_the_same_again(void **state)
{
    (void)state;
    struct schedule first, second, again;
    int64_t *a = make(3, 1000, 2, 0, &first), *b = make(3, 1000, 2, 1, &second);
    assert_string_not_equal(first.file, second.file);
    assert_memory_not_equal(a, b, 1000 * sizeof *a);
    unlink(first.file);
    int64_t *c = make(3, 1000, 2, 0, &again);
    assert_memory_equal(a, c, (size_t)first.records * sizeof *a);
    free(a);
    free(b);
    free(c);
    schedule_release(&first);
    schedule_release(&second);
    schedule_release(&again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_none_for_constant_arrivals),
        cmocka_unit_test(test_mean_rate_is_exact),
        cmocka_unit_test(test_gaps_are_exponential),
        cmocka_unit_test(test_each_producer_has_its_own_and_the_same_again),
    };
    return cmocka_run_group_tests_name("schedule", tests, make_folder, remove_folder);
}

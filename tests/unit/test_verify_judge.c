/* SPDX-License-Identifier: Apache-2.0 */
/* What verdicts mean for the exit status, the table, and the truth about known samples against a histogram of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "measure/histogram.h"
#include "verify/known_truth.h"
#include "verify/verify.h"

static char pass[] = "pass", fail_text[] = "fail", not_run[] = "not run";

static enum error_category judge(char *first, char *second)
{
    struct store_verification_point points[] = {{.verdict = first}, {.verdict = second}};
    const struct store_verification found = {.points = points, .point_count = 2};
    struct error error = ERROR_INIT;
    bool ok = verify_judge(&found, &error);
    assert_int_equal(ok, error.category == ERROR_NONE);
    return error.category;
}

static void test_exit_status(void **state)
{
    (void)state;
    assert_int_equal(judge(pass, pass), ERROR_NONE);
    assert_int_equal(judge(pass, fail_text), ERROR_ANSWER_NO);
    assert_int_equal(judge(not_run, pass), ERROR_UNAVAILABLE);
    /* A failure is worse than a gap. */
    assert_int_equal(judge(not_run, fail_text), ERROR_ANSWER_NO);
}

static void test_table(void **state)
{
    (void)state;
    char one[] = "one", two[] = "two/part", truth[] = "\xe2\x89\xa5 5 ms", measured[] = "5 ms", detail[] = "no Java";
    struct store_verification_point points[] = {
        {.name = one, .truth = truth, .measured = measured, .verdict = pass, .detail = detail},
        {.name = two, .truth = measured, .verdict = not_run, .detail = detail},
    };
    const struct store_verification found = {.points = points, .point_count = 2};
    char *output = NULL;
    size_t length;
    FILE *file = open_memstream(&output, &length);
    verify_print(&found, file);
    fclose(file);
    assert_string_equal(output, "POINT     WHAT IS TRUE  WHAT KBENCH MEASURED  VERDICT\n"
                                "one       \xe2\x89\xa5 5 ms        5 ms                  pass\n"
                                "two/part  5 ms          -                     not run\n"
                                "two/part: no Java\n");
    free(output);
}

/* Arithmetic and the histogram agree; so do they about a part that is cut at no round place. */
static void check_percentiles(int64_t first, int64_t end)
{
    struct known_truth truth;
    struct histogram *histogram = histogram_new_latency();
    known_truth_make(&truth, first, end);
    for (int64_t i = 0; i < truth.acked; i++)
        histogram_record(histogram, truth.latencies[i], 1);
    static const int64_t per_100k[] = {1, 1000, 50000, 95000, 99000, 99900, 99999, 100000};
    for (size_t i = 0; i < sizeof per_100k / sizeof *per_100k; i++)
        assert_int_equal(histogram_percentile(histogram, (double)per_100k[i] / 1000),
                         known_truth_percentile_ns(&truth, per_100k[i]));
    histogram_free(histogram);
    known_truth_release(&truth);
}

static void test_known_truth(void **state)
{
    (void)state;
    struct known_truth truth;
    known_truth_make(&truth, 0, KNOWN_SAMPLES);
    assert_int_equal(truth.acked, KNOWN_SAMPLES - KNOWN_FAILURES);
    assert_int_equal(truth.failed, KNOWN_FAILURES);
    /* 2·10¹¹ / (1000250 - j) for j = 0, …, 999999. */
    assert_int_equal(truth.latencies[0], 199950);
    assert_int_equal(truth.latencies[999999], 796812749);
    known_truth_release(&truth);
    check_percentiles(0, KNOWN_SAMPLES);
    check_percentiles(777, 12345);
    known_truth_make(&truth, 100, 101);
    assert_int_equal(truth.failed, 1);
    assert_int_equal(known_truth_percentile_ns(&truth, 50000), -1);
    known_truth_release(&truth);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exit_status),
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_known_truth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* From figures to verdicts, on numbers whose ratio is known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/claims_parts.h"

#include "near.h"

#include "base/banned.h"

#define BLOCKS 6

static const struct report_model here, elsewhere;

/* Of `n` blocks, each `factor` times `values`. */
static struct claim_figures trials(const struct report_model *model, const double *values, size_t n, double factor)
{
    struct claim_figures figures = {.kind = FIGURES_TRIALS, .model = model, .trials = n, .point = (double)NAN};
    figures.sample.values = memory_zeroed(n + 1, sizeof *figures.sample.values);
    figures.sample.blocks = memory_zeroed(n + 1, sizeof *figures.sample.blocks);
    figures.sample.count = n;
    for (size_t i = 0; i < n; i++) {
        figures.sample.values[i] = values[i] * factor;
        figures.sample.blocks[i] = (int)i + 1;
    }
    return figures;
}

static struct claim_figures point(double value)
{
    return (struct claim_figures){.kind = FIGURES_POINT, .point = value};
}

static char name[] = "c", side[] = "x", rate[] = "records_per_sec", lost[] = "records_lost";

static struct claim ratio_claim(double low, double high)
{
    return (struct claim){.name = name,
                          .metric = rate,
                          .of_case = side,
                          .of_run = side,
                          .to_case = side,
                          .to_run = side,
                          .ratio = {low, high},
                          .range = {(double)NAN, (double)NAN}};
}

static struct claim range_claim(char *metric, double low, double high)
{
    return (struct claim){.name = name,
                          .metric = metric,
                          .of_case = side,
                          .of_run = side,
                          .ratio = {(double)NAN, (double)NAN},
                          .range = {low, high}};
}

/* Judges, releases the figures, and expects a verdict and a part of the note (NULL: no note). */
static struct interval judged(const struct claim *claim, struct claim_figures of, struct claim_figures to,
                              enum verdict verdict, const char *note)
{
    struct report_judgement judgement;
    claim_judge(claim, &of, claim->to_case ? &to : NULL, 1, &judgement);
    assert_true(judgement.judged);
    assert_string_equal(verdict_name(judgement.verdict), verdict_name(verdict));
    if (note && (!judgement.note || !strstr(judgement.note, note)))
        fail_msg("'%s' is not in '%s'", note, judgement.note ? judgement.note : "(none)");
    if (!note)
        assert_null(judgement.note);
    free(judgement.note);
    claim_figures_release(&of);
    claim_figures_release(&to);
    return judgement.value;
}

static const double noisy[BLOCKS] = {90, 180, 120, 240, 150, 300}; /* the blocks' own speed */

static void test_a_ratio_pairs_by_block(void **state)
{
    (void)state;
    struct claim within = ratio_claim(0.4, 0.6), above = ratio_claim(0.7, 2);
    struct interval value =
        judged(&within, trials(&here, noisy, BLOCKS, 0.5), trials(&here, noisy, BLOCKS, 1), VERDICT_HOLDS, NULL);
    assert_near(value.estimate, 0.5, 1e-12);
    assert_near(value.high, 0.5, 1e-12);
    assert_int_equal(value.n, BLOCKS);
    judged(&above, trials(&here, noisy, BLOCKS, 0.5), trials(&here, noisy, BLOCKS, 1), VERDICT_FAILS, NULL);
}

static void test_blocks_that_one_side_lacks(void **state)
{
    (void)state;
    struct claim claim = ratio_claim(0.4, 0.6);
    struct claim_figures of = trials(&here, noisy, BLOCKS, 0.5), to = trials(&here, noisy, BLOCKS, 1);
    of.sample.values[2] = 0; /* a figure of 0 has no ratio */
    to.sample.blocks[5] = 9;
    judged(&claim, of, to, VERDICT_UNDECIDED, "4 of 6 blocks have a figure above 0 on both sides; n<5: 4 blocks");
}

static void test_versions_are_not_paired(void **state)
{
    (void)state;
    struct claim claim = ratio_claim(0.49, 0.51), wide = ratio_claim(0.01, 100);
    judged(&claim, trials(&here, noisy, BLOCKS, 0.5), trials(&elsewhere, noisy, BLOCKS, 1), VERDICT_UNDECIDED,
           "not paired by block");
    judged(&wide, trials(&here, noisy, BLOCKS, 0.5), trials(&elsewhere, noisy, BLOCKS, 1), VERDICT_HOLDS,
           "not paired by block");
}

static void test_an_interval_across_a_bound(void **state)
{
    (void)state;
    struct claim claim = range_claim(rate, 140, 200);
    struct interval value = judged(&claim, trials(&here, noisy, BLOCKS, 1), (struct claim_figures){0},
                                   VERDICT_UNDECIDED, "the interval crosses 140; the interval crosses 200");
    assert_near(value.estimate, 165, 0);
}

static void test_few_trials(void **state)
{
    (void)state;
    struct claim claim = ratio_claim(0, 10);
    judged(&claim, trials(&here, noisy, 1, 1), trials(&here, noisy, 1, 1), VERDICT_UNDECIDED,
           "n<5: 1 block, no interval");
}

static void test_against_a_published_number(void **state)
{
    (void)state;
    static const double steady[BLOCKS] = {100, 101, 102, 103, 104, 105};
    struct claim claim = ratio_claim(0.4, 0.6), inverse = ratio_claim(1.8, 2.2);
    struct interval value =
        judged(&claim, trials(&here, steady, BLOCKS, 1), point(200), VERDICT_HOLDS, "without a spread");
    assert_near(value.estimate, 102.5 / 200, 1e-12);
    assert_true(value.has_bounds && value.low < value.estimate && value.high > value.estimate);
    struct interval inverted =
        judged(&inverse, point(200), trials(&here, steady, BLOCKS, 1), VERDICT_HOLDS, "without a spread");
    assert_near(inverted.estimate, 200 / 102.5, 1e-12);
    assert_near(inverted.low, 1 / value.high, 1e-12);
    assert_near(inverted.high, 1 / value.low, 1e-12);
}

static void test_published_numbers_alone(void **state)
{
    (void)state;
    struct claim claim = ratio_claim(0.9, 1.1), figure = range_claim(lost, 0, 0);
    struct interval value = judged(&claim, point(95), point(100), VERDICT_HOLDS, NULL);
    assert_near(value.estimate, 0.95, 1e-15);
    assert_false(value.has_bounds);
    assert_int_equal(value.n, 0);
    judged(&claim, point(85), point(100), VERDICT_FAILS, NULL);
    judged(&claim, point(90), point(100), VERDICT_HOLDS, NULL); /* the bound is within */
    judged(&figure, point(769), (struct claim_figures){0}, VERDICT_FAILS, NULL);
}

/* A count is added up and is what it is: no trials are too few for it, and no ratio of zeros is formed. */
static void test_counts(void **state)
{
    (void)state;
    static const double none[3] = {0, 0, 0}, some[3] = {0, 4, 1};
    struct claim claim = range_claim(lost, 0, 0);
    struct interval value = judged(&claim, trials(&here, none, 3, 1), (struct claim_figures){0}, VERDICT_HOLDS, NULL);
    assert_near(value.estimate, 0, 0);
    assert_int_equal(value.n, 3);
    value = judged(&claim, trials(&here, some, 3, 1), (struct claim_figures){0}, VERDICT_FAILS, NULL);
    assert_near(value.estimate, 5, 0);
    struct claim_figures partly = trials(&here, none, 2, 1);
    partly.trials = 3;
    judged(&claim, partly, (struct claim_figures){0}, VERDICT_UNDECIDED, "known in 2 of 3 trials");
    partly = trials(&here, some, 2, 1);
    partly.trials = 3;
    judged(&claim, partly, (struct claim_figures){0}, VERDICT_FAILS, "known in 2 of 3 trials");
}

static void test_a_side_without_figures(void **state)
{
    (void)state;
    struct claim claim = ratio_claim(0, 10);
    struct claim_figures none = {.kind = FIGURES_NONE, .why = string_copy("there is no version 'v0'")};
    struct interval value =
        judged(&claim, trials(&here, noisy, BLOCKS, 1), none, VERDICT_UNDECIDED, "there is no version 'v0'");
    assert_true(isnan(value.estimate));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_ratio_pairs_by_block),
        cmocka_unit_test(test_blocks_that_one_side_lacks),
        cmocka_unit_test(test_versions_are_not_paired),
        cmocka_unit_test(test_an_interval_across_a_bound),
        cmocka_unit_test(test_few_trials),
        cmocka_unit_test(test_against_a_published_number),
        cmocka_unit_test(test_published_numbers_alone),
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_a_side_without_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

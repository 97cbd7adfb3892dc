/* SPDX-License-Identifier: Apache-2.0 */
/* What a report says of disturbed trials: that they are left out, and whether anything hangs on that. */
#include "test_report_fixture.h"

#include "near.h"

#include "base/banned.h"

static int set_up(void **state)
{
    return fixture_set_up(state, "");
}

/* A first attempt that broke two rules, at half of the speed. */
static void put_disturbed(struct fixture *f, const char *run, int block, double rate)
{
    static const struct store_disturbance broken[] = {{"other-cpu", 0.5, 0.05}, {"steal", 0.06, 0.02}};
    struct store_trial trial = trial_of(f, 0, run, block, rate);
    trial.status = "disturbed";
    trial.cause = "others were at work";
    trial.disturbances = broken;
    trial.disturbance_count = 2;
    put(f, &trial);
}

static void put_again(struct fixture *f, const char *run, int block, double rate)
{
    struct store_trial trial = trial_of(f, 0, run, block, rate);
    trial.attempt = 2;
    put(f, &trial);
}

static void test_disturbed_trials_are_left_out_and_counted(void **state)
{
    struct fixture *f = *state;
    put_disturbed(f, "base", 1, 50);
    put_again(f, "base", 1, 100);
    put_disturbed(f, "base", 2, 50); /* and never repeated */
    const struct report_pair *pair = load(f, "base");
    assert_int_equal(pair->trial_count, 1);
    assert_int_equal(pair->disturbed, 2);
    assert_near(pair->metrics[METRIC_RECORDS_PER_SEC].value.estimate, 100, 0);
    assert_int_equal(sentences_with(f, "but in no figure here"), 1);
    assert_int_equal(sentences_with(f, "one/base (0 failed, 2 disturbed: other-cpu 2, steal 2; 0 interrupted)"), 1);

    pair = load_with(f, true, "base");
    assert_int_equal(pair->trial_count, 3);
    assert_int_equal(pair->disturbed, 2);
    assert_near(pair->metrics[METRIC_RECORDS_PER_SEC].value.estimate, 50, 0);
    assert_int_equal(sentences_with(f, "disturbed ones are, because this report was asked for with them"), 1);
}

static void test_of_several_whole_attempts_the_last_counts(void **state)
{
    struct fixture *f = *state;
    struct store_trial trial = trial_of(f, 0, "base", 1, 70);
    put(f, &trial);
    put_again(f, "base", 1, 100);
    const struct report_pair *pair = load(f, "base");
    assert_int_equal(pair->trial_count, 1);
    assert_near(pair->metrics[METRIC_RECORDS_PER_SEC].value.estimate, 100, 0);
}

/* Seven blocks in which both are as fast; `other` was disturbed `disturbed` times, and was then at a tenth. */
static void put_blocks(struct fixture *f, int disturbed)
{
    for (int block = 1; block <= 7; block++) {
        struct store_trial base = trial_of(f, 0, "base", block, 100 + block % 2);
        put(f, &base);
        if (block <= disturbed)
            put_disturbed(f, "other", block, 10);
        put_again(f, "other", block, 101 - block % 2);
    }
}

static void test_a_conclusion_that_hangs_on_disturbed_trials_is_named(void **state)
{
    struct fixture *f = *state;
    put_blocks(f, 7);
    load(f, "other");
    assert_int_equal(f->model.conclusion_count, 1); /* of `other`, and of the one metric that its trials have */
    assert_int_equal(f->model.changed_count, 1);
    assert_int_equal(sentences_with(f,
                                    "1 of 1 comparisons to the baseline come out otherwise with the disturbed trials: "
                                    "one/other records_per_sec (no difference shown here, below the baseline with "
                                    "the disturbed trials)"),
                     1);
    load_with(f, true, "other");
    assert_int_equal(sentences_with(f,
                                    "one/other records_per_sec (below the baseline here, no difference shown without "
                                    "the disturbed trials)"),
                     1);
}

static int set_up_claim(void **state)
{
    return fixture_set_up(state, "claims:\n"
                                 "  - {name: alike, quote: alike, metric: records_per_sec, ratio: [0.9, 1.1],\n"
                                 "     of: {case: one, run: other}, to: {case: one, run: base}}\n");
}

static void test_a_claim_that_hangs_on_disturbed_trials_is_named(void **state)
{
    struct fixture *f = *state;
    put_blocks(f, 7);
    load(f, "other");
    assert_true(report_claims_load(f->store, &f->model, NULL));
    assert_true(report_claims_compare(f->store, &f->model, NULL));
    assert_int_equal(sentences_with(f,
                                    "1 of 1 claims have another verdict with the disturbed trials: alike (holds here, "
                                    "fails with the disturbed trials)."),
                     1);
}

static void test_no_claim_hangs_on_disturbed_trials(void **state)
{
    struct fixture *f = *state;
    put_blocks(f, 0);
    put_disturbed(f, "other", 1, 100); /* as fast as it would have been anyway */
    load(f, "other");
    assert_true(report_claims_load(f->store, &f->model, NULL));
    assert_true(report_claims_compare(f->store, &f->model, NULL));
    assert_int_equal(sentences_with(f, "No claim has another verdict with the disturbed trials."), 1);
}

static void test_no_conclusion_changes(void **state)
{
    struct fixture *f = *state;
    put_blocks(f, 1);
    load(f, "other");
    assert_int_equal(f->model.changed_count, 0);
    assert_int_equal(sentences_with(f, "No conclusion changes with the disturbed trials"), 1);
}

static void test_without_disturbed_trials_there_is_nothing_to_compare(void **state)
{
    struct fixture *f = *state;
    put_blocks(f, 0);
    load(f, "other");
    assert_int_equal(f->model.conclusion_count, 0);
    assert_int_equal(sentences_with(f, "conclusion"), 0);
}

static void test_too_few_trials_for_a_conclusion_either_way(void **state)
{
    struct fixture *f = *state;
    put_disturbed(f, "base", 1, 50);
    put_disturbed(f, "other", 1, 50);
    load(f, "base");
    assert_int_equal(sentences_with(f, "No conclusion changes"), 0);
    assert_int_equal(sentences_with(f, "Whether a conclusion hangs on the disturbed trials cannot be told"), 1);
}

static void test_a_block_of_several_trials_stands_by_their_median(void **state)
{
    struct fixture *f = *state;
    struct store_trial base = trial_of(f, 0, "base", 1, 100);
    put(f, &base);
    put_disturbed(f, "other", 1, 40);
    put_again(f, "other", 1, 60);
    const struct report_pair *pair = load_with(f, true, "other");
    assert_int_equal(pair->metrics[METRIC_RECORDS_PER_SEC].ratio.n, 1);
    assert_near(pair->metrics[METRIC_RECORDS_PER_SEC].ratio.estimate, 0.5, 1e-12);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, fixture_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_disturbed_trials_are_left_out_and_counted),
        TEST(test_of_several_whole_attempts_the_last_counts),
        TEST(test_a_conclusion_that_hangs_on_disturbed_trials_is_named),
        cmocka_unit_test_setup_teardown(test_a_claim_that_hangs_on_disturbed_trials_is_named, set_up_claim,
                                        fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_no_claim_hangs_on_disturbed_trials, set_up_claim, fixture_tear_down),
        TEST(test_no_conclusion_changes),
        TEST(test_without_disturbed_trials_there_is_nothing_to_compare),
        TEST(test_too_few_trials_for_a_conclusion_either_way),
        TEST(test_a_block_of_several_trials_stands_by_their_median),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

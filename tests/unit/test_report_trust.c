/* SPDX-License-Identifier: Apache-2.0 */
/* What a report says of how far its figures can be trusted: disturbed trials, precision, trends, the instrument's check. */
#include "test_report_fixture.h"

#include "report/format.h"
#include "report/wording.h"
#include "statistics/stopping.h"

#include "near.h"

#include "base/banned.h"

static int set_up(void **state)
{
    return fixture_set_up(state, "design: {trials: {min: 2, max: 9, precision: 3%}}\n");
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

static void test_a_rate_is_kept_by_what_was_sent_of_what_was_due(void **state)
{
    struct fixture *f = *state;
    struct store_trial trial = trial_of(f, 0, "base", 1, 1000);
    trial.records_due = 2000;
    trial.records_sent = 1990;
    put(f, &trial);
    assert_near(load(f, "base")->evidence.rate_kept, 0.995, 1e-12);
    assert_int_equal(load(f, "base")->bottleneck, BOTTLENECK_RATE);
    assert_true(isnan(load(f, "other")->evidence.rate_kept));
}

static void test_what_is_too_short_for_a_trend(void **state)
{
    struct fixture *f = *state;
    for (int block = 1; block <= 4; block++) {
        struct store_trial trial = trial_of(f, 0, "base", block, 100 - 9 * block);
        trial.duration_s = 5;
        trial.trend_p_value = 0.08;
        put(f, &trial);
    }
    load(f, "base");
    assert_int_equal(sentences_with(f, "too short to tell (below 6 s)"), 1);
    assert_int_equal(sentences_with(f, "4 blocks are too few to tell a drift from noise"), 1);
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

static void test_pairs_that_are_not_precise_enough_are_named(void **state)
{
    struct fixture *f = *state;
    for (int block = 1; block <= 6; block++) {
        struct store_trial narrow = trial_of(f, 0, "base", block, 1000 + block),
                           wide = trial_of(f, 0, "other", block, 1000 + 200 * (block % 3)),
                           few = trial_of(f, 0, "third", block, 1000);
        put(f, &narrow);
        put(f, &wide);
        if (block < 5)
            put(f, &few);
    }
    load(f, "base");
    double half_width = interval_half_width(&f->model.cases[0].pairs[1].metrics[METRIC_RECORDS_PER_SEC].value);
    char *expected = string_format("did not get there: one/other (\xc2\xb1 %.1f %% after 6 trials), one/third (n<5).",
                                   100 * half_width);
    assert_true(half_width > 0.1);
    assert_int_equal(sentences_with(f, expected), 1);
    assert_int_equal(sentences_with(f, "made at 97 %"), 1);
    free(expected);
}

static void test_the_interval_that_stopped_a_pair_makes_up_for_the_stop(void **state)
{
    struct fixture *f = *state;
    double rates[6];
    for (int block = 1; block <= 6; block++) {
        rates[block - 1] = 100 + block * block;
        struct store_trial trial = trial_of(f, 0, "base", block, rates[block - 1]);
        trial.latency_avg_ms = rates[block - 1];
        put(f, &trial);
    }
    struct interval wide, ordinary;
    stopping_interval(rates, 6, 0, "", &wide);
    interval_of_median(rates, 6, 0, "", &ordinary);
    assert_true(wide.low < ordinary.low);
    const struct report_pair *pair = load(f, "base");
    assert_near(pair->metrics[METRIC_RECORDS_PER_SEC].value.low, wide.low, 0);
    assert_near(pair->metrics[METRIC_LATENCY_AVG].value.low, ordinary.low, 0);

    struct string_list said = {0};
    wording_summary(&f->model, &said);
    wording_how_to_read(&f->model, &said);
    char *all = format_list(&said);
    assert_non_null(strstr(all, "at worst (one/base): half the width of the 97 % interval."));
    assert_non_null(strstr(all, "its 95 % interval (97 % for records/s and MB/s): median [low, high]"));
    free(all);
    string_list_release(&said);
    assert_int_equal(sentences_with(f, "Intervals are 95 % intervals (97 % for records/s and MB/s) of the median"), 1);
}

static void test_trends_are_counted_by_pair(void **state)
{
    struct fixture *f = *state;
    static const double p_values[] = {0.04, 0.5, 0.01, (double)NAN};
    static const double percents[] = {-10, 50, -20, 70};
    for (int block = 1; block <= 4; block++) {
        struct store_trial trial = trial_of(f, 0, "base", block, 100);
        trial.trend_p_value = p_values[block - 1];
        trial.trend_percent = percents[block - 1];
        put(f, &trial);
    }
    load(f, "base");
    assert_int_equal(sentences_with(f, "In 2 of 3 trials the throughput climbed or fell"), 1);
    assert_int_equal(sentences_with(f, "one/base (2 of 3, median change -15.0 %)"), 1);
}

static void test_trends_that_were_not_tested(void **state)
{
    struct fixture *f = *state;
    struct store_trial trial = trial_of(f, 0, "base", 1, 100);
    put(f, &trial);
    load(f, "base");
    assert_int_equal(sentences_with(f, "was not tested in these trials"), 1);
}

static void test_a_drift_over_the_blocks(void **state)
{
    struct fixture *f = *state;
    for (int block = 1; block <= 6; block++) {
        struct store_trial trial = trial_of(f, 0, "base", block, 100 - 5 * block);
        put(f, &trial);
    }
    load(f, "base");
    assert_int_equal(f->model.drift.count, 6);
    assert_near(f->model.drift.relative[5], 70.0 / 95, 1e-12);
    assert_int_equal(sentences_with(f, "the throughput of all pairs together drifted"), 1);
}

static void test_clients_that_met_one_limit_are_not_compared(void **state)
{
    struct fixture *f = *state;
    static const char *const runs[] = {"base", "other", "third"};
    for (int block = 1; block <= 6; block++)
        for (size_t i = 0; i < 3; i++) {
            struct store_trial trial = trial_of(f, 0, runs[i], block, (i == 2 ? 50 : 100) + block % 2);
            trial.client_busiest_thread_cpu_s = 5; /* of 10 s */
            trial.broker_idle_percent = 20;
            put(f, &trial);
        }
    const struct report_pair *pair = load(f, "base");
    assert_int_equal(pair->bottleneck, BOTTLENECK_BROKERS);
    assert_int_equal(f->model.cases[0].at_ceiling.count, 2);
    assert_string_equal(f->model.cases[0].at_ceiling.items[0], "Base");
    assert_string_equal(f->model.cases[0].at_ceiling.items[1], "Other");
}

static struct store_verification verification_of(int64_t environment_id, const char *version, const char *verdict)
{
    struct store_verification v = {.environment_id = environment_id, .seconds = 1};
    v.kbench_version = string_copy(version);
    v.git_commit = string_copy("abc");
    v.points = memory_zeroed(2, sizeof *v.points);
    v.point_count = 2;
    for (int i = 0; i < 2; i++)
        v.points[i] = (struct store_verification_point){.position = i,
                                                        .name = string_format("point-%d", i),
                                                        .truth = string_copy("so"),
                                                        .measured = string_copy("so"),
                                                        .verdict = string_copy(i ? verdict : "pass")};
    return v;
}

static void put_verification(struct fixture *f, struct store_verification v)
{
    struct error error = ERROR_INIT;
    if (!store_put_verification(f->store, &v, &error))
        fail_msg("%s", error.message);
    store_verification_release(&v);
}

static void test_the_last_verification_is_told(void **state)
{
    struct fixture *f = *state;
    load(f, "base");
    assert_int_equal(sentences_with(f, "never verified in this database"), 1);
    put_verification(f, verification_of(f->environment_id, "0", "pass"));
    load(f, "base");
    assert_int_equal(sentences_with(f, "by kbench 0, commit abc: 2 of 2 checks passed."), 1);
    assert_int_equal(sentences_with(f, "That verification"), 0);
    put_verification(f, verification_of(f->environment_id, "0", "fail"));
    load(f, "base");
    assert_int_equal(sentences_with(f, "1 of 2 checks passed; FAILED: point-1."), 1);
}

static void test_a_verification_of_another_kbench_or_machine_is_told(void **state)
{
    struct fixture *f = *state;
    int64_t elsewhere;
    json_t *environment = json_pack("{s:i}", "cpu_cores", 64);
    assert_true(store_put_environment(f->store, environment, &elsewhere, NULL));
    json_decref(environment);
    put_verification(f, verification_of(elsewhere, "9", "pass"));
    load(f, "base");
    assert_int_equal(sentences_with(f, "That verification is of kbench 9, and these trials are of 0."), 1);
    assert_int_equal(sentences_with(f, "That verification ran on another machine"), 1);
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
        TEST(test_a_rate_is_kept_by_what_was_sent_of_what_was_due),
        TEST(test_what_is_too_short_for_a_trend),
        TEST(test_a_block_of_several_trials_stands_by_their_median),
        TEST(test_pairs_that_are_not_precise_enough_are_named),
        TEST(test_the_interval_that_stopped_a_pair_makes_up_for_the_stop),
        TEST(test_trends_are_counted_by_pair),
        TEST(test_trends_that_were_not_tested),
        TEST(test_a_drift_over_the_blocks),
        TEST(test_clients_that_met_one_limit_are_not_compared),
        TEST(test_the_last_verification_is_told),
        TEST(test_a_verification_of_another_kbench_or_machine_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

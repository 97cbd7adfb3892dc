/* SPDX-License-Identifier: Apache-2.0 */
/* What a report says of how far its figures can be trusted: precision, trends, the instrument's check. */
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
        TEST(test_a_rate_is_kept_by_what_was_sent_of_what_was_due),
        TEST(test_what_is_too_short_for_a_trend),
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

/* SPDX-License-Identifier: Apache-2.0 */
/* The figures of a report, on a database whose numbers are simple enough to be worked out by hand. */
#include "test_report_fixture.h"

#include "report/writers.h"

#include "near.h"

#include "base/banned.h"

static int set_up(void **state)
{
    return fixture_set_up(state, "");
}

static void test_sums_and_medians(void **state)
{
    struct fixture *f = *state;
    static const double rates[] = {100, 300, 200};
    for (int block = 1; block <= 3; block++) {
        struct store_trial trial = trial_of(f, 0, "base", block, rates[block - 1]);
        trial.records_sent = 1000 * block;
        trial.records_acked = 1000 * block;
        trial.client_cpu_s = 2;
        trial.window_records = (int64_t)(rates[block - 1] * trial.duration_s);
        if (block != 2) { /* not known in every trial: a sum of what is known says so */
            trial.records_lost = 5;
            trial.records_duplicated = 0;
        }
        put(f, &trial);
    }
    struct store_trial failed = trial_of(f, 0, "base", 4, 1e9);
    failed.status = "failed";
    failed.cause = "x";
    failed.records_sent = 777;
    put(f, &failed);
    const struct report_pair *pair = load(f, "base");
    assert_int_equal(pair->trial_count, 3);
    assert_int_equal(pair->failed, 1);
    assert_int_equal(pair->sent.total, 6000);
    assert_int_equal(pair->lost.total, 10);
    assert_int_equal(pair->lost.known, 2);
    assert_int_equal(pair->failed_records.known, 0);
    const struct report_figure *rate = &pair->metrics[METRIC_RECORDS_PER_SEC];
    assert_near(rate->value.estimate, 200, 0);
    assert_near(rate->lowest, 100, 0);
    assert_near(rate->highest, 300, 0);
    assert_false(rate->value.has_bounds);
    /* 2 s for 100, 300 and 200 records/s over 10 s: 2000, 666.7 and 1000 µs a record. */
    assert_near(pair->metrics[METRIC_CLIENT_CPU_PER_RECORD].value.estimate, 1000, 1e-9);
    assert_int_equal(pair->metrics[METRIC_BROKER_CPU].value.n, 0);
    assert_int_equal(sentences_with(f, "one/base (10 lost, 0 duplicated, 0 failed of 6000 sent)"), 1);
    assert_int_equal(sentences_with(f, "Delivery could not be verified in every trial: one/base"), 1);
}

static void test_ratios_are_within_blocks(void **state)
{
    struct fixture *f = *state;
    for (int block = 1; block <= 6; block++) {
        struct store_trial base = trial_of(f, 0, "base", block, 100 * block),
                           other = trial_of(f, 0, "other", block, 50 * block);
        /* A tool in whole milliseconds says 0: no ratio can be formed of it. */
        base.latency_p50_ms = 4;
        other.latency_p50_ms = block == 1 ? 0 : 8;
        put(f, &base);
        if (block != 6)
            put(f, &other);
    }
    const struct report_pair *pair = load(f, "other");
    assert_int_equal(pair->metrics[METRIC_RECORDS_PER_SEC].ratio.n, 5);
    assert_near(pair->metrics[METRIC_RECORDS_PER_SEC].ratio.estimate, 0.5, 1e-12);
    assert_near(pair->metrics[METRIC_RECORDS_PER_SEC].ratio.high, 0.5, 1e-12);
    assert_int_equal(pair->metrics[METRIC_LATENCY_P50].ratio.n, 4);
    assert_near(pair->metrics[METRIC_LATENCY_P50].ratio.estimate, 2, 1e-12);
}

static void test_a_ratio_of_fewer_blocks_says_so(void **state)
{
    struct fixture *f = *state;
    for (int block = 1; block <= 6; block++) {
        struct store_trial base = trial_of(f, 0, "base", block, 100), other = trial_of(f, 0, "other", block, 50);
        base.latency_p50_ms = 4;
        other.latency_p50_ms = block == 1 ? 0 : 8;
        put(f, &base);
        put(f, &other);
    }
    load(f, "other");
    struct text text = TEXT_INIT;
    report_markdown_case(&f->model, &f->model.cases[0], &text);
    assert_non_null(
        strstr(text.bytes,
               "| Other | 6 | 0.500 [0.500, 0.500] slower | 0.0 % | 2.000 [2.000, 2.000] (5 blocks) higher |"));
    text_release(&text);
}

static void test_blocks_that_two_campaigns_made(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *run;
        int block, campaign;
    } trials[] = {{"base", 1, 0},  {"other", 1, 0}, {"third", 1, 0}, {"base", 2, 1}, {"other", 2, 0},
                  {"third", 2, 0}, {"base", 3, 1},  {"other", 3, 1}, {"third", 3, 1}};
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++) {
        struct store_trial trial = trial_of(f, trials[i].campaign, trials[i].run, trials[i].block, 1);
        put(f, &trial);
    }
    /* Of the second block one trial is the later campaign's; in another case nothing was measured before. */
    struct store_trial elsewhere = trial_of(f, 1, "other", 1, 1);
    elsewhere.case_name = "two";
    put(f, &elsewhere);
    load(f, "base");
    assert_int_equal(sentences_with(f, "1 trial stands in a block that another campaign began"), 1);
}

static void test_trials_of_a_pair_share_their_interval(void **state)
{
    struct fixture *f = *state;
    for (int block = 1; block <= 2; block++) {
        struct store_trial trial = trial_of(f, 0, "base", block, 10);
        trial.duration_s = block == 1 ? 6.5 : 7.5; /* ends before and after 8 s: one alone would get the finer series */
        struct store_interval intervals[20];
        for (int i = 0; i < 20; i++)
            intervals[i] = (struct store_interval){.interval_ms = i < 10 ? 1000 : 100,
                                                   .offset_ms = i < 10 ? 1000 * i : 100 * (i - 10),
                                                   .records = i < 10 ? 10 : 1,
                                                   .bytes = STORE_ABSENT,
                                                   .failed = 0,
                                                   .p50_ns = STORE_ABSENT,
                                                   .p99_ns = STORE_ABSENT,
                                                   .max_ns = STORE_ABSENT,
                                                   .client_cpu_s = (double)NAN,
                                                   .broker_cpu_s = (double)NAN,
                                                   .steal_percent = (double)NAN};
        trial.intervals = intervals;
        trial.interval_count = 20;
        put(f, &trial);
    }
    const struct report_pair *pair = load(f, "base");
    assert_int_equal(pair->trials[0].series.count, 7); /* whole seconds of 7.5 */
    assert_int_equal(pair->trials[1].series.count, 8);
    assert_near(pair->trials[0].series.at_s[0], 0.5, 0);
    assert_near(pair->trials[1].series.at_s[0], 0.5, 0);
    assert_near(pair->trials[0].series.per_sec[3], 10, 0);
}

static void test_acks_0_by_a_setting_of_the_run(void **state)
{
    struct fixture *f = *state;
    struct store_trial trial = trial_of(f, 0, "base", 1, 10);
    struct store_trial_setting setting = {.canonical = "acks", .native = "acks", .in_force = "1"};
    trial.settings = &setting;
    trial.setting_count = 1;
    put(f, &trial);
    load(f, "base");
    assert_int_equal(sentences_with(f, "acks=0"), 0);
    setting.in_force = "0";
    trial.run_name = "other";
    put(f, &trial);
    load(f, "base");
    assert_int_equal(sentences_with(f, "With acks=0 no broker confirms anything"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_sums_and_medians, set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_ratios_are_within_blocks, set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_a_ratio_of_fewer_blocks_says_so, set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_blocks_that_two_campaigns_made, set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_trials_of_a_pair_share_their_interval, set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_acks_0_by_a_setting_of_the_run, set_up, fixture_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

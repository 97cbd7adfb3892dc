/* SPDX-License-Identifier: Apache-2.0 */
/* Where figures come from, on trials of every fate, whose numbers are simple enough to be worked out by hand. */
#include "test_report_fixture.h"

#include "measure/histogram.h"
#include "report/explain.h"

#include "near.h"

#include "base/banned.h"

static int set_up(void **state)
{
    return fixture_set_up(state, "");
}

static int set_up_precision(void **state)
{
    return fixture_set_up(state, "design: {trials: {min: 5, max: 9, precision: 5%}}\n");
}

static void explain(struct fixture *f, const struct report_pair *pair, const char *metric,
                    struct explanation *explanation)
{
    struct error error = ERROR_INIT;
    if (!report_explain(f->store, &f->model, pair, metric, explanation, &error))
        fail_msg("%s", error.message);
}

static void assert_text(const struct explanation *explanation, const char *part)
{
    struct text text = TEXT_INIT;
    report_explain_text(explanation, &text);
    if (!strstr(text.bytes, part))
        fail_msg("'%s' is not in:\n%s", part, text.bytes);
    text_release(&text);
}

/* Block 1: failed, then ok; block 2: ok twice; block 3: disturbed alone; block 4: interrupted, then ok without a rate. */
static void put_every_fate(struct fixture *f)
{
    static const struct {
        int block, attempt;
        const char *status, *cause;
        double rate;
    } trials[] = {
        {1, 1, "failed", "it fell over", NAN},
        {1, 2, "ok", NULL, 100},
        {2, 1, "ok", NULL, 150},
        {2, 2, "ok", NULL, 200},
        {3, 1, "disturbed", "?", 7},
        {4, 1, "interrupted", NULL, NAN},
        {4, 2, "ok", NULL, NAN},
    };
    static const struct store_disturbance broken[] = {{"steal", 0.25, 0.05}, {"dirty", 2097152, 1048576}};
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++) {
        struct store_trial trial = trial_of(f, i < 4 ? 0 : 1, "other", trials[i].block, trials[i].rate);
        trial.attempt = trials[i].attempt;
        trial.status = trials[i].status;
        trial.cause = trials[i].cause;
        trial.command_line = "client --fast";
        if (string_equal(trials[i].status, "disturbed")) {
            trial.disturbances = broken;
            trial.disturbance_count = 2;
        }
        put(f, &trial);
    }
}

static void test_every_trial_has_a_fate(void **state)
{
    struct fixture *f = *state;
    static const enum explanation_fate fates[] = {EXPLAINED_FAILED,  EXPLAINED_COUNTED,   EXPLAINED_SUPERSEDED,
                                                  EXPLAINED_COUNTED, EXPLAINED_DISTURBED, EXPLAINED_INTERRUPTED,
                                                  EXPLAINED_UNKNOWN};
    struct explanation e;
    put_every_fate(f);
    explain(f, load(f, "other"), "records_per_sec", &e);
    assert_int_equal(e.trial_count, sizeof fates / sizeof *fates);
    for (size_t i = 0; i < e.trial_count; i++)
        assert_int_equal(e.trials[i].fate, fates[i]);
    assert_int_equal(e.counted, 2);
    assert_near(e.value, 150, 0);
    assert_string_equal(e.shown, "150.0");
    assert_string_equal(e.shown_range, "n<5 (100.0 to 200.0)");
    assert_string_equal(e.trials[0].why, "it fell over; attempt 2 of the block counts");
    assert_null(e.trials[1].why);
    assert_string_equal(e.trials[2].why,
                        "of several whole attempts of a block the last one counts; attempt 2 of the block counts");
    assert_string_equal(e.trials[4].why,
                        "rule dirty: 2 MiB measured, bound 1 MiB, rule steal: 25 % measured, bound 5 %");
    assert_string_equal(e.trials[5].why, "no cause is recorded; attempt 2 of the block counts");
    assert_string_equal(e.trials[6].why, "it has no value of this metric");
    assert_int_equal(e.campaign_count, 2);
    assert_int_equal(e.command_lines.count, 1);
    assert_text(&e, "Trials in the figure: 2 of 7");
    assert_text(&e, "Trials left out: 5");
    assert_text(&e, "disturbed: rule dirty: 2 MiB measured");
    explanation_release(&e);
}

static void test_with_the_disturbed_trials(void **state)
{
    struct fixture *f = *state;
    struct explanation e;
    put_every_fate(f);
    explain(f, load_with(f, true, "other"), "records_per_sec", &e);
    assert_int_equal(e.trials[2].fate, EXPLAINED_COUNTED); /* every whole trial counts then */
    assert_int_equal(e.trials[4].fate, EXPLAINED_COUNTED);
    assert_int_equal(e.counted, 4);
    assert_text(&e, "with the disturbed trials");
    assert_non_null(strstr(e.sql, "status IN ('ok', 'disturbed')"));
    explanation_release(&e);
}

static void test_percentiles_are_of_merged_histograms(void **state)
{
    struct fixture *f = *state;
    struct explanation e;
    for (int block = 1; block <= 2; block++) {
        struct histogram *histogram = histogram_new_latency();
        struct store_trial trial = trial_of(f, 0, "base", block, 100);
        histogram_record(histogram, block == 1 ? 1000000 : 9000000, block == 1 ? 99 : 1);
        char *payload = histogram_encode(histogram, NULL);
        trial.latency_payload = payload;
        trial.latency_p99_ms = block == 1 ? 1 : 9;
        put(f, &trial);
        histogram_free(histogram);
        free(payload);
    }
    const struct report_pair *pair = load(f, "base");
    explain(f, pair, "latency_p99_ms", &e);
    assert_true(e.merged);
    assert_int_equal(e.records, 100);
    assert_int_equal(e.digits, 3);
    assert_near(e.value, 1, 0.001); /* 99 of 100 records took 1 ms: the median of the trials' own would be 5 */
    assert_near(e.trials[1].value, 9, 0.01);
    assert_string_equal(e.document->unit, "ms");
    assert_text(&e, "percentile of the merged HdrHistograms of 2 trials: 100 records, 3 significant digits");
    explanation_release(&e);
    explain(f, pair, "latency_p99.90_ms", &e); /* another name of the column */
    assert_string_equal(e.metric, "latency_p999_ms");
    explanation_release(&e);
}

static void test_a_sum_and_a_maximum(void **state)
{
    struct fixture *f = *state;
    struct explanation e;
    for (int block = 1; block <= 2; block++) {
        struct store_trial trial = trial_of(f, 0, "base", block, 100);
        trial.records_sent = 1000 * block;
        trial.records_lost = block == 1 ? 7 : STORE_ABSENT;
        trial.latency_max_ms = block;
        trial.client_max_rss_bytes = 1048576 * block;
        put(f, &trial);
    }
    const struct report_pair *pair = load(f, "base");
    explain(f, pair, "records_sent", &e);
    assert_string_equal(e.shown, "3,000");
    assert_string_equal(e.ratio.why_none, "a sum can be 0, so that no ratio can be formed of it");
    explanation_release(&e);
    explain(f, pair, "records_lost", &e);
    assert_string_equal(e.shown, "7 (known in 1 of 2)");
    assert_int_equal(e.trials[1].fate, EXPLAINED_UNKNOWN);
    explanation_release(&e);
    explain(f, pair, "latency_max_ms", &e);
    assert_string_equal(e.shown, "2.00");
    assert_text(&e, "highest of 2 trials");
    explanation_release(&e);
    explain(f, pair, "client_max_rss_bytes", &e);
    assert_string_equal(e.shown, "1.50");
    assert_string_equal(metric_shown_unit(e.document), "MiB");
    assert_near(e.value, 1572864, 0);
    explanation_release(&e);
}

static void test_the_ratio_has_its_blocks(void **state)
{
    struct fixture *f = *state;
    struct explanation e;
    for (int block = 1; block <= 6; block++) {
        struct store_trial base = trial_of(f, 0, "base", block, 100 * block),
                           other = trial_of(f, 1, "other", block, 50 * block);
        put(f, &base);
        if (block != 6)
            put(f, &other);
    }
    const struct report_pair *pair = load(f, "other");
    explain(f, pair, "records_per_sec", &e);
    assert_string_equal(e.ratio.baseline->run->name, "base");
    assert_int_equal(e.ratio.block_count, 5);
    assert_near(e.ratio.blocks[4].own, 250, 0);
    assert_near(e.ratio.blocks[4].baseline, 500, 0);
    assert_near(e.ratio.interval.estimate, 0.5, 1e-12);
    assert_string_equal(e.ratio.shown, "0.500");
    explanation_release(&e);
    explain(f, pair, "steal_percent", &e);
    assert_null(e.ratio.baseline);
    assert_string_equal(e.ratio.why_none, "of how busy something was no ratio is formed");
    explanation_release(&e);
    explain(f, report_model_find_pair(&f->model, "one", "base"), "records_per_sec", &e);
    assert_string_equal(e.ratio.why_none, "it is the baseline itself");
    explanation_release(&e);
    explain(f, report_model_find_pair(&f->model, "one", "third"), "records_per_sec", &e);
    assert_string_equal(e.ratio.why_none, "there is no block in which both have a value above 0");
    assert_string_equal(e.shown, "\xe2\x80\x93");
    explanation_release(&e);
}

/* Where the interval's width decided how many trials there are, its level is another. */
static void test_the_level_of_the_interval(void **state)
{
    struct fixture *f = *state;
    struct explanation e;
    for (int block = 1; block <= 5; block++) {
        struct store_trial trial = trial_of(f, 0, "base", block, 100 + block);
        trial.client_cpu_s = block;
        put(f, &trial);
    }
    const struct report_pair *pair = load(f, "base");
    explain(f, pair, "records_per_sec", &e);
    assert_near(e.confidence, 0.97, 0);
    assert_text(&e, "97 % interval of the trials' median by order statistics");
    char *method = explanation_method(&e);
    assert_non_null(strstr(method, "; that is the lowest to the highest of 5, which covers 93.75 %"));
    free(method);
    explanation_release(&e);
    explain(f, pair, "client_cpu_s", &e);
    assert_near(e.confidence, 0.95, 0);
    explanation_release(&e);
}

static void test_what_is_not_there(void **state)
{
    struct fixture *f = *state;
    struct explanation e;
    struct error error = ERROR_INIT;
    static const struct {
        const char *pair, *message;
    } pairs[] = {
        {"one/othr", "version 't1' has no run 'othr', did you mean 'other'?"},
        {"onee/other", "version 't1' has no case 'onee', did you mean 'one'?"},
        {"something/other", "version 't1' has no case 'something'; there are one and two"},
        {"one", "'one' is no pair, expected CASE/RUN such as 'one/base'"},
    };
    const struct report_pair *pair = load(f, "base");
    assert_false(report_explain(f->store, &f->model, pair, "record_per_sec", &e, &error));
    assert_string_equal(error.message, "version 't1' has no metric 'record_per_sec', did you mean 'records_per_sec'?");
    assert_false(report_explain(f->store, &f->model, pair, "latency_p12_ms", &e, &error));
    assert_int_equal(error.category, ERROR_INPUT);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        assert_null(report_explain_find(&f->model, pairs[i].pair, &error));
        assert_string_equal(error.message, pairs[i].message);
    }
    assert_ptr_equal(report_explain_find(&f->model, "one/base", &error), pair);
}

/* Every metric of the model is documented, under its own name, and only what is one is. */
static void test_every_metric_is_documented(void **state)
{
    struct fixture *f = *state;
    struct string_list names = {0};
    load(f, "base");
    metric_names_of(&f->model, &names);
    assert_int_equal(names.count, METRIC_COUNT + 6);
    for (size_t i = 0; i < names.count; i++) {
        const struct metric_documentation *document = metric_document(names.items[i]);
        assert_non_null(document);
        if (document->name)
            assert_string_equal(document->name, names.items[i]);
    }
    assert_null(metric_document("records"));
    string_list_release(&names);
}

/* A tool keeps no histogram: its percentile is the median of what it printed, and marked as in the tables. */
static void test_a_tool_without_histograms(void **state)
{
    struct fixture *f = *state;
    struct explanation e;
    for (int block = 1; block <= 3; block++) {
        struct store_trial trial = trial_of(f, 0, "base", block, 100);
        trial.source = "tool";
        trial.latency_p99_ms = 10 * block;
        put(f, &trial);
    }
    explain(f, load(f, "base"), "latency_p99_ms", &e);
    assert_false(e.merged);
    assert_string_equal(e.shown, "20.00*");
    assert_near(e.value, 20, 0);
    assert_text(&e, "median of 3 trials, which have no histograms to be merged");
    assert_text(&e, "Measured by: the tool itself");
    explanation_release(&e);
}

static void test_environments_that_differ(void **state)
{
    struct fixture *f = *state;
    struct explanation e;
    json_t *other = json_pack("{s:i, s:s}", "cpu_cores", 2, "kernel", "9.9");
    struct store_trial first = trial_of(f, 0, "base", 1, 100);
    put(f, &first);
    explain(f, load(f, "base"), "records_per_sec", &e);
    assert_int_equal(e.environment_count, 1);
    assert_int_equal(e.difference_count, 0);
    explanation_release(&e);
    assert_true(store_put_environment(f->store, other, &f->environment_id, NULL));
    json_decref(other);
    f->campaigns[1] = begin_campaign(f);
    struct store_trial second = trial_of(f, 1, "base", 2, 100);
    put(f, &second);
    explain(f, load(f, "base"), "records_per_sec", &e);
    assert_int_equal(e.environment_count, 2);
    assert_int_equal(e.difference_count, 1);
    assert_string_equal(e.differences[0].name, "kernel");
    assert_text(&e, "They differ in kernel: (not there) / 9.9\n");
    explanation_release(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_trial_has_a_fate, set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_with_the_disturbed_trials, set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_percentiles_are_of_merged_histograms, set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_a_sum_and_a_maximum, set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_a_tool_without_histograms, set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_environments_that_differ, set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_the_ratio_has_its_blocks, set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_the_level_of_the_interval, set_up_precision, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_what_is_not_there, set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_every_metric_is_documented, set_up, fixture_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

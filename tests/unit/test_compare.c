/* SPDX-License-Identifier: Apache-2.0 */
/* Two revisions held against each other: ratios, verdicts, regressions, and what differs besides. */
#include "test_store_fixture.h"

#include "report/compare.h"

#include "near.h"

/* One side: a campaign of a revision on a machine. */
struct side {
    int64_t campaign_id;
    const char *client_version, *broker_version, *linger;
};

static int64_t begin(struct store *store, int64_t experiment_id, const char *kernel, int cores)
{
    struct error error = ERROR_INIT;
    int64_t environment_id;
    json_t *environment = json_pack("{s:s, s:i, s:s}", "kernel", kernel, "cpu_cores", cores, "host_hash", "h");
    assert_ok(store_put_environment(store, environment, &environment_id, &error), &error);
    json_decref(environment);
    return fixture_begin_campaign(store, experiment_id, environment_id);
}

static void put(struct store *store, const struct side *side, const char *run, int block, double rate)
{
    struct error error = ERROR_INIT;
    struct store_trial trial;
    struct store_trial_setting setting = {.canonical = "linger.ms",
                                          .native = "linger.ms",
                                          .in_force = side->linger,
                                          .applied = true};
    store_trial_init(&trial);
    trial.campaign_id = side->campaign_id;
    trial.case_name = "one";
    trial.run_name = run;
    trial.block = block;
    trial.attempt = 1;
    trial.status = "ok";
    trial.source = "measured";
    trial.started_at = "2026-01-01T00:00:00.000Z";
    trial.duration_s = 10;
    trial.records_per_sec = rate;
    trial.latency_p50_ms = 1000 / rate;
    trial.client_library = "lib";
    trial.client_version = side->client_version;
    trial.broker_version = side->broker_version;
    trial.settings = &setting;
    trial.setting_count = 1;
    assert_ok(store_put_trial(store, &trial, NULL, &error), &error);
}

/* Revision 1: `ant` at about 100, `zebra` at about 200. Revision 2, of records of 200 bytes: `ant` at `factor` times that, and
 * no `zebra`. */
static void measure(struct fixture *fixture, double factor, const char *kernel, int cores)
{
    struct error error = ERROR_INIT;
    struct experiment *changed = fixture_experiment(200, "");
    int64_t second;
    assert_int_equal(store_register_experiment(fixture->store, changed, true, NULL, -1, &second, &error),
                     STORE_REGISTERED);
    experiment_free(changed);
    struct side a = {begin(fixture->store, fixture->experiment_id, "6.1", 2), "1.0", "4.3", "0"};
    struct side b = {begin(fixture->store, second, kernel, cores), "1.1", "4.3", "5"};
    for (int block = 1; block <= 6; block++) {
        put(fixture->store, &a, "ant", block, 98 + block);
        put(fixture->store, &a, "zebra", block, 200 + block);
        put(fixture->store, &b, "ant", block, factor * (98 + block));
    }
}

/* Revision 2 to revision 1. */
static struct comparison_request request_of(const struct fixture *fixture, const char *metric)
{
    return (struct comparison_request){.store_a = fixture->store,
                                       .store_b = fixture->store,
                                       .version_a = "t1",
                                       .version_b = "t1",
                                       .revision_a = 1,
                                       .revision_b = 2,
                                       .metric = metric};
}

static struct comparison compare(struct fixture *fixture, const char *metric, double tolerance, bool across_machines)
{
    struct error error = ERROR_INIT;
    struct comparison comparison;
    struct comparison_request request = request_of(fixture, metric);
    request.tolerance = tolerance;
    request.across_machines = across_machines;
    assert_ok(comparison_make(&request, &comparison, &error), &error);
    return comparison;
}

static void test_ratio_and_verdict(void **state)
{
    struct fixture *fixture = *state;
    measure(fixture, 0.5, "6.1", 2);
    struct comparison comparison = compare(fixture, "records_per_sec", 0.1, false);
    assert_int_equal(comparison.pair_count, 1);
    assert_near(comparison.pairs[0].ratio.estimate, 0.5, 1e-12);
    assert_near(comparison.pairs[0].median_b.estimate, 50.75, 1e-9);
    assert_true(comparison.pairs[0].detectable > 0 && comparison.pairs[0].detectable < 0.2);
    assert_string_equal(comparison_verdict(&comparison, &comparison.pairs[0]), "slower");
    assert_true(comparison.pairs[0].regressed);
    assert_int_equal(comparison_regressions(&comparison), 1);
    assert_int_equal(comparison_pairs_with_interval(&comparison), 1);
    assert_int_equal(comparison.only_a.count, 1);
    assert_string_equal(comparison.only_a.items[0], "one/zebra");
    assert_int_equal(comparison.only_b.count, 0);
    comparison_release(&comparison);
}

/* The tolerance is for the whole interval, in the direction that is worse. */
static void test_regressions(void **state)
{
    struct fixture *fixture = *state;
    measure(fixture, 0.9, "6.1", 2);
    static const struct {
        const char *metric, *verdict;
        double tolerance;
        bool regressed;
    } tries[] = {
        {"records_per_sec", "slower", 0, true},
        {"records_per_sec", "slower", 0.1, false},
        {"latency_p50_ms", "higher", 0, true},
        {"latency_p50_ms", "higher", 0.11, false},
        {"records_per_sec", "slower", 0.03, true},
        {"records_per_sec", "slower", 0.09, false}, /* the ratio is beyond, its interval not wholly */
        {"latency_p50_ms", "higher", 0.10, false},
    };
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
        struct comparison comparison = compare(fixture, tries[i].metric, tries[i].tolerance, false);
        assert_string_equal(comparison_verdict(&comparison, &comparison.pairs[0]), tries[i].verdict);
        assert_int_equal(comparison.pairs[0].regressed, tries[i].regressed);
        comparison_release(&comparison);
    }
}

static void test_an_improvement_is_no_regression(void **state)
{
    struct fixture *fixture = *state;
    measure(fixture, 2, "6.1", 2);
    struct comparison comparison = compare(fixture, "records_per_sec", 0, false);
    assert_string_equal(comparison_verdict(&comparison, &comparison.pairs[0]), "faster");
    assert_false(comparison.pairs[0].regressed);
    comparison_release(&comparison);
    comparison = compare(fixture, "latency_p50_ms", 0, false);
    assert_string_equal(comparison_verdict(&comparison, &comparison.pairs[0]), "lower");
    assert_false(comparison.pairs[0].regressed);
    comparison_release(&comparison);
}

static void assert_difference(const struct comparison_difference *difference, enum difference_kind kind,
                              const char *name, const char *a, const char *b, bool intended)
{
    assert_string_equal(difference->name, name);
    assert_string_equal(difference->a, a);
    assert_string_equal(difference->b, b);
    assert_int_equal(difference->kind, kind);
    assert_int_equal(difference->intended, intended);
}

static void test_what_nobody_asked_for_is_first(void **state)
{
    struct fixture *fixture = *state;
    measure(fixture, 1, "6.2", 2);
    struct comparison comparison = compare(fixture, "records_per_sec", 0, false);
    assert_int_equal(comparison.difference_count, 4);
    assert_difference(&comparison.differences[0], DIFFERENCE_ENVIRONMENT, "kernel", "6.1", "6.2", false);
    assert_difference(&comparison.differences[1], DIFFERENCE_CLIENT, "ant", "lib 1.0", "lib 1.1", false);
    assert_difference(&comparison.differences[2], DIFFERENCE_CLIENT_SETTING, "ant linger.ms in one", "0", "5", false);
    assert_difference(&comparison.differences[3], DIFFERENCE_DEFINITION, "cases[one].record.size", "100", "200", true);
    assert_false(comparison.other_machine);
    assert_string_equal(comparison_verdict(&comparison, &comparison.pairs[0]), "no difference shown");
    comparison_release(&comparison);
}

static void test_other_machines_are_judged_on_request_only(void **state)
{
    struct fixture *fixture = *state;
    measure(fixture, 0.5, "6.1", 4);
    struct comparison comparison = compare(fixture, "records_per_sec", 0, false);
    assert_true(comparison.other_machine);
    assert_difference(&comparison.differences[0], DIFFERENCE_MACHINE, "cpu_cores", "2", "4", false);
    assert_string_equal(comparison_verdict(&comparison, &comparison.pairs[0]), "not judged");
    assert_false(comparison.pairs[0].regressed);
    comparison_release(&comparison);
    comparison = compare(fixture, "records_per_sec", 0, true);
    assert_true(comparison.other_machine && comparison.judged && comparison.pairs[0].regressed);
    struct text text = TEXT_INIT;
    comparison_text(&comparison, &text);
    assert_contains(text.bytes, "That is weak");
    text_release(&text);
    comparison_release(&comparison);
}

static void test_nothing_in_common(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    struct comparison comparison;
    struct comparison_request request = request_of(fixture, "records_per_sec");
    struct side a = {begin(fixture->store, fixture->experiment_id, "6.1", 2), "1.0", "4.3", "0"};
    put(fixture->store, &a, "ant", 1, 1);
    assert_false(comparison_make(&request, &comparison, &error));
    assert_contains(error.message, "no revision 2");
    request.revision_b = 1;
    request.version_b = "t9";
    assert_false(comparison_make(&request, &comparison, &error));
    assert_contains(error.message, "no version 't9'");
    struct experiment *changed = fixture_experiment(200, "");
    int64_t second;
    assert_int_equal(store_register_experiment(fixture->store, changed, true, NULL, -1, &second, &error),
                     STORE_REGISTERED);
    experiment_free(changed);
    request.version_b = "t1";
    request.revision_b = 2;
    assert_false(comparison_make(&request, &comparison, &error));
    assert_int_equal(error.category, ERROR_INPUT);
    assert_contains(error.message, "no pair of case and run in common");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_ratio_and_verdict),
        TEST(test_regressions),
        TEST(test_an_improvement_is_no_regression),
        TEST(test_what_nobody_asked_for_is_first),
        TEST(test_other_machines_are_judged_on_request_only),
        TEST(test_nothing_in_common),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The claims of a version in a database: where their figures come from, and what is said of sentences. */
#include "test_store_fixture.h"

#include "measure/histogram.h"
#include "report/claims_write.h"
#include "report/wording.h"

#include "near.h"

static const char claims[] =
    "version: t2\n"
    "title: A test\n"
    "cluster: {kind: mock}\n"
    "cases:\n"
    "  - {name: one, topic: {partitions: 1, replication.factor: 1}, producer: {acks: 1}}\n"
    "  - {name: two, topic: {partitions: 1, replication.factor: 3}, producer: {acks: all}}\n"
    "runs:\n"
    "  - {name: ant, driver: c}\n"
    "  - {name: zebra, driver: java}\n"
    "claims:\n"
    "  - {name: half, quote: a, metric: records_per_sec, of: {case: two, run: ant}, to: {case: one, run: ant},\n"
    "     ratio: [0.4, 0.6]}\n"
    "  - {name: same, quote: a, metric: records_per_sec, of: {case: two, run: ant}, to: {case: one, run: ant},\n"
    "     ratio: [0.9, 1.1]}\n"
    "  - {name: other-version, quote: b, metric: records_per_sec, of: {case: one, run: ant},\n"
    "     to: {case: one, run: ant, version: t1}, ratio: [1.5, 2.5]}\n"
    "  - {name: no-version, quote: c, metric: records_per_sec, of: {case: one, run: ant},\n"
    "     to: {case: one, run: ant, version: t0}, ratio: [1.5, 2.5]}\n"
    "  - {name: theirs, quote: d, metric: records_per_sec, of: {case: x, run: wasp, published: p2},\n"
    "     to: {case: one, run: ant, published: p1}, ratio: [0, 1]}\n"
    "  - {name: median, quote: e, metric: latency_p25_ms, of: {case: one, run: ant}, range: [1, 3]}\n"
    "  - {name: nothing, quote: f, metric: records_per_sec, of: {case: one, run: zebra}, range: [0, 1]}\n"
    "report: {published: p1}\n";

static const char published[] = "version,case,run,source_title,records_per_sec\n"
                                "p1,one,ant,Post,100\n"
                                "p1,two,ant,Post,95\n"
                                "p2,x,wasp,Other,50\n";

/* Records of 1, 2, 3 and 4 ms. */
static char *some_latency(void)
{
    struct histogram *histogram = histogram_new_latency();
    for (int64_t ms = 1; ms <= 4; ms++)
        histogram_record(histogram, ms * 1000000, 1);
    char *payload = histogram_encode(histogram, NULL);
    histogram_free(histogram);
    return payload;
}

static void put(struct store *store, int64_t campaign, const char *case_name, int block, double rate)
{
    struct error error = ERROR_INIT;
    struct store_trial trial;
    char *payload = some_latency();
    store_trial_init(&trial);
    trial.campaign_id = campaign;
    trial.case_name = case_name;
    trial.run_name = "ant";
    trial.block = block;
    trial.attempt = 1;
    trial.status = "ok";
    trial.source = "measured";
    trial.started_at = "2026-01-01T00:00:00.000Z";
    trial.duration_s = 10;
    trial.records_per_sec = rate;
    trial.latency_payload = payload;
    assert_ok(store_put_trial(store, &trial, NULL, &error), &error);
    free(payload);
}

static void import(struct fixture *fixture, const char *csv)
{
    struct error error = ERROR_INIT;
    int64_t changed;
    char *path = string_format("%s/p.csv", fixture->folder);
    assert_ok(file_write(path, csv, strlen(csv), &error), &error);
    assert_ok(store_import_csv(fixture->store, path, false, &changed, &error), &error);
    free(path);
}

/* Version t1 at 50 records/s, t2 at 100 and more from block to block, and half of it in its second case. */
static struct report_model judge(struct fixture *fixture)
{
    struct error error = ERROR_INIT;
    struct report_model model;
    int64_t id;
    struct experiment *experiment = definition_parse("t2.yaml", claims);
    assert_int_equal(store_register_experiment(fixture->store, experiment, false, NULL, -1, &id, &error),
                     STORE_REGISTERED);
    experiment_free(experiment);
    int64_t campaign = fixture_begin_campaign(fixture->store, id, STORE_ABSENT);
    for (int block = 1; block <= 6; block++) {
        put(fixture->store, fixture->campaign_id, "one", block, 50 + block);
        put(fixture->store, campaign, "one", block, 100 + 2 * block);
        put(fixture->store, campaign, "two", block, 50 + block);
    }
    import(fixture, published);
    assert_ok(report_model_load(fixture->store, "t2", &model, &error), &error);
    assert_ok(report_claims_load(fixture->store, &model, &error), &error);
    return model;
}

static void assert_judged(const struct report_judgement *judgement, enum verdict verdict, double value, size_t n)
{
    assert_true(judgement->judged);
    assert_string_equal(verdict_name(judgement->verdict), verdict_name(verdict));
    assert_int_equal(judgement->value.n, n);
    if (!isnan(value))
        assert_near(judgement->value.estimate, value, 1e-9);
}

static void test_where_figures_come_from(void **state)
{
    struct report_model model = judge(*state);
    assert_int_equal(model.claim_count, 7);
    assert_judged(&model.claims[0].measured, VERDICT_HOLDS, 0.5, 6);
    assert_judged(&model.claims[0].published, VERDICT_FAILS, 0.95, 0);
    assert_judged(&model.claims[1].measured, VERDICT_FAILS, 0.5, 6);
    assert_judged(&model.claims[1].published, VERDICT_HOLDS, 0.95, 0);
    assert_judged(&model.claims[2].measured, VERDICT_HOLDS, 2, 6);
    assert_false(model.claims[2].published.judged); /* of another version nothing is published */
    assert_judged(&model.claims[3].measured, VERDICT_UNDECIDED, (double)NAN, 0);
    assert_contains(model.claims[3].measured.note, "no version 't0'");
    assert_false(model.claims[4].measured.judged);
    assert_judged(&model.claims[4].published, VERDICT_HOLDS, 0.5, 0);
    assert_judged(&model.claims[5].measured, VERDICT_HOLDS, (double)NAN, 6);
    assert_near(model.claims[5].measured.value.estimate, 1, 0.01); /* three significant digits */
    assert_false(model.claims[5].published.judged);
    assert_judged(&model.claims[6].measured, VERDICT_UNDECIDED, (double)NAN, 0);
    assert_contains(model.claims[6].measured.note, "no trial of one/zebra");
    report_model_release(&model);
}

static void test_what_is_said_of_sentences(void **state)
{
    struct report_model model = judge(*state);
    assert_true(report_claim_contradicts_post(&model.claims[0]));
    assert_false(report_claim_contradicts_post(&model.claims[1]));
    assert_false(report_claim_contradicts_post(&model.claims[4]));
    assert_true(report_claims_disagree(&model, 0, false) && report_claims_disagree(&model, 0, true));
    assert_false(report_claims_disagree(&model, 2, false));
    assert_true(report_claim_is_quoted_before(&model, 1));
    assert_false(report_claim_is_quoted_before(&model, 2));
    assert_int_equal(model.claims[0].differences.count, 2);
    assert_string_equal(model.claims[0].differences.items[0], "producer.acks: 1 -> all");
    assert_string_equal(model.claims[0].differences.items[1], "topic.replication.factor: 1 -> 3");
    assert_int_equal(model.claims[2].differences.count, 0);
    report_model_release(&model);
}

/* One is of two published tables, and neither holds nor fails by what was measured. */
static void test_how_many_hold(void **state)
{
    struct report_model model = judge(*state);
    struct string_list summary = {0};
    assert_int_equal(report_claims_count(&model, VERDICT_HOLDS), 3);
    assert_int_equal(report_claims_count(&model, VERDICT_FAILS), 1);
    assert_int_equal(report_claims_count(&model, VERDICT_UNDECIDED), 2);
    wording_summary(&model, &summary);
    assert_true(string_list_contains(&summary, "Of 7 claims 3 hold by what was measured here, 1 fail, and 2 are "
                                               "undecided; one is about published numbers alone."));
    string_list_release(&summary);
    report_model_release(&model);
}

static void test_verdicts_are_kept(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    struct report_model model = judge(fixture);
    assert_ok(report_claims_store(fixture->store, &model, &error), &error);
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM claim_verdict"), 9);
    assert_int_equal(
        fixture_count(fixture->store,
                      "SELECT count(*) FROM claim_verdict JOIN claim ON claim.id = claim_id WHERE name = "
                      "'half' AND ((basis = 'measured' AND verdict = 'holds' AND trials = 6 AND ci_low > 0.4) "
                      "OR (basis = 'published' AND verdict = 'fails' AND trials = 0 AND ci_low IS NULL))"),
        2);
    report_model_release(&model);
}

static void test_writers_say_it(void **state)
{
    struct report_model model = judge(*state);
    struct text text = TEXT_INIT;
    report_claims_text(&model, &text);
    assert_contains(text.bytes, "half: by the post's own published numbers it does not hold");
    assert_contains(text.bytes,
                    "half: 2 settings change at once: producer.acks: 1 -> all / topic.replication.factor: 1 -> 3");
    assert_contains(text.bytes, "it is true in one reading or for one client and not in the other: ambiguous");
    text_clear(&text);
    report_claims_csv(&model, &text);
    assert_contains(text.bytes,
                    "\nt2,1,half,a,records_per_sec,two,ant,,,one,ant,,,0.4,0.6,published,fails,0,0.95,,,\n");
    text_release(&text);
    json_t *json = report_claims_json(&model);
    assert_int_equal(json_array_size(json), 7);
    assert_true(json_is_null(json_object_get(json_array_get(json, 4), "measured")));
    assert_true(json_is_null(json_object_get(json_array_get(json, 5), "to")));
    json_decref(json);
    report_model_release(&model);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_where_figures_come_from), TEST(test_what_is_said_of_sentences),
        TEST(test_how_many_hold),           TEST(test_verdicts_are_kept),
        TEST(test_writers_say_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

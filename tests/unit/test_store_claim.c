/* SPDX-License-Identifier: Apache-2.0 */
/* Verdicts of claims, by revision and basis; and a published table as the claims read it. */
#include "test_store_fixture.h"

static struct store_claim_verdict verdict_of(const char *basis, const char *verdict, int trials, double value)
{
    return (struct store_claim_verdict){.claim = "same",
                                        .basis = basis,
                                        .verdict = verdict,
                                        .trials = trials,
                                        .value = value,
                                        .ci_low = (double)NAN,
                                        .ci_high = (double)NAN};
}

static void test_verdicts_are_replaced(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    struct store_claim_verdict rows[] = {verdict_of("measured", "undecided", 3, 1.25),
                                         verdict_of("published", "fails", 0, 7)};
    rows[0].note = "n<5";
    assert_ok(store_put_claim_verdicts(fixture->store, fixture->experiment_id, rows, 2, &error), &error);
    assert_int_equal(
        fixture_count(fixture->store,
                      "SELECT count(*) FROM claim_verdict WHERE (basis = 'measured' AND verdict = "
                      "'undecided' AND trials = 3 AND value = 1.25 AND ci_low IS NULL AND note = 'n<5') OR "
                      "(basis = 'published' AND value = 7 AND note IS NULL)"),
        2);
    rows[0] = verdict_of("measured", "holds", 5, 1);
    assert_ok(store_put_claim_verdicts(fixture->store, fixture->experiment_id, rows, 1, &error), &error);
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM claim_verdict"), 1);
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM claim_verdict WHERE verdict = 'holds'"), 1);
}

static void test_each_revision_keeps_its_own(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    struct store_claim_verdict row = verdict_of("measured", "holds", 5, 1);
    struct experiment *changed = fixture_experiment(200, "");
    int64_t second;
    assert_int_equal(store_register_experiment(fixture->store, changed, true, NULL, -1, &second, &error),
                     STORE_REGISTERED);
    assert_ok(store_put_claim_verdicts(fixture->store, fixture->experiment_id, &row, 1, &error), &error);
    row.verdict = "fails";
    assert_ok(store_put_claim_verdicts(fixture->store, second, &row, 1, &error), &error);
    assert_int_equal(fixture_count(fixture->store, "SELECT count(DISTINCT claim_id) FROM claim_verdict"), 2);
    experiment_free(changed);
}

static void test_an_unknown_claim_changes_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    struct store_claim_verdict rows[] = {verdict_of("measured", "holds", 5, 1), verdict_of("measured", "holds", 5, 1)};
    assert_ok(store_put_claim_verdicts(fixture->store, fixture->experiment_id, rows, 1, &error), &error);
    rows[1].claim = "none";
    assert_false(store_put_claim_verdicts(fixture->store, fixture->experiment_id, rows, 2, &error));
    assert_contains(error.message, "no claim 'none'");
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM claim_verdict"), 1);
    assert_int_equal(fixture->store->depth, 0);
}

static void test_a_published_table(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    struct store_result_rows rows;
    int64_t changed;
    char *path = string_format("%s/p.csv", fixture->folder);
    static const char csv[] = "version,case,run,source_title,records_per_sec\n"
                              "p1,b,x,Post,2\np1,a,x,Post,1\np2,a,x,Post,3\n";
    assert_ok(file_write(path, csv, sizeof csv - 1, &error), &error);
    assert_ok(store_import_csv(fixture->store, path, false, &changed, &error), &error);
    assert_ok(store_read_published(fixture->store, "p1", &rows, &error), &error);
    assert_int_equal(rows.count, 2);
    assert_string_equal(rows.items[0].case_name, "a");
    assert_true(rows.items[0].records_per_sec == 1 && rows.items[1].records_per_sec == 2);
    store_result_rows_release(&rows);
    assert_ok(store_read_published(fixture->store, "t1", &rows, &error), &error);
    assert_int_equal(rows.count, 0);
    free(path);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_verdicts_are_replaced),
        TEST(test_each_revision_keeps_its_own),
        TEST(test_an_unknown_claim_changes_nothing),
        TEST(test_a_published_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

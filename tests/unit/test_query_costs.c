/* SPDX-License-Identifier: Apache-2.0 */
/* What trials of others cost: nothing. Counted in steps of SQLite's virtual machine, not in time. */
#include "test_query_fixture.h"

#include "base/banned.h"

/* So many trials of the run "third" in blocks that nobody else uses. */
static void add_trials(struct fixture *f, int count)
{
    char *sql = string_format(
        "WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < %d) "
        "INSERT INTO trial (campaign_id, case_id, run_id, block, attempt, status, source, started_at, records_lost) "
        "SELECT 1, (SELECT id FROM experiment_case WHERE name = 'one'), (SELECT id FROM run WHERE name = 'third'), "
        "1000 + n, 1, CASE WHEN n %% 50 THEN 'ok' ELSE 'failed' END, 'measured', '2026-01-01T00:00:00.000Z', n %% 100 = 0 "
        "FROM number",
        count);
    struct error error = ERROR_INIT;
    if (!store_script(f->store, sql, "add trials", &error))
        fail_msg("%s", error.message);
    free(sql);
}

static int64_t steps_of_one_more(struct fixture *f, int block, const char *status)
{
    struct store_trial trial = full_trial(f, "base", block, status);
    trial.latency_payload = "payload";
    statements_forget();
    put(f, &trial);
    return statements.steps;
}

static void test_one_more_trial_costs_the_same(void **state)
{
    struct fixture *f = *state;
    int64_t whole = steps_of_one_more(f, 101, "ok"), failed = steps_of_one_more(f, 102, "failed");
    assert_true(whole > 100);
    add_trials(f, 20000);
    assert_int_equal(steps_of_one_more(f, 103, "ok"), whole);
    assert_int_equal(steps_of_one_more(f, 104, "failed"), failed);
}

static int64_t steps_of_status(struct fixture *f)
{
    statements_forget();
    run_command(f, "status");
    return statements.steps;
}

static void test_status_does_not_count_older_trials(void **state)
{
    struct fixture *f = *state;
    begin_another_version(f);
    int64_t steps = steps_of_status(f);
    assert_true(steps > 100);
    add_trials(f, 5000);
    assert_int_equal(steps_of_status(f), steps);
}

static int64_t steps_of_report(struct fixture *f)
{
    char *report = string_format("report t2 --no-charts --out=%s/out", f->folder);
    statements_forget();
    run_command(f, report);
    free(report);
    return statements.steps;
}

static void test_a_report_does_not_read_other_versions_trials(void **state)
{
    struct fixture *f = *state;
    begin_another_version(f);
    int64_t steps = steps_of_report(f);
    assert_true(steps > 100);
    add_trials(f, 5000);
    assert_int_equal(steps_of_report(f), steps);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, query_set_up, query_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_one_more_trial_costs_the_same),
        TEST(test_status_does_not_count_older_trials),
        TEST(test_a_report_does_not_read_other_versions_trials),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

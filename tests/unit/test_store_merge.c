/* SPDX-License-Identifier: Apache-2.0 */
/* Rows from one database into another: what is the same, what is new, what contradicts. */
#include "test_store_fixture.h"

#include "store/copy.h"
#include "store/transfer.h"

/* A second database with the fixture's definition and a campaign of its own. */
static struct store *make_other(const struct fixture *fixture, const char *name, int record_size, struct fixture *other)
{
    struct error error = ERROR_INIT;
    *other = (struct fixture){.path = string_format("%s/%s", fixture->folder, name)};
    other->store = store_open(other->path, &error);
    assert_ok(other->store, &error);
    struct experiment *experiment = fixture_experiment(record_size, "");
    assert_int_equal(store_register_experiment(other->store, experiment, false, "def", 0, &other->experiment_id,
                                               &error),
                     STORE_REGISTERED);
    experiment_free(experiment);
    json_t *environment = json_pack("{s:s}", "kernel", name);
    assert_ok(store_put_environment(other->store, environment, &other->environment_id, &error), &error);
    json_decref(environment);
    struct store_campaign campaign = {.experiment_id = other->experiment_id,
                                      .environment_id = other->environment_id,
                                      .seed = 8,
                                      .pid = (int)getpid()};
    assert_ok(store_begin_campaign(other->store, &campaign, &error), &error);
    other->campaign_id = campaign.id;
    return other->store;
}

static void release_other(struct fixture *other)
{
    store_close(other->store);
    free(other->path);
}

static void put_trial(const struct fixture *fixture, int block, double rate, const char *started_at)
{
    struct error error = ERROR_INIT;
    struct store_trial_setting setting = {"acks", "acks", "all", "-1", true};
    struct store_interval intervals[] = {{.interval_ms = 1000, .records = 10, .client_cpu_s = (double)NAN},
                                         {.interval_ms = 100, .records = 1, .client_cpu_s = 0.25}};
    struct store_trial trial = fixture_trial(fixture, block, 1, "ok");
    trial.records_per_sec = rate;
    trial.started_at = started_at;
    trial.warmup_s = 1;
    trial.duration_s = 20;
    trial.latency_payload = "SGlzdG9ncmFt";
    trial.settings = &setting;
    trial.setting_count = 1;
    trial.intervals = intervals;
    trial.interval_count = 2;
    assert_ok(store_put_trial(fixture->store, &trial, NULL, &error), &error);
}

static struct store_merged merge(const struct fixture *fixture, const char *path)
{
    struct error error = ERROR_INIT;
    struct store_merged merged;
    assert_ok(store_merge(fixture->store, path, &merged, &error), &error);
    assert_int_equal(fixture->store->depth, 0);
    return merged;
}

static void assert_conflict(const struct fixture *fixture, const char *path, const char *words)
{
    struct error error = ERROR_INIT;
    struct store_merged merged;
    int64_t trials = fixture_count(fixture->store, "SELECT count(*) FROM trial");
    assert_false(store_merge(fixture->store, path, &merged, &error));
    assert_int_equal(error.category, ERROR_INPUT);
    assert_contains(error.message, words);
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM trial"), trials);
}

static void test_every_table_is_known(void **state)
{
    struct fixture *fixture = *state;
    size_t known = 0;
    while (copy_tables[known].name) {
        char *sql = string_format("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = '%s'",
                                  copy_tables[known].name);
        assert_int_equal(fixture_count(fixture->store, sql), 1);
        free(sql);
        known++;
    }
    assert_true(known <= COPY_TABLES_MAX);
    assert_int_equal(fixture_count(fixture->store,
                                   "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name NOT "
                                   "LIKE 'sqlite%' AND name <> 'schema_doc'"),
                     known);
}

static void test_ids_follow_their_rows(void **state)
{
    struct fixture *fixture = *state, other;
    make_other(fixture, "other.db", 100, &other);
    put_trial(fixture, 1, 100, "2026-01-01T00:00:00.000Z");
    put_trial(&other, 2, 200, "2026-01-02T00:00:00.000Z");
    put_trial(&other, 3, 300, "2026-01-03T00:00:00.000Z");
    struct store_merged merged = merge(fixture, other.path);
    assert_int_equal(merged.trials, 2);
    assert_int_equal(merged.campaigns, 1);
    assert_int_equal(merged.experiments, 0);
    /* 2 trials with a setting, a histogram and 2 intervals each, the campaign and its environment. */
    assert_int_equal(merged.rows, 2 * 5 + 2);
    assert_int_equal(fixture_count(fixture->store,
                                   "SELECT count(*) FROM results WHERE trial = 3 AND records_per_sec = 300 "
                                   "AND case_name = 'one' AND run_name = 'ant' AND environment_id IS NOT "
                                   "NULL"),
                     1);
    assert_int_equal(fixture_count(fixture->store,
                                   "SELECT count(*) FROM trial_setting JOIN trial ON trial.id = trial_id"),
                     3);
    merged = merge(fixture, other.path);
    assert_int_equal(merged.rows, 0);
    release_other(&other);
}

static void test_ids_are_kept_where_they_are_free(void **state)
{
    struct fixture *fixture = *state, other;
    struct error error = ERROR_INIT;
    make_other(fixture, "other.db", 100, &other);
    put_trial(&other, 2, 200, "2026-01-02T00:00:00.000Z");
    /* A campaign's trials need not begin at 1. */
    assert_ok(
        store_script(other.store,
                     "PRAGMA foreign_keys = OFF; UPDATE trial_setting SET trial_id = 70; UPDATE trial_latency SET "
                     "trial_id = 70; UPDATE trial_interval SET trial_id = 70; UPDATE trial SET id = 70",
                     "move", &error),
        &error);
    merge(fixture, other.path);
    assert_int_equal(fixture_count(fixture->store, "SELECT id FROM trial"), 70);
    release_other(&other);
}

static void test_another_definition(void **state)
{
    struct fixture *fixture = *state, other;
    make_other(fixture, "other.db", 200, &other);
    put_trial(&other, 1, 200, "2026-01-02T00:00:00.000Z");
    assert_conflict(fixture, other.path, "version t1, revision 1: ");
    release_other(&other);
}

static void test_the_same_trial_with_other_numbers(void **state)
{
    struct fixture *fixture = *state, other;
    make_other(fixture, "other.db", 100, &other);
    put_trial(fixture, 1, 100, "2026-01-01T00:00:00.000Z");
    put_trial(&other, 2, 200, "2026-01-02T00:00:00.000Z");
    put_trial(&other, 1, 100, "2026-01-02T00:00:00.000Z");
    assert_conflict(fixture, other.path,
                    "trial 1 of one/ant, attempt 1, of t1@1: started_at is '2026-01-02T00:00:00.000Z' in '");
    release_other(&other);
}

static void test_a_changed_part_of_a_trial(void **state)
{
    struct fixture *fixture = *state, other;
    struct error error = ERROR_INIT;
    make_other(fixture, "other.db", 100, &other);
    put_trial(&other, 2, 200, "2026-01-02T00:00:00.000Z");
    merge(fixture, other.path);
    assert_ok(store_script(other.store, "UPDATE trial_setting SET in_force = '1'", "change", &error), &error);
    assert_conflict(fixture, other.path, "a setting of trial 2 of one/ant, attempt 1, of t1@1: in_force is '1' in '");
    release_other(&other);
}

static void test_a_campaign_that_has_ended_since(void **state)
{
    struct fixture *fixture = *state, other;
    struct error error = ERROR_INIT;
    make_other(fixture, "other.db", 100, &other);
    merge(fixture, other.path);
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM campaign WHERE how IS NULL"), 2);
    assert_ok(store_end_campaign(other.store, other.campaign_id, "completed", 1, 2, 3, 4, NULL, &error), &error);
    merge(fixture, other.path);
    assert_int_equal(fixture_count(fixture->store,
                                   "SELECT count(*) FROM campaign WHERE how = 'completed' AND total_s = 4 "
                                   "AND ended_at IS NOT NULL"),
                     1);
    release_other(&other);
}

static void test_summaries_of_more_trials_are_forgotten(void **state)
{
    struct fixture *fixture = *state, other;
    struct error error = ERROR_INIT;
    struct store_summary summary = {.case_name = "one",
                                    .run_name = "ant",
                                    .metric = "mb_per_sec",
                                    .trials = 1,
                                    .median = 5};
    make_other(fixture, "other.db", 100, &other);
    put_trial(&other, 2, 200, "2026-01-02T00:00:00.000Z");
    assert_ok(store_put_summaries(fixture->store, fixture->experiment_id, &summary, 1, &error), &error);
    merge(fixture, other.path);
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM summary"), 0);
    assert_ok(store_put_summaries(fixture->store, fixture->experiment_id, &summary, 1, &error), &error);
    merge(fixture, other.path);
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM summary"), 1);
    release_other(&other);
}

/* Two machines may be verified at one time, and one of them may not be known. */
static void test_verifications(void **state)
{
    struct fixture *fixture = *state, other;
    struct error error = ERROR_INIT;
    make_other(fixture, "other.db", 100, &other);
    assert_ok(
        store_script(other.store,
                     "INSERT INTO verification (ran_at, kbench_version, environment_id, seconds, passed) VALUES "
                     "('2026-01-01T00:00:00.000Z', '0.1', 1, 2, 1), ('2026-01-01T00:00:00.000Z', '0.1', NULL, 3, 1);"
                     "INSERT INTO verification_point VALUES (2, 0, 'a', 'b', 'c', 'pass', NULL)",
                     "add", &error),
        &error);
    assert_int_equal(merge(fixture, other.path).verifications, 2);
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM verification_point JOIN verification ON id = "
                                                   "verification_id WHERE environment_id IS NULL AND seconds = 3"),
                     1);
    assert_int_equal(merge(fixture, other.path).rows, 0);
    release_other(&other);
}

static void test_itself_and_what_is_no_database(void **state)
{
    struct fixture *fixture = *state;
    char *path = string_format("%s/no.db", fixture->folder);
    struct error error = ERROR_INIT;
    assert_conflict(fixture, fixture->path, "is the database itself");
    assert_ok(file_write(path, "no database at all, but long enough to be none of the kinds", 58, &error), &error);
    assert_conflict(fixture, path, "is no SQLite database");
    free(path);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_every_table_is_known),
        TEST(test_ids_follow_their_rows),
        TEST(test_ids_are_kept_where_they_are_free),
        TEST(test_another_definition),
        TEST(test_the_same_trial_with_other_numbers),
        TEST(test_a_changed_part_of_a_trial),
        TEST(test_a_campaign_that_has_ended_since),
        TEST(test_summaries_of_more_trials_are_forgotten),
        TEST(test_verifications),
        TEST(test_itself_and_what_is_no_database),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

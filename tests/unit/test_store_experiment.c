/* SPDX-License-Identifier: Apache-2.0 */
/* Experiments and their revisions, campaigns and how they end, environments, brokers' settings. */
#include "test_store_fixture.h"

#include <sys/wait.h>

#include "store/liveness.h"

static void test_known_changed_amended(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    int64_t id;
    struct experiment *same = fixture_experiment(100, ""), *changed = fixture_experiment(200, "");
    assert_int_equal(store_register_experiment(fixture->store, same, false, NULL, -1, &id, &error), STORE_KNOWN);
    assert_true(id == fixture->experiment_id);
    assert_int_equal(store_register_experiment(fixture->store, changed, false, NULL, -1, &id, &error), STORE_CHANGED);
    assert_int_equal(error.category, ERROR_INPUT);
    assert_contains(error.message, same->sha256);
    assert_contains(error.message, changed->sha256);
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM experiment"), 1);
    assert_int_equal(store_register_experiment(fixture->store, changed, true, NULL, -1, &id, &error), STORE_REGISTERED);
    assert_true(id == store_find_experiment(fixture->store, "t1") && id != fixture->experiment_id);
    assert_int_equal(store_register_experiment(fixture->store, changed, false, NULL, -1, &id, &error), STORE_KNOWN);
    /* The first definition is not what the version means any more. */
    assert_int_equal(store_register_experiment(fixture->store, same, false, NULL, -1, &id, &error), STORE_CHANGED);
    assert_int_equal(fixture->store->depth, 0);
    experiment_free(same);
    experiment_free(changed);
}

static void test_read_experiment(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    struct store_experiment_row row;
    struct experiment *changed = fixture_experiment(200, ""), *first = fixture_experiment(100, "");
    int64_t id;
    store_register_experiment(fixture->store, changed, true, NULL, -1, &id, &error);
    assert_ok(store_read_experiment(fixture->store, "t1", 0, &row, &error), &error);
    assert_int_equal(row.revision, 2);
    assert_int_equal(row.git_dirty, -1);
    assert_null(row.git_commit);
    assert_string_equal(row.sha256, changed->sha256);
    store_experiment_row_release(&row);
    assert_ok(store_read_experiment(fixture->store, "t1", 1, &row, &error), &error);
    assert_string_equal(row.canonical, first->canonical);
    assert_string_equal(row.git_commit, "abc");
    assert_int_equal(row.git_dirty, 1);
    store_experiment_row_release(&row);
    assert_false(store_read_experiment(fixture->store, "t1", 7, &row, &error));
    assert_contains(error.message, "no revision 7");
    assert_false(store_read_experiment(fixture->store, "t2", 0, &row, &error));
    assert_contains(error.message, "did you mean 't1'?");
    assert_true(store_find_experiment(fixture->store, "t2") == STORE_ABSENT);
    experiment_free(changed);
    experiment_free(first);
}

static void test_parts(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM experiment_case"), 2);
    assert_int_equal(fixture_count(fixture->store,
                                   "SELECT position FROM experiment_case WHERE name = 'two' AND partitions = 1 AND "
                                   "rate_per_sec IS NULL"),
                     1);
    assert_int_equal(fixture_count(fixture->store, "SELECT position FROM run WHERE name = 'ant' AND driver = 'java'"),
                     1);
    assert_int_equal(fixture_count(fixture->store,
                                   "SELECT count(*) FROM claim WHERE name = 'same' AND of_run = 'ant' AND to_run = "
                                   "'zebra' AND ratio_low = 0.5 AND ratio_high = 1.5"),
                     1);
}

/* A secret's name is in the definition, its value is nowhere: not when it is set either. */
static void test_secrets_are_not_stored(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    int64_t id;
    assert_int_equal(setenv("KBENCH_TEST_SECRET", "hunter2", 1), 0);
    struct experiment *experiment = fixture_experiment(100, "sasl.password: \"${env:KBENCH_TEST_SECRET}\"");
    assert_int_equal(store_register_experiment(fixture->store, experiment, true, NULL, -1, &id, &error),
                     STORE_REGISTERED);
    assert_int_equal(fixture_count(fixture->store,
                                   "SELECT count(*) FROM experiment WHERE canonical LIKE "
                                   "'%${env:KBENCH_TEST_SECRET}%' AND as_written LIKE '%${env:KBENCH_TEST_SECRET}%'"),
                     1);
    store_close(fixture->store);
    fixture->store = NULL;
    struct text bytes = TEXT_INIT;
    assert_ok(file_read(fixture->path, 1 << 24, &bytes, &error), &error);
    assert_null(memmem(bytes.bytes, bytes.length, "hunter2", 7));
    text_release(&bytes);
    experiment_free(experiment);
}

static void test_campaigns(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    struct store_campaign_rows rows;
    json_t *notes = json_pack("{s:i}", "planned", 12);
    struct store_trial trial = fixture_trial(fixture, 1, 1, "ok");
    assert_ok(store_put_trial(fixture->store, &trial, NULL, &error), &error);
    assert_ok(store_read_newest_campaigns(fixture->store, 5, &rows, &error), &error);
    assert_int_equal(rows.count, 1);
    assert_null(rows.items[0].how);
    assert_true(isnan(rows.items[0].total_s));
    store_campaign_rows_release(&rows);
    assert_ok(store_end_campaign(fixture->store, fixture->campaign_id, "completed", 1, 2, 3, (double)NAN, notes,
                                 &error),
              &error);
    assert_ok(store_read_campaigns(fixture->store, fixture->experiment_id, &rows, &error), &error);
    const struct store_campaign_row *row = &rows.items[0];
    assert_string_equal(row->how, "completed");
    assert_string_equal(row->version, "t1");
    assert_string_equal(row->notes, "{\"planned\":12}");
    assert_true(row->seed == 7 && row->pid == (int)getpid() && row->revision == 1);
    assert_true(row->cluster_s == 1 && row->warmup_s == 2 && row->measured_s == 3 && isnan(row->total_s));
    assert_int_equal(row->trials_ok, 1);
    assert_int_equal(row->trials_failed, 0);
    assert_non_null(row->ended_at);
    store_campaign_rows_release(&rows);
    assert_false(store_end_campaign(fixture->store, 99, "completed", 0, 0, 0, 0, NULL, &error));
    assert_false(store_end_campaign(fixture->store, fixture->campaign_id, "vanished", 0, 0, 0, 0, NULL, &error));
    json_decref(notes);
}

/* A process that lives but is another than the one that began the campaign has only its id. */
static void test_dead_campaigns_are_closed(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    assert_int_equal(waitpid(child, NULL, 0), child);
    struct store_campaign dead = {.experiment_id = fixture->experiment_id,
                                  .environment_id = STORE_ABSENT,
                                  .pid = (int)child};
    struct store_campaign reused = {.experiment_id = fixture->experiment_id,
                                    .environment_id = STORE_ABSENT,
                                    .pid = (int)getpid()};
    struct store_campaign next = reused, another_boot = reused;
    assert_ok(store_begin_campaign(fixture->store, &reused, &error), &error);
    assert_ok(store_begin_campaign(fixture->store, &another_boot, &error), &error);
    assert_ok(store_run(fixture->store, "UPDATE campaign SET pid_started = pid_started - 1 WHERE id = ?",
                        STORE_VALUES(value_integer(reused.id)), &error),
              &error);
    assert_ok(store_run(fixture->store, "UPDATE campaign SET boot_id = 'another' WHERE id = ?",
                        STORE_VALUES(value_integer(another_boot.id)), &error),
              &error);
    assert_ok(store_begin_campaign(fixture->store, &dead, &error), &error);
    assert_ok(store_begin_campaign(fixture->store, &next, &error), &error);
    assert_int_equal(fixture_count(fixture->store,
                                   "SELECT count(*) FROM campaign WHERE how = 'died' AND ended_at IS NULL"),
                     3);
    /* Those of this process, the fixture's and the newest, go on. */
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM campaign WHERE how IS NULL"), 2);
}

static void test_zombies_are_dead(void **state)
{
    (void)state;
    struct liveness self;
    liveness_look((int)getpid(), &self);
    assert_true(self.started != STORE_ABSENT);
    assert_true(liveness_same((int)getpid(), self.started, self.boot_id));
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    siginfo_t info;
    assert_int_equal(waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT), 0); /* has ended, is not reaped */
    assert_false(liveness_same((int)child, STORE_ABSENT, NULL));
    waitpid(child, NULL, 0);
    assert_false(liveness_same((int)child, STORE_ABSENT, NULL));
}

static void test_environments(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    int64_t first, again, other;
    json_t *a = json_pack("{s:i, s:s}", "cpu_cores", 2, "kernel", "6"),
           *b = json_pack("{s:s, s:i}", "kernel", "6", "cpu_cores", 2);
    json_t *c = json_pack("{s:i}", "cpu_cores", 4);
    assert_ok(store_put_environment(fixture->store, a, &first, &error), &error);
    assert_ok(store_put_environment(fixture->store, c, &other, &error), &error);
    assert_ok(store_put_environment(fixture->store, b, &again, &error), &error); /* the order of the keys is nothing */
    assert_true(first == again && first != other);
    json_t *read = store_read_environment(fixture->store, first, &error);
    assert_true(json_equal(read, a));
    json_decref(read);
    assert_null(store_read_environment(fixture->store, 99, &error));
    assert_int_equal(error.category, ERROR_INPUT);
    json_decref(a);
    json_decref(b);
    json_decref(c);
}

static void test_broker_settings(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    struct store_broker_rows rows;
    int64_t campaign = fixture->campaign_id;
    assert_ok(store_put_broker_setting(fixture->store, campaign, 2, "num.io.threads", "8", "default", &error), &error);
    assert_ok(store_put_broker_setting(fixture->store, campaign, 1, "num.io.threads", "8", "default", &error), &error);
    assert_ok(store_put_broker_setting(fixture->store, campaign, 1, "log.dirs", NULL, "static", &error), &error);
    assert_ok(store_put_broker_setting(fixture->store, campaign, 2, "num.io.threads", "4", "dynamic", &error), &error);
    assert_ok(store_read_broker_settings(fixture->store, campaign, &rows, &error), &error);
    assert_int_equal(rows.count, 3);
    assert_string_equal(rows.items[0].name, "log.dirs");
    assert_null(rows.items[0].value);
    assert_int_equal(rows.items[2].broker, 2);
    assert_string_equal(rows.items[2].value, "4");
    assert_string_equal(rows.items[2].source, "dynamic");
    store_broker_rows_release(&rows);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_known_changed_amended),  TEST(test_read_experiment), TEST(test_parts),
        TEST(test_secrets_are_not_stored), TEST(test_campaigns),       TEST(test_dead_campaigns_are_closed),
        TEST(test_zombies_are_dead),       TEST(test_environments),    TEST(test_broker_settings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

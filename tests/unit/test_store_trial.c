/* SPDX-License-Identifier: Apache-2.0 */
/* Trials: what is put in comes out, absent stays absent, and a trial is there whole or not at all. */
#include "test_store_fixture.h"

static const struct store_trial_setting settings[] = {
    {"acks", "acks", "1", "1", true},
    {"batch.size", NULL, "8196", NULL, false},
};
static const struct store_event events[] = {{1500, "fault", "a broker died"}, {STORE_ABSENT, "stderr", "warn: x"}};

static void fill_intervals(struct store_interval intervals[3])
{
    for (int i = 0; i < 3; i++)
        intervals[i] = (struct store_interval){.interval_ms = i < 2 ? 1000 : 100,
                                               .offset_ms = 1000 * (1 - i % 2),
                                               .records = 10 * i,
                                               .bytes = STORE_ABSENT,
                                               .failed = 0,
                                               .p50_ns = 5,
                                               .p99_ns = STORE_ABSENT,
                                               .max_ns = 7,
                                               .client_cpu_s = 0.25,
                                               .broker_cpu_s = (double)NAN,
                                               .steal_percent = 0};
}

/* Every number differs, so that two columns that are exchanged are seen. */
static struct store_trial full_trial(const struct fixture *fixture)
{
    struct store_trial trial = fixture_trial(fixture, 3, 2, "disturbed");
    trial.cause = "steal above the bound";
    trial.warmup_s = 3.5;
    trial.duration_s = 8.25;
    trial.record_size = 101;
    trial.records_sent = 102;
    trial.records_acked = 103;
    trial.records_failed = 104;
    trial.records_stored = INT64_C(5000000000);
    trial.records_lost = 0;
    trial.records_per_sec = 747417.671943;
    trial.mb_per_sec = 71.28;
    trial.latency_p50_ms = 1.5;
    trial.latency_p95_ms = 2.5;
    trial.latency_p99_ms = 3.5;
    trial.latency_p999_ms = 4.5;
    trial.latency_max_ms = 5.5;
    trial.client_cpu_s = 6.5;
    trial.steal_percent = 7.5;
    trial.client_max_rss_bytes = 105;
    trial.samples_late = 106;
    trial.run_s = 7.5;
    trial.setup_s = 8.5;
    trial.teardown_s = 9.5;
    trial.client_library = "it's; DROP TABLE trial; -- \"\xe2\x82\xac\"";
    trial.client_version = "";
    trial.broker_version = "4.3.1";
    trial.versions = "{\"client\":\"1\"}";
    trial.latency_payload = "HISTFAAA";
    trial.settings = settings;
    trial.setting_count = 2;
    trial.events = events;
    trial.event_count = 2;
    return trial;
}

static void assert_full_row(const struct store_result_row *row)
{
    assert_string_equal(row->case_name, "one");
    assert_string_equal(row->run_name, "ant");
    assert_int_equal(row->block, 3);
    assert_int_equal(row->attempt, 2);
    assert_string_equal(row->status, "disturbed");
    assert_string_equal(row->cause, "steal above the bound");
    assert_string_equal(row->source, "measured");
    assert_true(row->warmup_s == 3.5 && row->duration_s == 8.25);
    assert_int_equal(row->record_size, 101);
    assert_int_equal(row->records_sent, 102);
    assert_int_equal(row->records_acked, 103);
    assert_int_equal(row->records_failed, 104);
    assert_true(row->records_stored == INT64_C(5000000000));
    assert_int_equal(row->records_lost, 0);
    assert_true(row->records_duplicated == STORE_ABSENT);
    assert_true(row->records_per_sec == 747417.671943 && row->mb_per_sec == 71.28);
    assert_true(isnan(row->latency_avg_ms));
    assert_true(row->latency_p50_ms == 1.5 && row->latency_p95_ms == 2.5 && row->latency_p99_ms == 3.5);
    assert_true(row->latency_p999_ms == 4.5 && row->latency_max_ms == 5.5 && row->client_cpu_s == 6.5);
    assert_true(isnan(row->broker_cpu_s) && row->steal_percent == 7.5 && isnan(row->other_cpu_s));
    assert_true(row->run_s == 7.5 && row->setup_s == 8.5 && row->teardown_s == 9.5);
    assert_int_equal(row->client_max_rss_bytes, 105);
    assert_int_equal(row->samples_late, 106);
    assert_true(row->samples_negative == STORE_ABSENT);
    assert_string_equal(row->client_library, "it's; DROP TABLE trial; -- \"\xe2\x82\xac\"");
    assert_string_equal(row->client_version, "");
    assert_null(row->cluster_kind);
    assert_true(row->environment_id == STORE_ABSENT);
}

static void test_round_trip(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    struct store_trial trial = full_trial(fixture);
    struct store_interval intervals[3];
    struct store_result_rows rows;
    int64_t id;
    fill_intervals(intervals);
    trial.intervals = intervals;
    trial.interval_count = 3;
    assert_ok(store_put_trial(fixture->store, &trial, &id, &error), &error);
    assert_ok(store_read_results(fixture->store, fixture->experiment_id, &rows, &error), &error);
    assert_int_equal(rows.count, 1);
    assert_true(rows.items[0].trial_id == id && rows.items[0].campaign_id == fixture->campaign_id);
    assert_full_row(&rows.items[0]);
    store_result_rows_release(&rows);

    struct store_interval_rows read;
    assert_ok(store_read_intervals(fixture->store, id, 1000, &read, &error), &error);
    assert_int_equal(read.count, 2);
    assert_int_equal(read.items[0].offset_ms, 0);
    assert_int_equal(read.items[0].records, 10);
    assert_true(read.items[0].bytes == STORE_ABSENT && read.items[0].p99_ns == STORE_ABSENT);
    assert_true(isnan(read.items[0].broker_cpu_s) && read.items[0].steal_percent == 0);
    assert_int_equal(read.items[1].offset_ms, 1000);
    free(read.items);

    struct store_setting_rows kept;
    assert_ok(store_read_settings(fixture->store, id, &kept, &error), &error);
    assert_int_equal(kept.count, 2);
    assert_string_equal(kept.items[0].native, "acks");
    assert_true(kept.items[0].applied && !kept.items[1].applied);
    assert_null(kept.items[1].native);
    assert_string_equal(kept.items[1].requested, "8196");
    store_setting_rows_release(&kept);

    char *payload = store_read_latency(fixture->store, id, &error);
    assert_string_equal(payload, "HISTFAAA");
    free(payload);
    assert_int_equal(fixture_count(fixture->store, "SELECT offset_ms FROM trial_event WHERE message = 'a broker died'"),
                     1500);
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM trial_event WHERE offset_ms IS NULL"), 1);
}

static void test_absent_is_null(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    struct store_trial trial = fixture_trial(fixture, 1, 1, "failed");
    int64_t id;
    assert_ok(store_put_trial(fixture->store, &trial, &id, &error), &error);
    /* Of all that trial_init leaves absent nothing became a number. */
    assert_int_equal(
        fixture_count(fixture->store,
                      "SELECT count(*) FROM trial WHERE coalesce(warmup_s, duration_s, record_size, records_sent, "
                      "records_acked, records_failed, records_stored, records_lost, records_duplicated, "
                      "window_records, records_per_sec, mb_per_sec, latency_avg_ms, latency_p50_ms, latency_p95_ms, "
                      "latency_p99_ms, latency_p999_ms, latency_max_ms, client_cpu_s, broker_cpu_s, other_cpu_s, "
                      "steal_percent, stall_cpu_percent, stall_io_percent, stall_memory_percent, dirty_bytes_max, "
                      "frequency_mhz, client_max_rss_bytes, samples, samples_negative, samples_out_of_range, "
                      "samples_before_start, samples_late, samples_truncated_bytes, run_s, setup_s, teardown_s, "
                      "client_library, versions, cause) IS NOT NULL"),
        0);
    assert_null(store_read_latency(fixture->store, id, &error));
    assert_int_equal(error.category, ERROR_NONE);
}

static void assert_nothing_left(struct fixture *fixture)
{
    assert_int_equal(fixture_count(fixture->store,
                                   "SELECT (SELECT count(*) FROM trial) + (SELECT count(*) FROM trial_setting) + "
                                   "(SELECT count(*) FROM trial_interval) + (SELECT count(*) FROM trial_event) + "
                                   "(SELECT count(*) FROM trial_latency)"),
                     0);
    assert_int_equal(fixture->store->depth, 0);
}

static void test_all_or_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    struct store_trial trial = full_trial(fixture);
    static const struct store_event wrong[] = {{0, "fault", "good"}, {0, "no such kind", "bad"}};
    trial.events = wrong; /* the last that is inserted but the histogram */
    assert_false(store_put_trial(fixture->store, &trial, NULL, &error));
    assert_contains(error.message, "trial 3 of 'one' with 'ant' is not stored");
    assert_nothing_left(fixture);
    trial = full_trial(fixture);
    trial.run_name = "bee";
    assert_false(store_put_trial(fixture->store, &trial, NULL, &error));
    assert_contains(error.message, "no run 'bee'");
    trial = full_trial(fixture);
    trial.status = "good";
    assert_false(store_put_trial(fixture->store, &trial, NULL, &error));
    assert_nothing_left(fixture);
}

static void test_full_disk(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    struct store_trial trial = full_trial(fixture);
    char *payload = memory_zeroed(1 << 20, 1);
    memset(payload, 'A', (1 << 20) - 1);
    trial.latency_payload = payload;
    char pragma[64];
    snprintf(pragma, sizeof pragma, "PRAGMA max_page_count = %d",
             (int)fixture_count(fixture->store, "PRAGMA page_count") + 8);
    assert_ok(store_script(fixture->store, pragma, "limit", &error), &error);
    assert_false(store_put_trial(fixture->store, &trial, NULL, &error));
    assert_contains(error.message, "no room is left on the disk");
    assert_int_equal(error.category, ERROR_UNAVAILABLE);
    assert_nothing_left(fixture);
    trial.latency_payload = "HISTF"; /* what fits is stored again */
    assert_ok(store_put_trial(fixture->store, &trial, NULL, &error), &error);
    free(payload);
}

#define REPEATS 2

static void assert_state(struct fixture *fixture, int number, int attempts, int disturbed, bool done)
{
    struct error error = ERROR_INIT;
    struct store_block block = {.attempts = -1, .disturbed = -1, .done = !done};
    assert_ok(store_block_state(fixture->store, fixture->experiment_id, "one", "ant", number, REPEATS, &block, &error),
              &error);
    assert_int_equal(block.attempts, attempts);
    assert_int_equal(block.disturbed, disturbed);
    assert_int_equal(block.done, done);
}

static void put(struct fixture *fixture, int block, int attempt, const char *status)
{
    struct error error = ERROR_INIT;
    struct store_trial trial = fixture_trial(fixture, block, attempt, status);
    assert_ok(store_put_trial(fixture->store, &trial, NULL, &error), &error);
}

static void test_block_state(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    assert_state(fixture, 1, 0, 0, false);
    put(fixture, 1, 1, "failed");
    assert_state(fixture, 1, 1, 0, false);
    struct store_campaign next = {.experiment_id = fixture->experiment_id,
                                  .environment_id = STORE_ABSENT,
                                  .pid = (int)getpid()};
    assert_ok(store_begin_campaign(fixture->store, &next, &error), &error);
    fixture->campaign_id = next.id;
    struct store_trial again = fixture_trial(fixture, 1, 1, "ok"); /* the other campaign has had this attempt */
    assert_false(store_put_trial(fixture->store, &again, NULL, &error));
    put(fixture, 1, 2, "interrupted");
    assert_state(fixture, 1, 2, 0, false);
    put(fixture, 1, 3, "ok");
    assert_state(fixture, 1, 3, 0, true);
    assert_state(fixture, 2, 0, 0, false);
}

/* A disturbed trial is repeated so often and not more, in whichever campaign; what failed meanwhile does not count as one. */
static void test_block_that_is_disturbed(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, 2, 1, "disturbed");
    assert_state(fixture, 2, 1, 1, false);
    put(fixture, 2, 2, "failed");
    put(fixture, 2, 3, "disturbed");
    assert_state(fixture, 2, 3, 2, false);
    put(fixture, 2, 4, "disturbed");
    assert_state(fixture, 2, 4, 3, true);
    put(fixture, 3, 1, "disturbed");
    put(fixture, 3, 2, "ok");
    assert_state(fixture, 3, 2, 1, true);
    assert_state(fixture, 1, 0, 0, false);
}

/* The definition's order, not the alphabet's. */
static void test_order(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    static const struct {
        const char *case_name, *run_name;
        int block;
    } order[] = {{"one", "zebra", 1}, {"one", "ant", 1}, {"one", "ant", 2}, {"two", "zebra", 1}};
    for (int i = 3; i >= 0; i--) {
        struct store_trial trial = fixture_trial(fixture, order[i].block, 1, "ok");
        trial.case_name = order[i].case_name;
        trial.run_name = order[i].run_name;
        assert_ok(store_put_trial(fixture->store, &trial, NULL, &error), &error);
    }
    struct store_result_rows rows;
    assert_ok(store_read_results(fixture->store, fixture->experiment_id, &rows, &error), &error);
    assert_int_equal(rows.count, 4);
    for (int i = 0; i < 4; i++) {
        assert_string_equal(rows.items[i].case_name, order[i].case_name);
        assert_string_equal(rows.items[i].run_name, order[i].run_name);
        assert_int_equal(rows.items[i].block, order[i].block);
    }
    store_result_rows_release(&rows);
}

static void test_summaries(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    struct store_summary rows[2] = {
        {"one", "zebra", "records_per_sec", 5, 10, 9, 11, NULL, (double)NAN, (double)NAN, (double)NAN},
        {"one", "ant", "records_per_sec", 4, 20, (double)NAN, (double)NAN, "zebra", 2, 1.9, 2.1},
    };
    assert_ok(store_put_summaries(fixture->store, fixture->experiment_id, rows, 2, &error), &error);
    rows[1].median = 21;
    assert_ok(store_put_summaries(fixture->store, fixture->experiment_id, rows, 2, &error),
              &error); /* replaced, not added */
    assert_int_equal(fixture_count(fixture->store,
                                   "SELECT count(*) FROM summaries WHERE experiment = 't1' AND revision = 1"),
                     2);
    assert_int_equal(fixture_count(fixture->store,
                                   "SELECT median FROM summaries WHERE run_name = 'ant' AND ci_low IS NULL AND "
                                   "relative_to = 'zebra' AND ratio = 2 AND trials = 4"),
                     21);
    rows[0].case_name = "nine";
    assert_false(store_put_summaries(fixture->store, fixture->experiment_id, rows, 2, &error));
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM summaries"),
                     2); /* the old ones are still there */
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_round_trip),  TEST(test_absent_is_null),          TEST(test_all_or_nothing), TEST(test_full_disk),
        TEST(test_block_state), TEST(test_block_that_is_disturbed), TEST(test_order),          TEST(test_summaries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

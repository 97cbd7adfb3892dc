/* SPDX-License-Identifier: Apache-2.0 */
/* Published numbers: the CSV as RFC 4180 wants it, each mistake with its line, and the file that comes with kbench. */
#include "test_store_fixture.h"

#include "store/csv.h"

#define HEADER "version,case,run,source_title,records_sent,records_per_sec\n"

static bool import_text(struct fixture *fixture, const char *csv, bool replace, int64_t *changed, struct error *error)
{
    char *path = string_format("%s/p.csv", fixture->folder);
    assert_ok(file_write(path, csv, strlen(csv), error), error);
    bool ok = store_import_csv(fixture->store, path, replace, changed, error);
    free(path);
    return ok;
}

static void test_file_with_quotes_in_any_order(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    int64_t changed;
    char *path = string_format("%s/tests/data/store/published.csv", file_home());
    assert_ok(store_import_csv(fixture->store, path, false, &changed, &error), &error);
    assert_int_equal(changed, 2);
    assert_ok(store_import_csv(fixture->store, path, false, &changed, &error), &error);
    assert_int_equal(changed, 0);
    assert_int_equal(fixture_count(fixture->store,
                                   "SELECT count(*) FROM results WHERE source = 'published' AND experiment = 'v0'"),
                     2);
    assert_int_equal(
        fixture_count(fixture->store,
                      "SELECT records_sent FROM results WHERE run_name = 'pure-java' AND records_per_sec = "
                      "747417.671943 AND note = 'says \"fast\", and' || char(10) || 'goes on'"),
        50000000);
    assert_int_equal(
        fixture_count(fixture->store,
                      "SELECT count(*) FROM results WHERE run_name = 'pure-python' AND records_sent IS NULL "
                      "AND latency_p50_ms IS NULL AND note IS NULL AND trial IS NULL AND revision IS NULL"),
        1);
    free(path);
}

static void test_numbers_of_the_post(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    int64_t changed;
    char *path = string_format("%s/experiments/published/post-v1.0.csv", file_home());
    assert_ok(store_import_csv(fixture->store, path, false, &changed, &error), &error);
    assert_int_equal(changed, 12);
    assert_int_equal(
        fixture_count(fixture->store,
                      "SELECT count(*) FROM results WHERE experiment = 'v1.0' AND source = 'published' AND "
                      "record_size = 100 AND latency_p999_ms >= latency_p99_ms AND latency_p99_ms >= "
                      "latency_p95_ms AND latency_p95_ms >= latency_p50_ms AND latency_max_ms >= latency_p999_ms"),
        12);
    /* The post's MB are of 1,048,576 bytes; its figures agree with each other as far as they are published. */
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM results WHERE source = 'published' AND "
                                                   "abs(records_per_sec * record_size / 1048576 - mb_per_sec) < 0.01"),
                     12);
    assert_int_equal(fixture_count(fixture->store,
                                   "SELECT count(DISTINCT case_name || '/' || run_name) FROM published"),
                     12);
    assert_int_equal(
        fixture_count(fixture->store,
                      "SELECT records_sent FROM results WHERE case_name = 'sync-replication' AND run_name = "
                      "'pure-python' AND note LIKE '%769 are missing%'"),
        49999231);
    free(path);
}

static void test_not_mixed_with_measured(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    int64_t changed;
    struct store_result_rows rows;
    assert_ok(import_text(fixture, HEADER "t1,one,ant,A post,1,2\nt2,one,ant,A post,1,2\n", false, &changed, &error),
              &error);
    assert_ok(store_read_results(fixture->store, fixture->experiment_id, &rows, &error), &error);
    assert_int_equal(rows.count, 1); /* its own version's only */
    assert_string_equal(rows.items[0].source, "published");
    assert_true(rows.items[0].trial_id == STORE_ABSENT && rows.items[0].block == 0);
    store_result_rows_release(&rows);
}

static void test_changed_numbers(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    int64_t changed;
    assert_ok(import_text(fixture, HEADER "t1,one,ant,A post,1,2\n", false, &changed, &error), &error);
    assert_false(
        import_text(fixture, HEADER "t1,one,bee,A post,1,2\nt1,one,ant,A post,1,3\n", false, &changed, &error));
    assert_int_equal(error.line, 3);
    assert_contains(error.message, "--replace");
    assert_int_equal(changed, 0);
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM published"),
                     1); /* the bee is not there either */
    assert_ok(import_text(fixture, HEADER "t1,one,ant,A post,1,3\n", true, &changed, &error), &error);
    assert_int_equal(changed, 1);
    assert_int_equal(fixture_count(fixture->store, "SELECT records_per_sec FROM published"), 3);
    assert_ok(import_text(fixture, HEADER "t1,one,ant,Another post,1,4\n", false, &changed, &error), &error);
    assert_int_equal(changed, 1);
}

static void test_mistakes_with_their_line(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *csv;
        int line;
        const char *part;
    } mistakes[] = {
        {"", 1, "is empty"},
        {"version,case,run\n", 1, "no column 'source_title'"},
        {"version,case,run,source_title,record_per_sec\n", 1, "did you mean 'records_per_sec'"},
        {"version,case,run,source_title,run\n", 1, "'run' is there twice"},
        {HEADER "t1,one,ant,A post,1\n", 2, "5 fields, the header has 6"},
        {HEADER "t1,one,ant,A post,1,2,3\n", 2, "7 fields"},
        {HEADER "\n\nt1,one,ant,A post,1.5,2\n", 4, "'records_sent' takes a whole number, not '1.5'"},
        {HEADER "t1,one,ant,A post,1,fast\n", 2, "'records_per_sec' takes a number"},
        {HEADER "t1,one,ant,A post,1,-2\n", 2, "not '-2'"},
        {HEADER "t1,one,ant,A post,1,nan\n", 2, "not 'nan'"},
        {HEADER "t1,one,ant,A post,1,1e999\n", 2, "not '1e999'"},
        {HEADER "t1,one,ant,A post,99999999999999999999,1\n", 2, "not '99999999999999999999'"},
        {HEADER "t1,one,ant,A post, 1,2\n", 2, "not ' 1'"},
        {HEADER "t1,,ant,A post,1,2\n", 2, "'case' is empty"},
        {HEADER "t1,one,ant,A post,1,2\nt1,one,ant,A post,1,2\n", 3, "a second row"},
        {HEADER "t1,one,\"ant\nhill\",A post,1,2\nt1,one,\"bee,A post,1,2\n", 4, "never closes"},
        {HEADER "t1,one,\"ant\"x,A post,1,2\n", 2, "behind a closing quote"},
        {HEADER "t1,one,an\"t,A post,1,2\n", 2, "quote inside a field"},
        {HEADER "t1,one,ant\rhill,A post,1,2\n", 2, "carriage return"},
    };
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        struct error error = ERROR_INIT;
        int64_t changed = -1;
        assert_false(import_text(fixture, mistakes[i].csv, true, &changed, &error));
        assert_contains(error.message, mistakes[i].part);
        assert_int_equal(error.line, mistakes[i].line);
        assert_int_equal(error.category, ERROR_INPUT);
        assert_contains(error.file, "/p.csv");
        assert_int_equal(changed, 0);
    }
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM published"), 0);
    assert_int_equal(fixture->store->depth, 0);
}

static void assert_record(struct csv_reader *reader, int line, const char *joined)
{
    struct error error = ERROR_INIT;
    struct string_list fields = {0};
    struct text text = TEXT_INIT;
    int at;
    assert_ok(csv_reader_next(reader, &fields, &at, &error), &error);
    for (size_t i = 0; i < fields.count; i++)
        text_append_format(&text, "[%s]", fields.items[i]);
    assert_string_equal(text.bytes, joined);
    assert_int_equal(at, line);
    text_release(&text);
    string_list_release(&fields);
}

static void test_csv_records(void **state)
{
    (void)state;
    static const char csv[] = "\xef\xbb\xbf"
                              "a,\"b\"\r\n\r\n\"x\r\ny\",\"\"\"q\"\"\"\n,\n\"\",z";
    struct csv_reader reader;
    struct string_list fields = {0};
    struct error error = ERROR_INIT;
    int line;
    csv_reader_init(&reader, "x.csv", csv, sizeof csv - 1);
    assert_record(&reader, 1, "[a][b]");
    assert_record(&reader, 3, "[x\r\ny][\"q\"]");
    assert_record(&reader, 5, "[][]");
    assert_record(&reader, 6, "[][z]");
    assert_false(csv_reader_next(&reader, &fields, &line, &error));
    assert_int_equal(error.category, ERROR_NONE);
    csv_reader_init(&reader, "x.csv", "a\0b", 3);
    assert_false(csv_reader_next(&reader, &fields, &line, &error));
    assert_contains(error.message, "NUL");
    string_list_release(&fields);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_file_with_quotes_in_any_order), TEST(test_numbers_of_the_post),
        TEST(test_not_mixed_with_measured),       TEST(test_changed_numbers),
        TEST(test_mistakes_with_their_line),      cmocka_unit_test(test_csv_records),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Opening: migrations, views, and all that may stand at the path instead of a database. */
#include "test_store_fixture.h"

#include <sys/stat.h>

static void write_file(const char *path, const char *bytes)
{
    struct error error = ERROR_INIT;
    assert_ok(file_write(path, bytes, strlen(bytes), &error), &error);
}

static void hash_of(const char *path, char sha256[65])
{
    struct text content = TEXT_INIT;
    struct error error = ERROR_INIT;
    assert_ok(file_read(path, 1 << 24, &content, &error), &error);
    file_sha256_hex(content.bytes, content.length, sha256);
    text_release(&content);
}

/* Run statements on a database without the store. */
static void run_sql(const char *path, const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void assert_refused(const char *path, enum error_category category, const char *part)
{
    struct error error = ERROR_INIT;
    assert_null(store_open(path, &error));
    assert_contains(error.message, part);
    assert_int_equal(error.category, category);
}

static void test_makes_a_whole_database(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    fixture->store = store_open(fixture->path, &error); /* the folder is not there yet */
    assert_ok(fixture->store, &error);
    assert_int_equal(fixture_count(fixture->store, "PRAGMA user_version"), fixture_newest_schema());
    assert_int_equal(fixture_count(fixture->store,
                                   "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ("
                                   "'experiment', 'campaign', 'environment', 'experiment_case', 'run', 'trial', "
                                   "'trial_setting', 'trial_latency', 'trial_interval', 'trial_event', "
                                   "'broker_config', 'claim', 'claim_verdict', 'published', 'summary')"),
                     15);
    assert_int_equal(fixture_count(fixture->store,
                                   "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
                                   "AND name NOT LIKE 'sqlite_%' AND NOT strict"),
                     0);
    assert_int_equal(fixture_count(fixture->store, "PRAGMA foreign_keys"), 1);
    assert_int_equal(fixture_count(fixture->store, "PRAGMA synchronous"), 2); /* FULL */
    assert_int_equal(fixture_count(fixture->store, "SELECT journal_mode = 'wal' FROM pragma_journal_mode"), 1);
    store_close(fixture->store);
    fixture->store = store_open(fixture->path, &error); /* and once more */
    assert_ok(fixture->store, &error);
}

static void test_public_columns(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    static const char columns[] =
        "experiment,revision,case_name,run_name,trial,attempt,status,source,started_at,warmup_s,duration_s,record_size,records_sent,"
        "records_acked,records_failed,records_stored,records_lost,records_duplicated,records_per_sec,mb_per_sec,latency_avg_ms,"
        "latency_p50_ms,latency_p95_ms,latency_p99_ms,latency_p999_ms,latency_max_ms,client_cpu_s,client_max_rss_bytes,"
        "broker_cpu_s,steal_percent,client_library,client_version,broker_version,cluster_kind,campaign_id,environment_id,cause,";
    fixture->store = store_open(fixture->path, &error);
    assert_ok(fixture->store, &error);
    sqlite3_stmt *statement = store_prepare(fixture->store, "SELECT * FROM results", STORE_NO_VALUES, &error);
    assert_ok(statement, &error);
    struct text names = TEXT_INIT;
    for (int i = 0; i < sqlite3_column_count(statement); i++)
        text_append_format(&names, "%s,", sqlite3_column_name(statement, i));
    assert_true(string_starts_with(names.bytes, columns));
    text_release(&names);
    sqlite3_finalize(statement);
}

static void test_views_are_made_anew(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    store_close(store_open(fixture->path, &error));
    run_sql(fixture->path,
            "DROP VIEW results; CREATE VIEW results AS SELECT 1 AS old; CREATE VIEW mine AS SELECT 2 AS own;"
            "DROP VIEW summaries");
    fixture->store = store_open(fixture->path, &error);
    assert_ok(fixture->store, &error);
    assert_int_equal(fixture_count(fixture->store, "SELECT count(records_per_sec) FROM results"), 0);
    assert_int_equal(fixture_count(fixture->store, "SELECT count(median) FROM summaries"), 0);
    assert_int_equal(fixture_count(fixture->store, "SELECT own FROM mine"), 2);
}

static void test_newer_schema_is_left_alone(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    char before[65], after[65];
    store_close(store_open(fixture->path, &error));
    run_sql(fixture->path, "PRAGMA user_version = 99");
    hash_of(fixture->path, before);
    assert_refused(fixture->path, ERROR_INPUT, "has schema 99");
    assert_null(store_open_read_only(fixture->path, &error));
    assert_contains(error.message, "newer kbench");
    hash_of(fixture->path, after);
    assert_string_equal(before, after);
}

static void test_no_database(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    char *text = string_format("%s/notes.txt", fixture->folder),
         *foreign = string_format("%s/other.db", fixture->folder);
    char *below = string_format("%s/notes.txt/kbench.db", fixture->folder);
    write_file(
        text, "These are notes, long enough to be more than the header of a database, but none at all, by no means, as "
              "anybody can see who reads them.");
    assert_refused(text, ERROR_INPUT, "no SQLite database");
    assert_refused(fixture->folder, ERROR_INPUT, "is a folder");
    assert_refused("", ERROR_INPUT, "is empty");
    assert_refused(below, ERROR_UNAVAILABLE, "notes.txt");
    run_sql(foreign, "CREATE TABLE theirs (x)");
    assert_refused(foreign, ERROR_INPUT, "another program");
    run_sql(foreign, "PRAGMA user_version = 1");
    assert_refused(foreign, ERROR_INPUT, "another program");
    assert_null(store_open_read_only(fixture->path, &error));
    assert_int_equal(error.category, ERROR_INPUT);
    assert_contains(error.message, "there is no database");
    assert_false(file_exists(fixture->path));
    free(text);
    free(foreign);
    free(below);
}

static void write_script(const struct fixture *fixture, const char *name, const char *sql)
{
    char *path = string_format("%s/%s", fixture->folder, name);
    write_file(path, sql);
    free(path);
}

/* A migration that fails half-way leaves the schema before it. */
static void test_failed_migration_leaves_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    struct migrations migrations;
    write_script(fixture, "0001_a.sql", "CREATE TABLE first (x);");
    assert_false(migrations_load(fixture->folder, &migrations, &error));
    assert_contains(error.message, "views.sql");
    write_script(fixture, "views.sql", "");
    assert_false(migrations_load(fixture->folder, &migrations, &error));
    assert_contains(error.message, "documentation.sql");
    write_script(fixture, "documentation.sql", "");
    write_script(fixture, "0002_b.sql", "CREATE TABLE second (x); CREATE TABLE second (x);");
    struct store store = {.path = fixture->path};
    assert_int_equal(sqlite3_open(":memory:", &store.db), SQLITE_OK);
    assert_ok(migrations_load(fixture->folder, &migrations, &error), &error);
    assert_int_equal(migrations.scripts.count, 2);
    assert_false(migrations_apply(&store, &migrations, &error));
    assert_contains(error.message, "second");
    assert_int_equal(fixture_count(&store, "PRAGMA user_version"), 1);
    assert_int_equal(fixture_count(&store, "SELECT count(*) FROM sqlite_schema"), 1);
    assert_int_equal(store.depth, 0);
    sqlite3_close(store.db);
    migrations_release(&migrations);
}

static void test_missing_schema_folder(void **state)
{
    (void)state;
    struct migrations migrations;
    struct error error = ERROR_INIT;
    assert_false(migrations_load("/nonexistent/schema", &migrations, &error));
    assert_int_equal(error.category, ERROR_UNAVAILABLE);
    assert_contains(error.message, "/nonexistent/schema");
}

static void test_another_program_holds_it(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    sqlite3 *other;
    fixture->store = store_open(fixture->path, &error);
    assert_ok(fixture->store, &error);
    assert_int_equal(sqlite3_open(fixture->path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_busy_timeout(fixture->store->db, 50);
    assert_false(store_begin(fixture->store, &error));
    assert_contains(error.message, "another program holds the database");
    assert_int_equal(error.category, ERROR_UNAVAILABLE);
    struct store *reader = store_open_read_only(fixture->path, &error); /* who only reads is not kept out */
    assert_ok(reader, &error);
    store_close(reader);
    assert_int_equal(sqlite3_exec(other, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(other);
    assert_ok(store_begin(fixture->store, &error), &error);
    assert_ok(store_finish(fixture->store, true, &error), &error);
}

static void test_transactions_nest(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    static const char insert[] =
        "INSERT INTO environment (sha256, description, first_seen_at) VALUES (printf('%064d', ?), '{}', '')";
    struct store *store = fixture->store = store_open(fixture->path, &error);
    assert_ok(store, &error);
    assert_true(store_begin(store, &error));
    assert_true(store_run(store, insert, STORE_VALUES(value_integer(1)), &error));
    assert_true(store_begin(store, &error));
    assert_true(store_run(store, insert, STORE_VALUES(value_integer(2)), &error));
    assert_false(store_finish(store, false, &error)); /* takes back the second only */
    assert_true(store_begin(store, &error));
    assert_true(store_run(store, insert, STORE_VALUES(value_integer(3)), &error));
    assert_true(store_finish(store, true, &error));
    assert_true(store_finish(store, true, &error));
    assert_int_equal(fixture_count(store, "SELECT sum(CAST(sha256 AS INTEGER)) FROM environment"), 4);
}

static void test_read_only_does_not_write(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    store_close(store_open(fixture->path, &error));
    fixture->store = store_open_read_only(fixture->path, &error);
    assert_ok(fixture->store, &error);
    assert_false(store_run(fixture->store, "DELETE FROM trial", STORE_NO_VALUES, &error));
    assert_contains(error.message, "may not be written");
}

static void test_odd_names(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    char *path = string_format("%s/a b%%20c?mode=memory#x.db", fixture->folder);
    store_close(store_open(path, &error));
    assert_true(file_exists(path));
    fixture->store = store_open_read_only(path, &error);
    assert_ok(fixture->store, &error);
    assert_int_equal(fixture_count(fixture->store, "PRAGMA user_version"), fixture_newest_schema());
    free(path);
}

static void test_older_schema_is_not_read(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    char *path = string_format("%s/empty.db", fixture->folder);
    write_file(path, "");
    assert_null(store_open_read_only(path, &error));
    assert_int_equal(error.category, ERROR_INPUT);
    fixture->store = store_open(path, &error); /* an empty file is a new database */
    assert_ok(fixture->store, &error);
    free(path);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_set_up_folder, fixture_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_makes_a_whole_database),
        TEST(test_public_columns),
        TEST(test_views_are_made_anew),
        TEST(test_newer_schema_is_left_alone),
        TEST(test_no_database),
        TEST(test_failed_migration_leaves_nothing),
        TEST(test_missing_schema_folder),
        TEST(test_another_program_holds_it),
        TEST(test_transactions_nest),
        TEST(test_read_only_does_not_write),
        TEST(test_odd_names),
        TEST(test_older_schema_is_not_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* A version cut out of a database, and a database as text: the same rows, the same bytes, and nothing but rows taken back. */
#include "test_store_fixture.h"

#include <sys/wait.h>

#include "store/copy.h"
#include "store/load.h"
#include "store/transfer.h"

static const struct store_excerpt whole = {.version = "t1"};

static void put_trials(const struct fixture *fixture, int count)
{
    struct error error = ERROR_INIT;
    static const char hard[] = "it's a \"b\"\r\n\x1b[31m;--\n\tö", harder[] = "no UTF-8: \xff";
    for (int i = 1; i <= count; i++) {
        struct store_trial_setting settings[] = {{"acks", "acks", "all", "-1", true}, {NULL, "x", NULL, hard, false}};
        struct store_interval intervals[] = {{.interval_ms = 1000, .records = i, .client_cpu_s = 0.1 * i},
                                             {.interval_ms = 100, .records = i, .client_cpu_s = (double)NAN}};
        struct store_event events[] = {{STORE_ABSENT, "stderr", hard}, {STORE_ABSENT, "stderr", harder}};
        struct store_trial trial = fixture_trial(fixture, i, 1, "ok");
        trial.records_per_sec = 1e6 / (3 * i);
        trial.mb_per_sec = 7.41668226944233; /* SQLite 3.40 reads these digits as another number, one bit off */
        trial.warmup_s = 1;
        trial.duration_s = i == 1 ? 2 : 20;
        trial.latency_payload = "SGlzdG9ncmFt";
        trial.settings = settings;
        trial.setting_count = 2;
        trial.intervals = intervals;
        trial.interval_count = 2;
        trial.events = events;
        trial.event_count = 2;
        assert_ok(store_put_trial(fixture->store, &trial, NULL, &error), &error);
    }
}

static char *read_file(const char *path)
{
    struct error error = ERROR_INIT;
    struct text text = TEXT_INIT;
    assert_ok(file_read(path, 1 << 24, &text, &error), &error);
    return text_detach(&text);
}

static void assert_same_bytes(const char *a, const char *b)
{
    char left[65], right[65];
    struct error error = ERROR_INIT;
    assert_ok(file_sha256(a, left, &error) && file_sha256(b, right, &error), &error);
    assert_string_equal(left, right);
}

/* The fixture's database as an excerpt and as text, under a name. */
static void write_both(const struct fixture *fixture, const struct store_excerpt *excerpt, const char *name,
                       char **database, char **text)
{
    struct error error = ERROR_INIT;
    *database = string_format("%s/%s.db", fixture->folder, name);
    *text = string_format("%s/%s.sql", fixture->folder, name);
    assert_ok(store_extract(fixture->store, excerpt, *database, &error), &error);
    struct store *store = store_open_read_only(*database, &error);
    assert_ok(store, &error);
    FILE *file = fopen(*text, "w");
    assert_ok(store_dump(store, file, &error), &error);
    fclose(file);
    store_close(store);
}

static void test_the_same_rows_give_the_same_bytes(void **state)
{
    struct fixture *fixture = *state;
    char *a, *a_text, *b, *b_text;
    struct error error = ERROR_INIT;
    put_trials(fixture, 3);
    write_both(fixture, &whole, "a", &a, &a_text);
    /* The database itself is written in between, its rows are those from before. */
    assert_ok(store_script(fixture->store,
                           "CREATE TABLE own (x); INSERT INTO own VALUES (1); DROP TABLE own; "
                           "UPDATE trial SET block = block + 100; UPDATE trial SET block = block - 100",
                           "stir", &error),
              &error);
    write_both(fixture, &whole, "b", &b, &b_text);
    assert_same_bytes(a, b);
    assert_same_bytes(a_text, b_text);
    struct store *store = store_open_read_only(a, &error);
    assert_int_equal(fixture_count(store, "PRAGMA freelist_count"), 0);
    assert_int_equal(fixture_count(store, "SELECT journal_mode = 'delete' FROM pragma_journal_mode"), 1);
    store_close(store);
    free(a), free(b), free(a_text), free(b_text);
}

/* What is read back from the text is what is in the database: merging either into the other finds nothing new and nothing other. */
static void test_the_text_reads_back_as_the_same_rows(void **state)
{
    struct fixture *fixture = *state;
    char *a, *a_text, *again = string_format("%s/again.db", fixture->folder);
    struct error error = ERROR_INIT;
    struct store_merged merged;
    put_trials(fixture, 40);
    write_both(fixture, &whole, "a", &a, &a_text);
    assert_ok(store_merge(fixture->store, a_text, &merged, &error), &error);
    assert_int_equal(merged.rows, 0);
    struct store *store = store_open(again, &error);
    assert_ok(store && store_merge(store, a_text, &merged, &error), &error);
    assert_int_equal(merged.trials, 40);
    assert_ok(store_merge(store, fixture->path, &merged, &error), &error);
    assert_int_equal(merged.rows, 0);
    assert_int_equal(
        fixture_count(store, "SELECT count(*) FROM trial_event WHERE message GLOB '*' || char(13, 10, 27) || '*'"), 40);
    store_close(store);
    free(a), free(a_text), free(again);
}

static void test_sqlite3_reads_the_text(void **state)
{
    struct fixture *fixture = *state;
    char *a, *a_text;
    put_trials(fixture, 3);
    write_both(fixture, &whole, "a", &a, &a_text);
    /* What SQLite is told of the tables' sizes is no content. */
    char *command =
        string_format("cd %s && sqlite3 -bail new.db < a.sql && for name in new a; do sqlite3 $name.db .dump | "
                      "grep -av sqlite_s > $name.dump; done && cmp new.dump a.dump",
                      fixture->folder);
    const char *const arguments[] = {"/bin/sh", "-c", command, NULL};
    pid_t child = fork();
    if (child == 0) {
        execv(arguments[0], (char *const *)(uintptr_t)arguments);
        _exit(127);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    free(command), free(a), free(a_text);
}

static void test_settings_that_trials_share_are_written_once(void **state)
{
    struct fixture *fixture = *state;
    char *a, *a_text;
    put_trials(fixture, 3);
    write_both(fixture, &whole, "a", &a, &a_text);
    char *text = read_file(a_text);
    const char *first = strstr(text, "'acks','acks','all'");
    assert_non_null(first);
    assert_null(strstr(first + 1, "'acks','acks','all'"));
    assert_non_null(strstr(text, "(1),(2),(3)) AS owner;"));
    free(text), free(a), free(a_text);
}

/* The second of a trial that is drawn in seconds is enough; a trial that is drawn in tenths keeps these. */
static void test_compact(void **state)
{
    struct fixture *fixture = *state;
    const struct store_excerpt compact = {.version = "t1", .compact = true, .fine_below_s = 8};
    char *a, *a_text;
    struct error error = ERROR_INIT;
    struct store_merged merged;
    put_trials(fixture, 3);
    write_both(fixture, &compact, "a", &a, &a_text);
    struct store *store = store_open(a, &error);
    assert_int_equal(fixture_count(store, "SELECT count(*) FROM trial_interval WHERE interval_ms = 1000"), 3);
    assert_int_equal(fixture_count(store,
                                   "SELECT count(*) FROM trial_interval WHERE interval_ms = 100 AND trial_id = 1"),
                     1);
    assert_int_equal(fixture_count(store, "SELECT count(*) FROM trial_interval"), 4);
    /* The whole one makes it whole. */
    assert_ok(store_merge(store, fixture->path, &merged, &error), &error);
    assert_int_equal(merged.rows, 2);
    store_close(store);
    free(a), free(a_text);
}

static void test_other_versions_stay_behind(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    static const char csv[] = "version,case,run,source_title,records_per_sec\nt1,one,ant,Post,1\nt9,one,ant,Post,2\n";
    char *path = string_format("%s/p.csv", fixture->folder), *a, *a_text;
    int64_t changed;
    put_trials(fixture, 1);
    assert_ok(file_write(path, csv, sizeof csv - 1, &error) &&
                  store_import_csv(fixture->store, path, false, &changed, &error) &&
                  store_script(fixture->store,
                               "INSERT INTO experiment (version, revision, title, canonical, as_written, "
                               "sha256, registered_at) SELECT 't2', 1, title, canonical, as_written, sha256, "
                               "registered_at FROM experiment",
                               "add", &error),
              &error);
    write_both(fixture, &whole, "a", &a, &a_text);
    struct store *store = store_open_read_only(a, &error);
    assert_int_equal(fixture_count(store, "SELECT count(*) FROM experiment"), 1);
    assert_int_equal(fixture_count(store, "SELECT count(*) FROM published WHERE version = 't1'"), 1);
    assert_int_equal(fixture_count(store, "SELECT count(*) FROM published"), 1);
    store_close(store);
    assert_false(store_extract(fixture->store, &whole, a, &error));
    assert_contains(error.message, "is there already");
    assert_false(store_extract(fixture->store, &(struct store_excerpt){.version = "t8"}, path, &error));
    free(a), free(a_text), free(path);
}

static void test_only_rows_are_taken_from_a_text(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *sql, *words;
    } hostile[] = {
        {"ATTACH 'NEW' AS x;", "x.sql:1:1: only tables, indexes, views and rows"},
        {"CREATE TABLE a (b);\n\nSELECT load_extension('x');", "x.sql:3:1: "},
        {"CREATE TABLE a (b);\nINSERT INTO a VALUES (1);\nDELETE FROM a;", "x.sql:3:1: only tables"},
        {"CREATE TABLE a (b);\nCREATE TRIGGER c AFTER INSERT ON a BEGIN SELECT 1; END;", "x.sql:2:1: only tables"},
        {"CREATE VIRTUAL TABLE a USING fts5(b);", "x.sql:1:1: only tables"},
        {"VACUUM INTO 'NEW';", "x.sql:1:1: "},
        {"PRAGMA journal_mode = WAL;", "x.sql:1:1: only tables"},
        {"CREATE TABLE a (b);\nINSERT INTO a SELECT randomblob(1000000000);", "x.sql:2:1: only tables"},
        {"BEGIN;\nCREATE TABLE a (b);\n", "its last COMMIT is missing"},
        {"CREATE TABLE a (b);\nINSERT INTO a VALUS (1);", "x.sql:2:1: near \"VALUS\": syntax error"},
    };
    char *path = string_format("%s/x.sql", fixture->folder), *database = string_format("%s/x.db", fixture->folder);
    char *made = string_format("%s/made.db", fixture->folder);
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        struct error error = ERROR_INIT;
        char line[sizeof error.message + sizeof error.file + 64];
        struct text sql = TEXT_INIT;
        text_append(&sql, hostile[i].sql);
        const char *place = strstr(hostile[i].sql, "NEW");
        if (place) {
            text_clear(&sql);
            text_append_format(&sql, "%.*s%s%s", (int)(place - hostile[i].sql), hostile[i].sql, made,
                               place + strlen("NEW"));
        }
        assert_ok(file_write(path, sql.bytes, sql.length, &error), &error);
        text_release(&sql);
        assert_false(load_sql(path, database, &error));
        assert_int_equal(error.category, ERROR_INPUT);
        assert_contains(error_text(&error, line, sizeof line), hostile[i].words);
        assert_false(file_exists(made));
        unlink(database);
    }
    free(path), free(database), free(made);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_the_same_rows_give_the_same_bytes),
        TEST(test_the_text_reads_back_as_the_same_rows),
        TEST(test_sqlite3_reads_the_text),
        TEST(test_settings_that_trials_share_are_written_once),
        TEST(test_compact),
        TEST(test_other_versions_stay_behind),
        TEST(test_only_rows_are_taken_from_a_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

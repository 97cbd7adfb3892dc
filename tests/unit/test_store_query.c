/* SPDX-License-Identifier: Apache-2.0 */
/* kbench sql: the three formats, and that nothing but reading is possible. */
#include "test_store_fixture.h"

#include "store/query.h"

/* The output of a query; the caller frees. NULL when it fails. */
static char *query(struct store *store, const char *sql, enum store_format format, struct error *error)
{
    char *output = NULL;
    size_t length;
    FILE *file = open_memstream(&output, &length);
    bool ok = store_query(store, sql, format, file, error);
    fclose(file);
    if (!ok) {
        free(output);
        return NULL;
    }
    return output;
}

static void assert_output(struct fixture *fixture, const char *sql, enum store_format format, const char *expected)
{
    struct error error = ERROR_INIT;
    char *output = query(fixture->store, sql, format, &error);
    assert_ok(output, &error);
    assert_string_equal(output, expected);
    free(output);
}

static void assert_refused(struct fixture *fixture, const char *sql, const char *part)
{
    struct error error = ERROR_INIT;
    char *output = query(fixture->store, sql, STORE_CSV, &error);
    if (output)
        fail_msg("'%s' was not refused", sql);
    assert_contains(error.message, part);
    assert_int_equal(error.category, ERROR_INPUT);
}

#define ROWS                                                                                                           \
    "SELECT 'a' AS name, 1 AS n, 2.5 AS x UNION ALL SELECT 'gr\xc3\xbc\xc3\x9f', NULL, 1e10 UNION ALL SELECT NULL, 12345, 0.1 + 0.2"

static void test_table(void **state)
{
    assert_output(*state, ROWS, STORE_TABLE,
                  "name      n              x\n"
                  "----  -----  -------------\n"
                  "a         1            2.5\n"
                  "gr\xc3\xbc\xc3\x9f      \xe2\x80\x93  10000000000.0\n"
                  "\xe2\x80\x93     12345            0.3\n");
    assert_output(*state, "SELECT 1 AS one WHERE 0", STORE_TABLE, "one\n---\n");
    /* What a driver has printed cannot steer the terminal. */
    assert_output(*state, "SELECT char(27) || '[31m' || char(10) || char(155) || 'x' AS c", STORE_TABLE,
                  "c\n--------\n [31m  x\n");
}

/* East Asian characters are two columns wide, combining marks none; NULL is not the empty text, nor a text column's number right. */
static void test_table_widths(void **state)
{
    assert_output(*state,
                  "SELECT '\xe6\x97\xa5\xe6\x9c\xac' AS jp, 1 AS n UNION ALL SELECT 'e' || char(769) || 'x', 22 "
                  "UNION ALL SELECT '', NULL UNION ALL SELECT NULL, -3",
                  STORE_TABLE,
                  "jp     n\n"
                  "----  --\n"
                  "\xe6\x97\xa5\xe6\x9c\xac   1\n"
                  "e\xcc\x81x    22\n"
                  "       \xe2\x80\x93\n"
                  "\xe2\x80\x93     -3\n");
    assert_output(*state, "SELECT 5 AS mixed UNION ALL SELECT 'a long text'", STORE_TABLE,
                  "mixed\n-----------\n5\na long text\n");
}

static void test_csv(void **state)
{
    assert_output(*state, ROWS, STORE_CSV,
                  "name,n,x\r\na,1,2.5\r\ngr\xc3\xbc\xc3\x9f,,10000000000.0\r\n,12345,0.30000000000000004\r\n");
    assert_output(*state, "SELECT 'a\"b' AS \"x,y\", '' AS empty, 'l1' || char(10) AS line, x'00ff' AS blob", STORE_CSV,
                  "\"x,y\",empty,line,blob\r\n\"a\"\"b\",\"\",\"l1\n\",00ff\r\n");
}

static void test_json(void **state)
{
    assert_output(
        *state, ROWS, STORE_JSON,
        "[\n{\"name\":\"a\",\"n\":1,\"x\":2.5},\n{\"name\":\"gr\xc3\xbc\xc3\x9f\",\"n\":null,\"x\":10000000000.0},\n"
        "{\"name\":null,\"n\":12345,\"x\":0.30000000000000004}\n]\n");
    assert_output(*state, "SELECT 1 WHERE 0", STORE_JSON, "[]\n");
    assert_output(*state, "SELECT 'a\"\\' || char(10) AS s, 9e999 AS inf, CAST(x'ff41' AS TEXT) AS bytes", STORE_JSON,
                  "[\n{\"s\":\"a\\\"\\\\\\u000a\",\"inf\":null,\"bytes\":\"\xef\xbf\xbd"
                  "A\"}\n]\n");
    struct error error = ERROR_INIT;
    assert_null(query(((struct fixture *)*state)->store, "SELECT 1 AS a, 2 AS a", STORE_JSON, &error));
    assert_contains(error.message, "two columns are named 'a'");
}

static void test_bad_queries(void **state)
{
    assert_refused(*state, "SELEC 1", "near \"SELEC\": syntax error");
    assert_refused(*state, "SELECT wrong FROM results", "no such column: wrong");
    assert_refused(*state, "SELECT * FROM nowhere", "no such table: nowhere");
    assert_refused(*state, "SELECT * FROM result", "no such table: result, did you mean 'results'?");
    assert_refused(*state, "SELECT r.record_per_sec FROM results r",
                   "no such column: r.record_per_sec, did you mean 'records_per_sec'?");
    assert_refused(*state, "SELECT json_extract('{', '$')", "malformed JSON"); /* found while it runs */
    assert_refused(*state, "", "the query is empty");
    assert_refused(*state, " ; -- nothing", "the query is empty");
    assert_refused(*state, "SELECT 1; SELECT 2", "more than one statement");
    assert_refused(*state, "SELECT 1; nonsense", "more than one statement");
    assert_output(*state, "SELECT 1 AS a; -- and a remark ;\n /* more */ ", STORE_CSV, "a\r\n1\r\n");
}

static void test_only_reads(void **state)
{
    struct fixture *fixture = *state;
    static const char *const writing[] = {
        "DELETE FROM trial",
        "UPDATE experiment SET title = 'x'",
        "INSERT INTO environment VALUES (1, '', '', '')",
        "DROP VIEW results",
        "CREATE TABLE x (y)",
        "CREATE TEMP TABLE x (y)",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA user_version = 9",
        "PRAGMA query_only = 0",
        "PRAGMA writable_schema = 1",
        "PRAGMA wal_checkpoint",
        "ATTACH '%s/new.db' AS other",
        "VACUUM",
        "VACUUM INTO '%s/new.db'",
        "REINDEX",
        "ANALYZE",
        "BEGIN",
        "SAVEPOINT s",
    };
    char *made = string_format("%s/new.db", fixture->folder);
    for (size_t i = 0; i < sizeof writing / sizeof *writing; i++) {
        const char *at = strstr(writing[i], "%s");
        char *sql = at ? string_format("%.*s%s%s", (int)(at - writing[i]), writing[i], fixture->folder, at + 2)
                       : string_copy(writing[i]);
        assert_refused(fixture, sql, "only reads");
        free(sql);
    }
    assert_false(file_exists(made));
    free(made);
    /* Also where the connection could write: the tests' own. */
    assert_output(fixture, "SELECT count(*) AS n FROM experiment", STORE_CSV, "n\r\n1\r\n");
    char *version = string_format("user_version\r\n%d\r\n", (int)fixture_newest_schema());
    assert_output(fixture, "PRAGMA user_version", STORE_CSV, version);
    free(version);
    assert_output(fixture, "SELECT name FROM pragma_table_info('claim_verdict') LIMIT 1", STORE_CSV,
                  "name\r\nclaim_id\r\n");
}

static void test_read_only_store(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    store_close(fixture->store);
    fixture->store = store_open_read_only(fixture->path, &error);
    assert_ok(fixture->store, &error);
    test_only_reads(state);
}

static void test_utf8(void **state)
{
    (void)state;
    struct text text = TEXT_INIT;
    static const char bytes[] = "a\xc0\xaf|\xed\xa0\x80|\xf4\x90\x80\x80|\xe2\x82";
    query_append_utf8(&text, bytes, sizeof bytes - 1);
#define R "\xef\xbf\xbd"
    assert_string_equal(text.bytes, "a" R R "|" R R R "|" R R R R "|" R R);
    text_release(&text);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_table),
        TEST(test_table_widths),
        TEST(test_csv),
        TEST(test_json),
        TEST(test_bad_queries),
        TEST(test_only_reads),
        TEST(test_read_only_store),
        cmocka_unit_test(test_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

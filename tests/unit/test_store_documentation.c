/* SPDX-License-Identifier: Apache-2.0 */
/* The database's documentation of itself: complete, true to the schema, and written only when its text is another. */
#include "test_store_fixture.h"

#include "store/documentation.h"

/* What there is and what is documented, as "table.column"; the table alone is "table.". */
#define EXISTING                                                                                                       \
    "SELECT m.name AS t, c.name AS c FROM sqlite_schema m JOIN pragma_table_info(m.name) c "                           \
    "WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'sqlite_%' "                                                \
    "UNION ALL SELECT name, '' FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'"
#define DOCUMENTED "SELECT table_name, column_name FROM schema_doc"

/* The first of what `sql` finds, "" when it finds nothing; the caller frees. */
static char *first_of(struct store *store, const char *sql)
{
    struct error error = ERROR_INIT;
    sqlite3_stmt *statement = store_prepare(store, sql, STORE_NO_VALUES, &error);
    assert_ok(statement, &error);
    char *found = sqlite3_step(statement) == SQLITE_ROW
                      ? string_format("%s.%s", (const char *)sqlite3_column_text(statement, 0),
                                      (const char *)sqlite3_column_text(statement, 1))
                      : string_copy("");
    sqlite3_finalize(statement);
    return found;
}

static void assert_none(struct store *store, const char *sql, const char *what)
{
    char *found = first_of(store, sql);
    if (found[0])
        fail_msg("%s: %s", what, found);
    free(found);
}

static void test_all_is_documented_and_nothing_else(void **state)
{
    struct store *store = ((struct fixture *)*state)->store;
    assert_none(store, EXISTING " EXCEPT " DOCUMENTED, "not documented");
    assert_none(store, DOCUMENTED " EXCEPT SELECT * FROM (" EXISTING ")", "documented and not there");
    assert_none(store, "SELECT table_name, column_name FROM schema_doc WHERE trim(description) = ''", "says nothing");
    assert_none(store, "SELECT table_name, column_name FROM schema_doc WHERE description LIKE '%.'",
                "ends with a full stop");
    assert_true(fixture_count(store, "SELECT count(*) FROM schema_doc") > 300);
}

static void test_units_are_from_a_small_set(void **state)
{
    struct store *store = ((struct fixture *)*state)->store;
    assert_none(
        store,
        "SELECT table_name, column_name FROM schema_doc WHERE unit NOT IN "
        "('s', 'ms', '\xc2\xb5s/record', 'ns', 'bytes', 'bytes/record', 'records', 'records/s', 'MB/s', 'samples', 'trials', "
        "'MHz', '%', 'ratio', 'UTC')",
        "another unit");
    /* A name that ends with a unit has that one. */
    static const char *const endings[][2] = {{"_s", "s"},         {"_ms", "ms"},     {"_ns", "ns"},
                                             {"_bytes", "bytes"}, {"_percent", "%"}, {"_at", "UTC"},
                                             {"_per_sec", NULL},  {"_mhz", "MHz"},   {"mb_per_sec", "MB/s"}};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        char *sql =
            string_format("SELECT table_name, column_name FROM schema_doc WHERE column_name LIKE '%%\\%s' ESCAPE '\\' "
                          "AND column_name <> 'records_per_client_cpu_s' AND %s%s%s",
                          endings[i][0], endings[i][1] ? "unit IS NOT '" : "unit IS NULL",
                          endings[i][1] ? endings[i][1] : "", endings[i][1] ? "'" : "");
        assert_none(store, sql, endings[i][0]);
        free(sql);
    }
}

/* The views show the tables' columns: said once, the same in both. */
static void test_a_view_says_what_its_table_says(void **state)
{
    struct store *store = ((struct fixture *)*state)->store;
    assert_int_equal(
        fixture_count(store,
                      "SELECT count(*) FROM schema_doc v JOIN schema_doc t USING (column_name, unit, description) "
                      "WHERE v.table_name = 'results' AND t.table_name = 'trial' AND "
                      "column_name IN ('latency_p99_ms', 'records_per_sec', 'broker_gc_max_ms')"),
        3);
    assert_int_equal(
        fixture_count(store, "SELECT count(*) FROM schema_doc v JOIN schema_doc t USING (column_name, description) "
                             "WHERE v.table_name = 'summaries' AND t.table_name = 'summary' AND "
                             "column_name IN ('median', 'ratio_ci_high')"),
        2);
}

static void reopen(struct fixture *fixture)
{
    struct error error = ERROR_INIT;
    store_close(fixture->store);
    fixture->store = store_open(fixture->path, &error);
    assert_ok(fixture->store, &error);
}

static void change(struct fixture *fixture, const char *sql)
{
    struct error error = ERROR_INIT;
    assert_ok(store_run(fixture->store, sql, STORE_NO_VALUES, &error), &error);
    reopen(fixture);
}

static void test_is_written_when_its_text_is_another(void **state)
{
    struct fixture *fixture = *state;
    static const char by_hand[] = "SELECT count(*) FROM schema_doc WHERE description = 'by hand'";
    int64_t rows = fixture_count(fixture->store, "SELECT count(*) FROM schema_doc");
    change(fixture, "UPDATE schema_doc SET description = 'by hand' WHERE table_name = 'trial'");
    assert_true(fixture_count(fixture->store, by_hand) > 0); /* the same text: nothing was looked at */
    change(
        fixture,
        "UPDATE schema_doc SET description = 'of another text' WHERE table_name = 'schema_doc' AND column_name = ''");
    assert_int_equal(fixture_count(fixture->store, by_hand), 0);
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM schema_doc"), rows);
    change(fixture, "DELETE FROM schema_doc");
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM schema_doc"), rows);
}

static void test_a_text_that_is_wrong_changes_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    int64_t rows = fixture_count(fixture->store, "SELECT count(*) FROM schema_doc");
    assert_false(documentation_refresh(fixture->store, "INSERT INTO nowhere VALUES (1)", &error));
    assert_contains(error.message, "nowhere");
    assert_int_equal(fixture_count(fixture->store, "SELECT count(*) FROM schema_doc"), rows);
}

static void test_reading(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    struct store_documentation documentation;
    assert_ok(store_read_documentation(fixture->store, &documentation, &error), &error);
    assert_string_equal(documentation.items[0].table_name, "results");
    assert_string_equal(documentation.items[0].column_name, "");
    assert_true(documentation.items[0].is_view);
    assert_string_equal(documentation.items[1].column_name, "experiment");
    assert_string_equal(documentation.items[1].type, "TEXT");
    assert_null(documentation.items[1].unit);
    const struct store_documentation_row *row = store_find_documentation(&documentation, "trial", &error);
    assert_ok(row, &error);
    assert_false(row->is_view);
    assert_string_equal(row[1].column_name, "id");
    assert_null(store_find_documentation(&documentation, "trail", &error));
    assert_contains(error.message, "did you mean 'trial'?");
    assert_int_equal(error.category, ERROR_INPUT);
    assert_null(store_find_documentation(&documentation, "latency_p99_ms", &error));
    store_documentation_release(&documentation);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_all_is_documented_and_nothing_else),   TEST(test_units_are_from_a_small_set),
        TEST(test_a_view_says_what_its_table_says),      TEST(test_is_written_when_its_text_is_another),
        TEST(test_a_text_that_is_wrong_changes_nothing), TEST(test_reading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

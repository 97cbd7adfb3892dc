/* SPDX-License-Identifier: Apache-2.0 */
/* The cookbook's files: told apart, described, and their parameters are those of the queries. What they answer is tested in
 * tests/system/test_cookbook.py. */
#include "test_store_fixture.h"

#include "store/cookbook.h"

static void read_cookbook(struct store_cookbook *cookbook)
{
    struct error error = ERROR_INIT;
    assert_ok(store_read_cookbook(cookbook, &error), &error);
}

static void test_each_recipe_is_described(void **state)
{
    (void)state;
    struct store_cookbook cookbook;
    read_cookbook(&cookbook);
    assert_true(cookbook.count >= 12);
    for (size_t i = 0; i < cookbook.count; i++) {
        const struct store_recipe *recipe = &cookbook.items[i];
        if (!recipe->title || !recipe->description[0] || strncmp(recipe->sql, "--", 2) == 0)
            fail_msg("%s lacks a title or a description", recipe->name);
        assert_int_equal(recipe->parameters.count, recipe->meanings.count);
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(recipe->name, cookbook.items[j].name);
    }
    store_cookbook_release(&cookbook);
}

/* Prepared on an empty database: the names fit the schema, and the comment names each parameter, and no other. */
static void test_parameters_are_the_query_s(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    struct store_cookbook cookbook;
    read_cookbook(&cookbook);
    for (size_t i = 0; i < cookbook.count; i++) {
        const struct store_recipe *recipe = &cookbook.items[i];
        sqlite3_stmt *statement = store_prepare(fixture->store, recipe->sql, STORE_NO_VALUES, &error);
        if (!statement)
            fail_msg("%s: %s", recipe->name, error.message);
        if ((size_t)sqlite3_bind_parameter_count(statement) != recipe->parameters.count)
            fail_msg("%s does not name its parameters", recipe->name);
        for (int p = 1; p <= sqlite3_bind_parameter_count(statement); p++)
            if (!string_list_contains(&recipe->parameters, sqlite3_bind_parameter_name(statement, p) + 1))
                fail_msg("%s does not name its parameter %s", recipe->name, sqlite3_bind_parameter_name(statement, p));
        assert_true(sqlite3_stmt_readonly(statement));
        int code = sqlite3_step(statement);
        assert_true(code == SQLITE_DONE || code == SQLITE_ROW);
        sqlite3_finalize(statement);
    }
    store_cookbook_release(&cookbook);
}

/* A step of a query's plan that looks at every trial of the database; aliases of the table are its readers' choice. */
static bool goes_through_all_trials(const char *step)
{
    static const char *const aliases[] = {"t", "o", "trial"};
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++) {
        char *scan = string_format("SCAN %s ", aliases[i]), *bloom = string_format("BLOOM FILTER ON %s ", aliases[i]);
        char *padded = string_format("%s ", step);
        bool found = string_starts_with(padded, scan) || string_starts_with(padded, bloom);
        free(scan);
        free(bloom);
        free(padded);
        if (found)
            return true;
    }
    return false;
}

/* A database may hold a million of them. */
static void test_none_goes_through_all_trials(void **state)
{
    struct fixture *fixture = *state;
    struct error error = ERROR_INIT;
    struct store_cookbook cookbook;
    int steps = 0;
    read_cookbook(&cookbook);
    for (size_t i = 0; i < cookbook.count; i++) {
        char *sql = string_format("EXPLAIN QUERY PLAN %s", cookbook.items[i].sql);
        sqlite3_stmt *statement = store_prepare(fixture->store, sql, STORE_NO_VALUES, &error);
        assert_ok(statement, &error);
        for (; sqlite3_step(statement) == SQLITE_ROW; steps++)
            if (goes_through_all_trials((const char *)sqlite3_column_text(statement, 3)))
                fail_msg("%s: %s", cookbook.items[i].name, (const char *)sqlite3_column_text(statement, 3));
        sqlite3_finalize(statement);
        free(sql);
    }
    assert_true(steps > 100);
    store_cookbook_release(&cookbook);
}

static void test_is_found_by_name_and_number(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct store_cookbook cookbook;
    read_cookbook(&cookbook);
    const struct store_recipe *loss = store_find_recipe(&cookbook, "loss", &error);
    assert_ok(loss, &error);
    assert_string_equal(loss->title, "All trials that lost records");
    assert_string_equal(loss->parameters.items[0], "experiment");
    assert_string_equal(loss->meanings.items[0], "version; by default all of them");
    assert_true(string_starts_with(loss->sql, "SELECT"));
    assert_ptr_equal(store_find_recipe(&cookbook, "3", &error), loss);
    assert_null(store_find_recipe(&cookbook, "best-cleint", &error));
    assert_contains(error.message, "did you mean 'best-client'?");
    assert_int_equal(error.category, ERROR_INPUT);
    assert_null(store_find_recipe(&cookbook, "0", &error));
    assert_null(store_find_recipe(&cookbook, "", &error));
    store_cookbook_release(&cookbook);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_recipe_is_described),
        cmocka_unit_test_setup_teardown(test_parameters_are_the_query_s, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_none_goes_through_all_trials, fixture_set_up, fixture_tear_down),
        cmocka_unit_test(test_is_found_by_name_and_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

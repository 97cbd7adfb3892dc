/* SPDX-License-Identifier: Apache-2.0 */
/* What `kbench verify` found: the last result of each point, of one kbench on one machine. */
#include "test_store_fixture.h"

static void put(struct fixture *fixture, const char *commit, bool passed, struct store_verification_point *points,
                size_t count)
{
    struct error error = ERROR_INIT;
    const struct store_verification run = {.environment_id = STORE_ABSENT,
                                           .kbench_version = (char *)(uintptr_t) "0.1",
                                           .git_commit = (char *)(uintptr_t)commit,
                                           .seconds = 1.5,
                                           .passed = passed,
                                           .points = points,
                                           .point_count = count};
    assert_ok(store_put_verification(fixture->store, &run, &error), &error);
}

static struct store_verification_point point(int position, const char *name, const char *verdict, const char *measured)
{
    return (struct store_verification_point){.position = position,
                                             .name = (char *)(uintptr_t)name,
                                             .truth = (char *)(uintptr_t) "2",
                                             .measured = (char *)(uintptr_t)measured,
                                             .verdict = (char *)(uintptr_t)verdict};
}

static void read_back(struct fixture *fixture, struct store_verification *verification)
{
    struct error error = ERROR_INIT;
    assert_ok(store_read_verification(fixture->store, verification, &error), &error);
}

static void test_none(void **state)
{
    struct store_verification verification;
    read_back(*state, &verification);
    assert_int_equal(verification.id, STORE_ABSENT);
    assert_int_equal(verification.point_count, 0);
    store_verification_release(&verification);
}

static void test_whole_run(void **state)
{
    struct store_verification verification;
    struct store_verification_point points[] = {point(0, "one/a", "pass", "2"), point(1, "one/b", "fail", "3"),
                                                point(STORE_VERIFICATION_PARTS, "two", "not run", NULL)};
    put(*state, "abc", false, points, 3);
    read_back(*state, &verification);
    assert_int_equal(verification.point_count, 3);
    assert_false(verification.passed);
    assert_float_equal(verification.seconds, 1.5, 0);
    assert_string_equal(verification.git_commit, "abc");
    assert_string_equal(verification.points[1].name, "one/b");
    assert_string_equal(verification.points[1].verdict, "fail");
    assert_string_equal(verification.points[1].measured, "3");
    assert_string_equal(verification.points[0].ran_at, verification.ran_at);
    assert_null(verification.points[2].measured);
    assert_int_equal(verification.environment_id, STORE_ABSENT);
    store_verification_release(&verification);
}

/* The parts of a point that was checked again are all replaced, those of another stay. */
static void test_some_points_again(void **state)
{
    struct store_verification verification;
    struct store_verification_point before[] = {point(0, "one", "not run", NULL),
                                                point(STORE_VERIFICATION_PARTS, "two", "pass", "2")};
    struct store_verification_point after[] = {point(0, "one/a", "pass", "2"), point(1, "one/b", "pass", "2")};
    put(*state, NULL, false, before, 2);
    put(*state, NULL, true, after, 2);
    read_back(*state, &verification);
    assert_int_equal(verification.point_count, 3);
    assert_string_equal(verification.points[0].name, "one/a");
    assert_string_equal(verification.points[2].name, "two");
    assert_true(verification.passed);
    store_verification_release(&verification);
}

/* What another kbench has measured says nothing of this one. */
static void test_other_commit(void **state)
{
    struct store_verification verification;
    struct store_verification_point before[] = {point(0, "one", "pass", "2")},
                                    after[] = {point(STORE_VERIFICATION_PARTS, "two", "pass", "2")};
    put(*state, "abc", true, before, 1);
    put(*state, "def", true, after, 1);
    read_back(*state, &verification);
    assert_int_equal(verification.point_count, 1);
    assert_string_equal(verification.points[0].name, "two");
    store_verification_release(&verification);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_set_up, fixture_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_none),
        TEST(test_whole_run),
        TEST(test_some_points_again),
        TEST(test_other_commit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

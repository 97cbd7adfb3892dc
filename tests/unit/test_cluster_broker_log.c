/* SPDX-License-Identifier: Apache-2.0 */
/* What is told of a dead broker: its complaints, not the page about its shutdown behind them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <unistd.h>

#include "base/file.h"
#include "cluster/broker_log.h"

#include "base/banned.h"

#define EARLIER "[t] ERROR of an earlier process\nCaused by: Address already in use\n"

static int set_up(void **state)
{
    char path[] = "/tmp/kbench-test-XXXXXX";
    int fd = mkstemp(path);
    if (fd < 0)
        return -1;
    close(fd);
    *state = string_copy(path);
    return 0;
}

static int tear_down(void **state)
{
    unlink(*state);
    free(*state);
    return 0;
}

static void write_log(const char *path, const char *content)
{
    char *whole = string_format(EARLIER "%s", content);
    assert_true(file_write(path, whole, strlen(whole), NULL));
    free(whole);
}

static void check_complaints(const char *path, const char *expected)
{
    struct text told = TEXT_INIT;
    broker_log_append_complaints(path, sizeof EARLIER - 1, &told);
    assert_string_equal(told.bytes, expected);
    text_release(&told);
}

static void test_complaints_are_told_without_what_is_around_them(void **state)
{
    write_log(*state,
              "[t] INFO starts\n[t] ERROR no acceptor\njava.lang.Exception: x\n\tat somewhere\nCaused by: no port\n"
              "[t] INFO stops\nCaused by: no port\n[t] INFO stopped\n");
    check_complaints(*state, "[t] ERROR no acceptor\nCaused by: no port");
}

static void test_the_last_complaints_are_told(void **state)
{
    write_log(*state, "] ERROR 1\n] ERROR 2\n] ERROR 3\n] ERROR 4\n] ERROR 5\n] ERROR 6\n] FATAL 7");
    check_complaints(*state, "] ERROR 2\n] ERROR 3\n] ERROR 4\n] ERROR 5\n] ERROR 6\n] FATAL 7");
}

static void test_without_complaints_the_end_is_told(void **state)
{
    write_log(*state, "[t] INFO a\n[t] INFO b\n");
    check_complaints(*state, EARLIER "[t] INFO a\n[t] INFO b");
}

static void test_only_the_present_process_is_asked(void **state)
{
    write_log(*state, "[t] INFO fine\n");
    assert_false(broker_log_says(*state, sizeof EARLIER - 1, "Address already in use"));
    assert_true(broker_log_says(*state, 0, "Address already in use"));
    assert_false(broker_log_says(*state, 1 << 20, "fine"));
    assert_false(broker_log_says("/nonexistent", 0, "fine"));
}

/* An error's message has room for 4095 bytes: the newest lines are those that must be in it. */
static void test_a_long_end_keeps_its_last_lines_whole(void **state)
{
    struct text log = TEXT_INIT, told = TEXT_INIT;
    for (int i = 0; i < 40; i++)
        text_append_format(&log, "line %d %0500d\n", i, 0);
    write_log(*state, log.bytes);
    broker_log_append_tail(*state, &told);
    assert_in_range(told.length, 2000, 3000);
    assert_true(string_starts_with(told.bytes, "line 35 "));
    assert_non_null(strstr(told.bytes, "\nline 39 "));
    text_release(&log);
    text_release(&told);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_complaints_are_told_without_what_is_around_them),
        TEST(test_the_last_complaints_are_told),
        TEST(test_without_complaints_the_end_is_told),
        TEST(test_only_the_present_process_is_asked),
        TEST(test_a_long_end_keeps_its_last_lines_whole),
    };
    return cmocka_run_group_tests_name("broker log", tests, NULL, NULL);
}

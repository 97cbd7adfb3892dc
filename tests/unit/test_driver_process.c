/* SPDX-License-Identifier: Apache-2.0 */
/* A driver that behaves, and one for every way of not behaving: tests/data/drivers/fake.py. Each gets as long as it needs, within
 * a bound that only a hanging test meets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/file.h"
#include "driver_fixture.h"

#include "base/banned.h"

#define PATIENCE_NS (60 * NS_PER_S)

static char text_any[] = "x", text_one[] = "1";
static struct property acks = {.name = (char[]){"acks"}, .value = text_one};
static struct experiment experiment = {.file = text_any};
static struct experiment_case one_case = {.producers = 2,
                                          .rate_per_sec = 100,
                                          .records = 7,
                                          .record_size_bytes = 100,
                                          .producer = {&acks, 1}};
static struct experiment_run run = {.name = text_any};
static const struct driver_job job = {.experiment = &experiment,
                                      .c = &one_case,
                                      .run = &run,
                                      .role = "producer",
                                      .topic = "t",
                                      .bootstrap_servers = "localhost:1",
                                      .payload_file = "/dev/null",
                                      .payload_records = 1,
                                      .seed = 1};

static struct driver_process *start(const char *name)
{
    struct error error = ERROR_INIT;
    const struct driver *driver = driver_list_find(&list, name);
    assert_non_null(driver);
    struct driver_process *process = driver_start(driver, &job, &error);
    if (!process)
        fail_msg("%s", error.message);
    return process;
}

static enum driver_state poll_until(struct driver_process *process, enum driver_state wanted, struct error *error)
{
    int64_t deadline_ns = clock_monotonic_ns() + PATIENCE_NS;
    enum driver_state state = driver_poll(process, 0, error);
    while (state != wanted && state != DRIVER_DONE && state != DRIVER_FAILED) {
        assert_true(clock_monotonic_ns() < deadline_ns);
        state = driver_poll(process, 1000, error);
    }
    return state;
}

/* Start, stop and wait for the end, as a trial does. */
static enum driver_state converse(struct driver_process *process, struct error *error)
{
    enum driver_state state = poll_until(process, DRIVER_READY, error);
    if (state == DRIVER_FAILED || !driver_command_start(process, error) || !driver_command_stop(process, error))
        return DRIVER_FAILED;
    return poll_until(process, DRIVER_DONE, error);
}

static void assert_fails(const char *name, const char *part)
{
    struct error error = ERROR_INIT, again = ERROR_INIT;
    struct driver_process *process = start(name);
    if (converse(process, &error) != DRIVER_FAILED)
        fail_msg("'%s' did not fail", name);
    assert_int_equal(error.category, ERROR_UNAVAILABLE);
    char *prefix = string_format("driver '%s': ", name);
    if (!strstr(error.message, part) || !string_starts_with(error.message, prefix))
        fail_msg("'%s' is not in: %s", part, error.message);
    free(prefix);
    /* It stays so. */
    assert_int_equal(driver_poll(process, 0, &again), DRIVER_FAILED);
    assert_string_equal(again.message, error.message);
    driver_process_end(process, 0);
    assert_int_equal(driver_pid(process), 0);
    driver_process_free(process);
}

static void test_good(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct driver_outcome outcome;
    struct driver_process *process = start("good");
    assert_true(driver_pid(process) > 0);
    assert_false(driver_command_start(process, &error)); /* it is not ready yet */
    driver_outcome(process, &outcome);
    assert_int_equal(outcome.sent, -1);
    assert_int_equal(outcome.outstanding, -1);
    if (converse(process, &error) != DRIVER_DONE)
        fail_msg("%s", error.message);
    assert_true(driver_command_stop(process, &error)); /* a stop that comes too late is none */
    driver_outcome(process, &outcome);
    assert_int_equal(outcome.sent, 10);
    assert_int_equal(outcome.acked, 9);
    assert_int_equal(outcome.failed, 1);
    assert_int_equal(outcome.outstanding, 0);
    assert_int_equal(json_get_integer(outcome.errors, "TIMED_OUT", -1), 1);
    assert_null(outcome.tool);
    assert_string_equal(json_get_string(outcome.versions, "client", ""), "1.0");
    assert_non_null(strstr(outcome.command_line, "fake.py good"));
    assert_string_equal(outcome.stderr_text, "");
    assert_true(outcome.process.exited && outcome.process.max_rss_bytes > 0 && outcome.process.cpu_s >= 0);
    assert_int_equal(outcome.settings->count, 3);
    assert_string_equal(outcome.settings->items[0].in_force, "1");
    assert_false(outcome.settings->items[0].differs);
    assert_string_equal(outcome.settings->items[1].canonical, "linger.ms");
    assert_null(outcome.settings->items[1].requested);
    assert_string_equal(outcome.settings->items[2].native, "own.default");
    driver_process_free(process);
}

static void test_early_ends(void **state)
{
    (void)state;
    assert_fails("dies-at-once",
                 "ended with exit status 7 before it was ready; the end of its standard error:\nno such luck");
    assert_fails("killed", "was ended by signal SIGKILL before it was done");
    assert_fails("half-line", "ended in the middle of a line");
    assert_fails("exit-1", "ended with exit status 1 after it was done");
}

static void test_wrong_lines(void **state)
{
    (void)state;
    assert_fails("not-json", "not of the protocol (not JSON: ");
    assert_fails("not-json", "?[31mWARNING: all is well");
    assert_fails("endless-line", "wrote a line of more than 1048576 bytes");
    assert_fails("million-lines", "speaks protocol of no number, expected 1");
    assert_fails("wrong-protocol", "speaks protocol 2, expected 1");
    assert_fails("wrong-clock", "its clock is not CLOCK_MONOTONIC");
    assert_fails("ready-twice", "said twice that it is ready");
    assert_fails("done-early", "done before it was started");
    assert_fails("talks-on", "went on writing after it was done");
}

static void test_wrong_counts(void **state)
{
    (void)state;
    assert_fails("negative-count", "a count 'failed' that is no number of records");
    assert_fails("missing-count", "a count 'acked' that is missing");
    assert_fails("too-many", "do not add up: 10 sent, but 11 acknowledged and 1 failed");
    assert_fails("less-due", "do not add up: 10 sent, but only 9 due");
}

static void test_outstanding_records_are_told(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct driver_outcome outcome;
    struct driver_process *process = start("outstanding");
    assert_int_equal(converse(process, &error), DRIVER_DONE);
    driver_outcome(process, &outcome);
    assert_int_equal(outcome.outstanding, 1);
    driver_process_free(process);
}

static void test_flood_of_errors_is_bounded(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct driver_outcome outcome;
    struct driver_process *process = start("floods-stderr");
    if (converse(process, &error) != DRIVER_DONE)
        fail_msg("%s", error.message);
    driver_outcome(process, &outcome);
    assert_true(strlen(outcome.stderr_text) < 66000);
    assert_non_null(strstr(outcome.stderr_text, "line number 00000000"));
    assert_non_null(strstr(outcome.stderr_text, "line number 00009999"));
    assert_non_null(strstr(outcome.stderr_text, "… 224464 bytes left out …"));
    driver_process_free(process);
}

static void test_silence_is_left_to_the_caller(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct driver_outcome outcome;
    struct driver_process *process = start("hangs");
    assert_int_equal(driver_poll(process, 50, &error), DRIVER_STARTING);
    driver_process_end(process, 10000);
    assert_int_equal(driver_poll(process, 0, &error), DRIVER_FAILED);
    driver_outcome(process, &outcome);
    assert_int_equal(outcome.process.signal, SIGTERM);
    driver_process_free(process);
}

static void test_who_does_not_obey_is_killed(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct driver_outcome outcome;
    struct driver_process *process = start("stubborn");
    assert_int_equal(poll_until(process, DRIVER_READY, &error), DRIVER_READY);
    assert_true(driver_command_start(process, &error));
    assert_true(driver_command_stop(process, &error));
    assert_int_equal(driver_poll(process, 50, &error), DRIVER_RUNNING);
    driver_process_end(process, 100);
    driver_outcome(process, &outcome);
    assert_int_equal(outcome.process.signal, SIGKILL);
    driver_process_free(process);
}

static void test_closed_input(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct driver_process *process = start("closes-stdin");
    assert_int_equal(poll_until(process, DRIVER_READY, &error), DRIVER_READY);
    /* It closes its end some time after: a command that it could not read any more must not be taken for given. */
    assert_true(driver_command_start(process, &error) || strstr(error.message, "closed its standard input"));
    int64_t deadline_ns = clock_monotonic_ns() + PATIENCE_NS;
    while (driver_command_stop(process, &error))
        assert_true(clock_monotonic_ns() < deadline_ns);
    assert_non_null(strstr(error.message, "has closed its standard input"));
    driver_process_free(process);
}

static void test_children_do_not_stay(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct driver_process *process = start("leaves-child");
    pid_t group = driver_pid(process);
    assert_int_equal(converse(process, &error), DRIVER_DONE);
    /* The group ends with the driver; its last member may still be on its way to init. */
    int64_t deadline_ns = clock_monotonic_ns() + PATIENCE_NS;
    while (kill(-group, 0) == 0) {
        assert_true(clock_monotonic_ns() < deadline_ns);
        clock_sleep_ms(10);
    }
    driver_process_free(process);
}

static void test_version_that_is_not_there(void **state)
{
    (void)state;
    static char wanted[] = "2.0";
    run.version = wanted;
    assert_fails("good", "runs version 1.0 of its client library, the run asks for 2.0");
    run.version = NULL;
}

static void test_program_that_is_not_there(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct driver driver = *driver_list_find(&list, "good");
    struct string_list command = {0};
    string_list_push(&command, "/no/such/program");
    driver.command = command;
    assert_null(driver_start(&driver, &job, &error));
    assert_string_equal(error.message, "driver 'good': cannot start '/no/such/program': No such file or directory");
    string_list_release(&command);
}

static void test_probe(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    json_t *versions;
    assert_true(driver_probe(driver_list_find(&list, "good"), NULL, &versions, &error));
    assert_string_equal(json_get_string(versions, "library", ""), "fake");
    json_decref(versions);
    /* An answer that came long before somebody waits for it counts. */
    struct driver_process *early = driver_probe_start(driver_list_find(&list, "good"), NULL, &error);
    struct driver_process *other = driver_probe_start(driver_list_find(&list, "good"), NULL, &error);
    assert_true(driver_probe_finish(other, &versions, &error));
    json_decref(versions);
    assert_true(driver_probe_finish(early, &versions, &error));
    json_decref(versions);
    assert_false(driver_probe(driver_list_find(&list, "dies-at-once"), NULL, &versions, &error));
    assert_null(versions);
    assert_non_null(strstr(error.message, "no such luck"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),
        cmocka_unit_test(test_early_ends),
        cmocka_unit_test(test_wrong_lines),
        cmocka_unit_test(test_wrong_counts),
        cmocka_unit_test(test_outstanding_records_are_told),
        cmocka_unit_test(test_flood_of_errors_is_bounded),
        cmocka_unit_test(test_silence_is_left_to_the_caller),
        cmocka_unit_test(test_who_does_not_obey_is_killed),
        cmocka_unit_test(test_closed_input),
        cmocka_unit_test(test_children_do_not_stay),
        cmocka_unit_test(test_version_that_is_not_there),
        cmocka_unit_test(test_program_that_is_not_there),
        cmocka_unit_test(test_probe),
    };
    return cmocka_run_group_tests_name("driver_process", tests, drivers_set_up, drivers_tear_down);
}

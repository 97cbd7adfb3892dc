/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The collector's thread: FIFOs that open late, end in the middle, never end; nothing here depends on how fast it
 * is.
 */
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/text.h"
#include "measure/collector.h"
#include "tools/samples.h"

#define START (INT64_C(5000) * NS_PER_S)
#define LONG_MS 60000 /* never waited for in full */

struct fixture {
    char folder[64];
    char *paths[3];
    struct collector *collector;
    struct error error;
};

static struct fixture *fixture_new(size_t fifos, int64_t start_ns)
{
    struct fixture *fixture = memory_zeroed(1, sizeof *fixture);
    snprintf(fixture->folder, sizeof fixture->folder, "/tmp/kbench-fifo-XXXXXX");
    assert_non_null(mkdtemp(fixture->folder));
    const struct collector_options options = {.record_size_bytes = 100,
                                              .start_ns = start_ns,
                                              .window_start_ns = start_ns,
                                              .window_end_ns = INT64_MAX};
    fixture->collector = collector_new(&options);
    for (size_t i = 0; i < fifos; i++) {
        fixture->paths[i] = string_format("%s/samples-%zu", fixture->folder, i);
        assert_true(collector_add_fifo(fixture->collector, fixture->paths[i], &fixture->error));
    }
    return fixture;
}

static void fixture_free(struct fixture *fixture)
{
    collector_free(fixture->collector);
    for (size_t i = 0; i < 3; i++)
        free(fixture->paths[i]);
    assert_int_equal(rmdir(fixture->folder), 0); /* the FIFOs are gone */
    free(fixture);
}

static void wait_for_records(const struct collector *collector, int64_t records)
{
    while (collector_records_so_far(collector) < records)
        clock_sleep_ms(1);
}

static void write_samples(int fd, int64_t first, int64_t count)
{
    for (int64_t i = 0; i < count; i++) {
        unsigned char sample[SAMPLE_BYTES];
        sample_write_nth(sample, START, first + i);
        assert_int_equal(write(fd, sample, sizeof sample), SAMPLE_BYTES);
    }
}

static void test_all_fifos_are_read_to_their_ends(void **state)
{
    (void)state;
    struct fixture *fixture = fixture_new(3, START);
    const struct measure_result *result;
    assert_true(collector_start(fixture->collector, &fixture->error));
    int first = open(fixture->paths[0], O_WRONLY), second = open(fixture->paths[1], O_WRONLY);
    write_samples(first, 0, 1000);
    close(first);
    wait_for_records(fixture->collector, 1000);
    write_samples(second, 1000, 500);
    close(second);
    wait_for_records(fixture->collector, 1500);
    /* The third comes when the others are long gone: a FIFO without a writer yet is not at its end. */
    int third = open(fixture->paths[2], O_WRONLY);
    write_samples(third, 1500, 7);
    close(third);
    assert_true(collector_finish(fixture->collector, LONG_MS, &result, &fixture->error));
    assert_int_equal(result->samples, 1507);
    assert_int_equal(result->total_records, 1507);
    assert_int_equal(result->truncated_bytes, 0);
    assert_int_equal(result->seconds.points[0].records, 1507);
    fixture_free(fixture);
}

static void test_a_fifo_that_ends_inside_a_sample(void **state)
{
    (void)state;
    struct fixture *fixture = fixture_new(2, START);
    const struct measure_result *result;
    unsigned char sample[SAMPLE_BYTES];
    assert_true(collector_start(fixture->collector, &fixture->error));
    int whole = open(fixture->paths[0], O_WRONLY), cut = open(fixture->paths[1], O_WRONLY);
    sample_write_nth(sample, START, 2);
    assert_int_equal(write(cut, sample, 11), 11);
    write_samples(whole, 0, 2); /* what is left over of one does not get into another */
    wait_for_records(fixture->collector, 2);
    assert_int_equal(write(cut, sample + 11, 13), 13);
    wait_for_records(fixture->collector, 3);
    assert_int_equal(write(cut, sample, 23), 23);
    close(whole);
    close(cut);
    assert_true(collector_finish(fixture->collector, LONG_MS, &result, &fixture->error));
    assert_int_equal(result->samples, 3);
    assert_int_equal(result->truncated_bytes, 23);
    fixture_free(fixture);
}

static void assert_unfinished(struct fixture *fixture, const char *path, int64_t samples)
{
    const struct measure_result *result = NULL;
    assert_false(collector_finish(fixture->collector, 20, &result, &fixture->error));
    assert_int_equal(fixture->error.category, ERROR_UNAVAILABLE);
    assert_non_null(strstr(fixture->error.message, path));
    assert_int_equal(result->samples, samples);
}

static void test_deadline(void **state)
{
    (void)state;
    /* A driver that never opened its FIFO. */
    struct fixture *fixture = fixture_new(2, START);
    assert_true(collector_start(fixture->collector, &fixture->error));
    int fd = open(fixture->paths[0], O_WRONLY);
    write_samples(fd, 0, 3);
    close(fd);
    wait_for_records(fixture->collector, 3);
    assert_unfinished(fixture, fixture->paths[1], 3);
    fixture_free(fixture);

    /* One that never closes it. */
    fixture = fixture_new(1, START);
    assert_true(collector_start(fixture->collector, &fixture->error));
    fd = open(fixture->paths[0], O_WRONLY);
    write_samples(fd, 0, 3);
    wait_for_records(fixture->collector, 3);
    assert_unfinished(fixture, fixture->paths[0], 3);
    close(fd);
    fixture_free(fixture);
}

/* Without a start the thread leaves all in the FIFO: what a driver sends too early is counted by the right times. */
static void test_nothing_is_read_before_the_times_are_known(void **state)
{
    (void)state;
    struct fixture *fixture = fixture_new(1, 0);
    const struct measure_result *result;
    assert_true(collector_start(fixture->collector, &fixture->error));
    int fd = open(fixture->paths[0], O_WRONLY);
    write_samples(fd, 0, 100);
    collector_set_times(fixture->collector, START, START, INT64_MAX);
    wait_for_records(fixture->collector, 100);
    close(fd);
    assert_true(collector_finish(fixture->collector, LONG_MS, &result, &fixture->error));
    assert_int_equal(result->samples, 100);
    assert_int_equal(result->late, 0);
    assert_int_equal(result->seconds.start_ns, START);
    assert_int_equal(result->seconds.count, 1);
    fixture_free(fixture);

    fixture = fixture_new(1, 0);
    assert_true(collector_start(fixture->collector, &fixture->error));
    fd = open(fixture->paths[0], O_WRONLY);
    write_samples(fd, 0, 5);
    close(fd);
    assert_unfinished(fixture, fixture->paths[0], 0);
    fixture_free(fixture);
}

static void test_freed_in_every_state(void **state)
{
    (void)state;
    collector_free(NULL);
    fixture_free(fixture_new(0, START));
    fixture_free(fixture_new(2, START));
    struct fixture *fixture = fixture_new(2, START);
    assert_true(collector_start(fixture->collector, &fixture->error));
    fixture_free(fixture); /* the thread waits for drivers */
    fixture = fixture_new(0, START);
    const struct measure_result *result;
    assert_true(collector_start(fixture->collector, &fixture->error));
    assert_true(collector_finish(fixture->collector, LONG_MS, &result, &fixture->error)); /* nothing to wait for */
    assert_int_equal(result->samples, 0);
    fixture_free(fixture);
    fixture = fixture_new(1, START);
    assert_unfinished(fixture, fixture->paths[0], 0); /* never started */
    fixture_free(fixture);
}

static void test_a_path_that_cannot_be_had(void **state)
{
    (void)state;
    struct fixture *fixture = fixture_new(1, START);
    assert_false(collector_add_fifo(fixture->collector, fixture->paths[0], &fixture->error)); /* exists */
    assert_non_null(strstr(fixture->error.message, fixture->paths[0]));
    assert_false(collector_add_fifo(fixture->collector, "/nowhere/samples", &fixture->error));
    assert_int_equal(fixture->error.category, ERROR_UNAVAILABLE);
    fixture_free(fixture);
}

static volatile sig_atomic_t signal_was_here;
static pthread_t signalled_thread;

static void on_signal(int signal)
{
    (void)signal;
    signalled_thread = pthread_self();
    signal_was_here = 1;
}

/* A signal to the process reaches this thread, never the reader, and does not end a wait. */
static void test_signals_go_to_the_main_thread(void **state)
{
    (void)state;
    struct sigaction action = {.sa_handler = on_signal}, before;
    sigaction(SIGUSR1, &action, &before);
    struct fixture *fixture = fixture_new(1, START);
    assert_true(collector_start(fixture->collector, &fixture->error));
    sigset_t usr1, old;
    sigemptyset(&usr1);
    sigaddset(&usr1, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &usr1, &old); /* now only another thread could take it */
    kill(getpid(), SIGUSR1);
    int fd = open(fixture->paths[0], O_WRONLY);
    write_samples(fd, 0, 10);
    wait_for_records(fixture->collector, 10);
    assert_false(signal_was_here);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    assert_true(signal_was_here);
    assert_true(pthread_equal(signalled_thread, pthread_self()));
    close(fd);
    const struct measure_result *result;
    assert_true(collector_finish(fixture->collector, LONG_MS, &result, &fixture->error));
    sigaction(SIGUSR1, &before, NULL);
    fixture_free(fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_fifos_are_read_to_their_ends),
        cmocka_unit_test(test_a_fifo_that_ends_inside_a_sample),
        cmocka_unit_test(test_deadline),
        cmocka_unit_test(test_nothing_is_read_before_the_times_are_known),
        cmocka_unit_test(test_freed_in_every_state),
        cmocka_unit_test(test_a_path_that_cannot_be_had),
        cmocka_unit_test(test_signals_go_to_the_main_thread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

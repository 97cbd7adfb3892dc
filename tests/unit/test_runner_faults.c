/* SPDX-License-Identifier: Apache-2.0 */
/* When faults begin and end, and what is told of them, on a mock cluster and a clock that the test sets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"
#include "runner/faults.h"

#define START_NS (1000 * NS_PER_S)

static struct cluster_definition definition = {.kind = CLUSTER_MOCK, .brokers = 2};

static int start(void **state)
{
    struct cluster_options options = {.data_folder = "unused", .log_folder = "unused"};
    *state = cluster_start(&definition, &options, NULL);
    return *state ? 0 : -1;
}

static int stop(void **state)
{
    cluster_stop(*state);
    return 0;
}

static void tick(struct faults *faults, int64_t at_ms)
{
    struct error error = ERROR_INIT;
    assert_true(faults_tick(faults, START_NS, START_NS + at_ms * NS_PER_MS, &error));
}

/* How many are on. */
static int count_on(const struct faults *faults)
{
    int on = 0;
    for (size_t i = 0; i < faults->count; i++)
        on += faults->times[i].begun_ns && !faults->times[i].ended_ns;
    return on;
}

static struct fault planned[] = {{.kind = FAULT_PAUSE, .at_ms = 100, .for_ms = 50},
                                 {.kind = FAULT_KILL, .at_ms = 150, .for_ms = 300, .broker = 2}};
static struct experiment_case faulty = {.faults = planned, .fault_count = 2};

static void test_each_at_its_time(void **state)
{
    const struct trial_request request = {.c = &faulty, .cluster = *state};
    struct faults faults;
    struct trial trial = {0};
    store_trial_init(&trial.row);
    faults_init(&faults, &request);
    tick(&faults, 99);
    assert_int_equal(count_on(&faults), 0);
    tick(&faults, 103); /* late, but as long as planned */
    assert_int_equal(count_on(&faults), 1);
    tick(&faults, 152);
    assert_int_equal(count_on(&faults), 2);
    tick(&faults, 153);
    assert_int_equal(count_on(&faults), 1);
    assert_false(faults.has_restarted);
    tick(&faults, 451);
    assert_int_equal(count_on(&faults), 1);
    tick(&faults, 460);
    assert_int_equal(count_on(&faults), 0);
    assert_true(faults.has_restarted);
    tick(&faults, 1000);
    assert_int_equal(count_on(&faults), 0);
    faults_tell(&faults, START_NS, &trial);
    assert_int_equal(trial.row.event_count, 2);
    assert_string_equal(trial.events[0].kind, "fault");
    assert_int_equal(trial.events[0].offset_ms, 103);
    assert_string_equal(trial.events[0].message, "paused all brokers for 0.050 s");
    assert_int_equal(trial.events[1].offset_ms, 152);
    assert_string_equal(trial.events[1].message, "killed broker 2, started again after 0.308 s");
    trial_release(&trial);
    faults_release(&faults);
}

static void test_ends_whatever_is_on(void **state)
{
    const struct trial_request request = {.c = &faulty, .cluster = *state};
    struct faults faults;
    struct trial trial = {0};
    store_trial_init(&trial.row);
    faults_init(&faults, &request);
    tick(&faults, 120);
    faults_end(&faults);
    assert_int_equal(count_on(&faults), 0);
    faults_tell(&faults, START_NS, &trial);
    assert_int_equal(trial.row.event_count, 1); /* the kill was never done */
    trial_release(&trial);
    faults_release(&faults);
}

static bool is_enough(void *context, int64_t elapsed_ns, int64_t records)
{
    (void)context;
    return elapsed_ns > 0 && records > 0;
}

static void test_none_in_a_warmup(void **state)
{
    const struct trial_request request = {.c = &faulty, .cluster = *state, .until = is_enough};
    struct faults faults;
    faults_init(&faults, &request);
    tick(&faults, 120);
    assert_int_equal(count_on(&faults), 0);
    faults_release(&faults);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_at_its_time),
        cmocka_unit_test(test_ends_whatever_is_on),
        cmocka_unit_test(test_none_in_a_warmup),
    };
    return cmocka_run_group_tests_name("faults", tests, start, stop);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The rules for disturbed trials, each at its bound, beside it, off, and with a figure that is not known. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "near.h"
#include "runner/disturbance.h"

static const struct disturbance_rules all_off = {
    .steal = (double)INFINITY,
    .other_cpu = (double)INFINITY,
    .stall_cpu = (double)INFINITY,
    .stall_io = (double)INFINITY,
    .stall_memory = (double)INFINITY,
    .frequency = (double)INFINITY,
    .broker_gc = (double)INFINITY,
    .trend = (double)INFINITY,
    .dirty_bytes = (double)INFINITY,
};

static const struct experiment_case plain = {.fault_count = 0};
static const struct disturbance_machine machine = {.cores = 4, .fastest_mhz = 2000};

/* A window of 8 s in which everything was measured; nothing happened. */
static struct store_trial quiet(void)
{
    struct store_trial row;
    store_trial_init(&row);
    row.source = "measured";
    row.duration_s = 8;
    row.run_s = 16;
    row.steal_percent = row.other_cpu_s = row.stall_cpu_percent = row.stall_io_percent = row.stall_memory_percent = 0;
    row.dirty_bytes_max = 0;
    row.frequency_mhz = 2000;
    row.broker_gc_s = 0;
    row.trend_percent = 0;
    row.trend_p_value = 0.001;
    return row;
}

/* One rule: its bound, the row's figure exactly on it and the next one above, what that is in the rule's unit. */
static const struct {
    const char *rule;
    size_t bound, figure; /* offsets; the figure is an int64_t for "dirty", else a double */
    double at, on, above, measured;
} rows[] = {
    {"steal", offsetof(struct disturbance_rules, steal), offsetof(struct store_trial, steal_percent), 0.25, 25, 26,
     0.26},
    {"other-cpu", offsetof(struct disturbance_rules, other_cpu), offsetof(struct store_trial, other_cpu_s), 0.25, 8,
     8.8, 0.275},
    {"stall-cpu", offsetof(struct disturbance_rules, stall_cpu), offsetof(struct store_trial, stall_cpu_percent), 0.5,
     50, 51, 0.51},
    {"stall-io", offsetof(struct disturbance_rules, stall_io), offsetof(struct store_trial, stall_io_percent), 0.5, 50,
     51, 0.51},
    {"stall-memory", offsetof(struct disturbance_rules, stall_memory),
     offsetof(struct store_trial, stall_memory_percent), 0.5, 50, 51, 0.51},
    {"dirty", offsetof(struct disturbance_rules, dirty_bytes), offsetof(struct store_trial, dirty_bytes_max), 1000,
     1000, 1001, 1001},
    {"frequency", offsetof(struct disturbance_rules, frequency), offsetof(struct store_trial, frequency_mhz), 0.25,
     1500, 1400, 0.3},
    {"broker-gc", offsetof(struct disturbance_rules, broker_gc), offsetof(struct store_trial, broker_gc_s), 0.25, 2, 4,
     0.5},
    {"trend", offsetof(struct disturbance_rules, trend), offsetof(struct store_trial, trend_percent), 0.25, -25, -50,
     0.5},
};
#define ROWS (sizeof rows / sizeof *rows)

static void set(struct store_trial *row, size_t i, double figure)
{
    if (strcmp(rows[i].rule, "dirty") == 0)
        row->dirty_bytes_max = isnan(figure) ? STORE_ABSENT : (int64_t)figure;
    else
        memcpy((char *)row + rows[i].figure, &figure, sizeof figure);
}

static size_t judge(const struct disturbance_rules *rules, const struct store_trial *row,
                    struct store_disturbance *broken)
{
    return disturbance_judge(rules, &plain, row, &machine, broken);
}

static void test_each_rule(void **state)
{
    (void)state;
    struct store_disturbance broken[DISTURBANCE_RULES];
    assert_int_equal(ROWS, DISTURBANCE_RULES);
    for (size_t i = 0; i < ROWS; i++) {
        struct disturbance_rules rules = all_off;
        struct store_trial row = quiet();
        memcpy((char *)&rules + rows[i].bound, &rows[i].at, sizeof rows[i].at);
        assert_int_equal(judge(&rules, &row, broken), 0);
        set(&row, i, rows[i].on);
        assert_int_equal(judge(&rules, &row, broken), 0);
        set(&row, i, rows[i].above);
        assert_int_equal(judge(&rules, &row, broken), 1);
        assert_string_equal(broken[0].rule, rows[i].rule);
        assert_near(broken[0].measured, rows[i].measured, 1e-12);
        assert_near(broken[0].bound, rows[i].at, 0);
        assert_int_equal(judge(&all_off, &row, broken), 0);
        set(&row, i, (double)NAN);
        assert_int_equal(judge(&rules, &row, broken), 0);
    }
}

/* What nothing measured breaks no rule, however strict. */
static void test_nothing_is_known(void **state)
{
    (void)state;
    static const struct disturbance_rules strict = {0};
    struct store_disturbance broken[DISTURBANCE_RULES];
    struct store_trial row;
    store_trial_init(&row);
    row.source = "measured";
    assert_int_equal(judge(&strict, &row, broken), 0);
    row.other_cpu_s = 1; /* of a window of unknown length */
    assert_int_equal(judge(&strict, &row, broken), 0);
}

static void test_trend_must_be_significant(void **state)
{
    (void)state;
    struct disturbance_rules rules = all_off;
    struct store_disturbance broken[DISTURBANCE_RULES];
    struct store_trial row = quiet();
    rules.trend = 0.1;
    row.trend_percent = 90;
    row.trend_p_value = 0.049;
    assert_int_equal(judge(&rules, &row, broken), 1);
    row.trend_p_value = 0.05;
    assert_int_equal(judge(&rules, &row, broken), 0);
    row.trend_p_value = (double)NAN;
    assert_int_equal(judge(&rules, &row, broken), 0);
}

/* What the experiment itself does to the brokers does not count, what others do to the machine does. */
static void test_planned_faults(void **state)
{
    (void)state;
    struct disturbance_rules rules = all_off;
    struct store_disturbance broken[DISTURBANCE_RULES];
    struct store_trial row = quiet();
    struct experiment_case faulty = plain;
    faulty.fault_count = 1;
    rules.steal = rules.broker_gc = rules.trend = 0.1;
    row.steal_percent = row.trend_percent = 50;
    row.broker_gc_s = 4;
    assert_int_equal(disturbance_judge(&rules, &plain, &row, &machine, broken), 3);
    assert_int_equal(disturbance_judge(&rules, &faulty, &row, &machine, broken), 1);
    assert_string_equal(broken[0].rule, "steal");
}

/* A tool's seconds of CPU are those of its whole run, since nobody knows where its window lies. */
static void test_tool(void **state)
{
    (void)state;
    struct disturbance_rules rules = all_off;
    struct store_disturbance broken[DISTURBANCE_RULES];
    struct store_trial row = quiet();
    row.source = "tool";
    rules.other_cpu = 0.1;
    row.other_cpu_s = 6.4;
    assert_int_equal(judge(&rules, &row, broken), 0);
    row.other_cpu_s = 12.8;
    assert_int_equal(judge(&rules, &row, broken), 1);
    assert_near(broken[0].measured, 0.2, 1e-12);
}

static void test_frequency_of_the_fastest(void **state)
{
    (void)state;
    struct disturbance_rules rules = all_off;
    struct store_disturbance broken[DISTURBANCE_RULES];
    struct store_trial row = quiet();
    const struct disturbance_machine unknown = {.cores = 4, .fastest_mhz = (double)NAN};
    rules.frequency = 0;
    assert_int_equal(judge(&rules, &row, broken), 0); /* the fastest itself */
    row.frequency_mhz = 1000;
    assert_int_equal(disturbance_judge(&rules, &plain, &row, &unknown, broken), 0);
}

static void test_sentence(void **state)
{
    (void)state;
    const struct store_disturbance broken[] = {{"other-cpu", 0.2314, 0.05},
                                               {"dirty", 300 * 1048576.0, 256 * 1048576.0}};
    char *text = disturbance_describe(broken, 2);
    assert_string_equal(text,
                        "other processes used 23.1 % of the cores' time (bound 5 %), up to 300 MiB of memory waited "
                        "to be written to disk (bound 256 MiB)");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_rule),
        cmocka_unit_test(test_nothing_is_known),
        cmocka_unit_test(test_trend_must_be_significant),
        cmocka_unit_test(test_planned_faults),
        cmocka_unit_test(test_tool),
        cmocka_unit_test(test_frequency_of_the_fastest),
        cmocka_unit_test(test_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

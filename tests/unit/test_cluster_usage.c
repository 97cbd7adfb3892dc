/* SPDX-License-Identifier: Apache-2.0 */
/* What is told of local brokers, from files as their JVMs leave them; no broker runs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/file.h"
#include "cluster/broker_metrics.h"
#include "cluster/local_usage.h"

#include "near.h"

#include "base/banned.h"

struct fixture {
    char folder[64];
    struct cluster_definition definition;
    struct local *local;
};

static int set_up(void **state)
{
    static char version[] = "4.3.1";
    struct fixture *fixture = memory_zeroed(1, sizeof *fixture);
    snprintf(fixture->folder, sizeof fixture->folder, "/tmp/kbench-test-XXXXXX");
    *state = fixture;
    if (!mkdtemp(fixture->folder))
        return -1;
    fixture->definition = (struct cluster_definition){.kind = CLUSTER_LOCAL, .kafka_version = version, .brokers = 2};
    char *data = string_format("%s/data", fixture->folder), *logs = string_format("%s/logs", fixture->folder);
    fixture->local = local_new(&fixture->definition, data, logs, NULL);
    free(data);
    free(logs);
    return fixture->local ? 0 : -1;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    local_free(fixture->local);
    file_remove_tree(fixture->folder, NULL);
    string_list_release(&fixture->definition.jvm);
    free(fixture);
    return 0;
}

static void write_file(const struct fixture *fixture, const char *name, const char *content)
{
    char *path = string_format("%s/%s", fixture->folder, name);
    assert_true(file_write(path, content, strlen(content), NULL));
    free(path);
}

/* The second of 1 to 2: the first broker is idle for half of it and stands still twice, for 3 ms in all. */
static void write_two_brokers(const struct fixture *fixture)
{
    write_file(fixture, "data/broker-1.metrics", "1000000000 0 100\n2000000000 500000000 1100\n");
    write_file(fixture, "data/broker-2.metrics",
               "900000000 0 0\n1900000000 900000000 1000\n2900000000 1800000000 2000\n");
    write_file(fixture, "logs/broker-1.gc.log",
               "[900000000ns] Using G1\n"
               "[1500000000ns] GC(0) Pause Young (Normal) (G1 Evacuation Pause) 52M->8M(1024M) 2.000ms\n"
               "[1600000000ns] GC(1) Pause Young (Normal) (G1 Evacuation Pause) 52M->8M(1024M) 1.000ms\n");
    write_file(fixture, "logs/broker-2.gc.log",
               "[1700000000ns] GC(0) Pause Full (System.gc()) 35M->10M(40M) 2.500ms\n");
}

static void test_the_busiest_and_the_worst(void **state)
{
    struct fixture *fixture = *state;
    struct cluster_usage usage;
    write_two_brokers(fixture);
    local_usage(fixture->local, NS_PER_S, 2 * NS_PER_S, &usage);
    assert_near(usage.idle_share, 0.5, 1e-9);
    assert_near(usage.bytes_in, 2000, 1e-6);
    assert_near(usage.gc_s, 0.003, 1e-9);    /* of the first broker */
    assert_near(usage.gc_max_ms, 2.5, 1e-9); /* of the second */
}

static void test_a_broker_that_tells_nothing_leaves_all_unknown(void **state)
{
    struct fixture *fixture = *state;
    struct cluster_usage usage;
    write_two_brokers(fixture);
    write_file(fixture, "data/broker-1.metrics", "");
    local_usage(fixture->local, NS_PER_S, 2 * NS_PER_S, &usage);
    assert_true(isnan(usage.idle_share));
    assert_true(isnan(usage.bytes_in));
    assert_near(usage.gc_s, 0.003, 1e-9);

    write_two_brokers(fixture);
    char *log = string_format("%s/logs/broker-2.gc.log", fixture->folder);
    assert_true(file_remove_tree(log, NULL));
    free(log);
    local_usage(fixture->local, NS_PER_S, 2 * NS_PER_S, &usage);
    assert_true(isnan(usage.gc_s));
    assert_true(isnan(usage.gc_max_ms));
    assert_near(usage.idle_share, 0.5, 1e-9);
}

static void test_a_log_that_was_filled_or_left_is_read_too(void **state)
{
    struct fixture *fixture = *state;
    struct cluster_usage usage;
    write_two_brokers(fixture);
    write_file(fixture, "logs/broker-2.gc.log.0",
               "[900000000ns] Using G1\n"
               "[1400000000ns] GC(8) Pause Full (System.gc()) 35M->10M(40M) 7.000ms\n");
    local_usage(fixture->local, NS_PER_S, 2 * NS_PER_S, &usage);
    assert_near(usage.gc_s, 0.0095, 1e-9);
    assert_near(usage.gc_max_ms, 7, 1e-9);
    /* One that begins within the span: there were more before it. */
    write_file(fixture, "logs/broker-2.gc.log.0",
               "[1400000000ns] GC(8) Pause Full (System.gc()) 35M->10M(40M) 7.000ms\n");
    local_usage(fixture->local, NS_PER_S, 2 * NS_PER_S, &usage);
    assert_true(isnan(usage.gc_s));
}

/* More than is read of it: the beginning of a long campaign. */
static void test_the_end_of_a_long_file_is_enough(void **state)
{
    struct fixture *fixture = *state;
    struct cluster_usage usage;
    struct text lines = TEXT_INIT;
    int64_t now_ns = clock_monotonic_ns(), first_ns = now_ns - 1000 * NS_PER_S;
    for (int64_t i = 0; i <= 4000; i++)
        text_append_format(&lines, "%lld %lld %lld\n", (long long)(first_ns + i * BROKER_METRICS_PERIOD_NS),
                           (long long)(i * BROKER_METRICS_PERIOD_NS / 4), (long long)i * 10);
    write_file(fixture, "data/broker-1.metrics", lines.bytes);
    write_file(fixture, "data/broker-2.metrics", lines.bytes);
    local_usage(fixture->local, now_ns - 20 * NS_PER_S, now_ns - 10 * NS_PER_S, &usage);
    assert_near(usage.idle_share, 0.25, 1e-6);
    assert_near(usage.bytes_in, 2 * 400, 1e-6);
    text_release(&lines);
}

static char *arguments_of_a_broker(const struct fixture *fixture)
{
    struct string_list arguments = {.items = NULL};
    struct text line = TEXT_INIT;
    local_usage_push_arguments(fixture->local, &fixture->local->brokers[1], &arguments);
    for (size_t i = 0; i < arguments.count; i++)
        text_append_format(&line, " %s ", arguments.items[i]);
    string_list_release(&arguments);
    return text_detach(&line);
}

static void test_the_log_of_pauses_is_bounded(void **state)
{
    struct fixture *fixture = *state;
    char *line = arguments_of_a_broker(fixture);
    assert_non_null(strstr(line, " -Xlog:gc:file=broker-2.gc.log:timenanos:filecount=1,filesize=8M "));
    free(line);
    string_list_push(&fixture->definition.jvm, "-XX:+UseZGC");
    line = arguments_of_a_broker(fixture);
    assert_non_null(strstr(line, " -Xlog:gc,gc+phases:file=broker-2.gc.log:"));
    free(line);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_the_busiest_and_the_worst),
        TEST(test_a_broker_that_tells_nothing_leaves_all_unknown),
        TEST(test_a_log_that_was_filled_or_left_is_read_too),
        TEST(test_the_end_of_a_long_file_is_enough),
        TEST(test_the_log_of_pauses_is_bounded),
    };
    return cmocka_run_group_tests_name("cluster usage", tests, NULL, NULL);
}

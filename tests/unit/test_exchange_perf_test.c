/* SPDX-License-Identifier: Apache-2.0 */
/* The closing line of kafka-producer-perf-test, in every form that Kafka's releases print, and what is no such line. */
#include "test_tool.h"

#define WINDOW "25001 records sent, 5000.2 records/sec (0.48 MB/sec), 1.2 ms avg latency, 25.0 ms max latency.\n"
#define OLD_WINDOW "25001 records sent, 5000.2 records/sec (0.48 MB/sec), 1.2 ms avg latency, 25.0 max latency.\n"
#define TOTAL                                                                                                          \
    "50000000 records sent, 747417.671943 records/sec (71.28 MB/sec), 429.34 ms avg latency, 2828.00 ms max latency, " \
    "265 ms 50th, 1251 ms 95th, 1817 ms 99th, 2497 ms 99.9th.\n"
#define STEADY                                                                                                         \
    "900 steady state records sent, 500.500000 records/sec (0.05 MB/sec), 2.50 ms avg latency, 9.00 ms max latency, "  \
    "2 ms 50th, 4 ms 95th, 8 ms 99th, 9 ms 99.9th.\n"

static void assert_total(const char *bytes, int line)
{
    struct tool_output output;
    read_tool(&tool_perf_test, bytes, &output);
    const struct store_published *row = &output.row;
    assert_int_equal(output.line, line);
    assert_int_equal(row->records_sent, 50000000);
    assert_near(row->records_per_sec, 747417.671943, 0);
    assert_near(row->mb_per_sec, 71.28, 0);
    assert_near(row->latency_avg_ms, 429.34, 0);
    assert_near(row->latency_max_ms, 2828, 0);
    assert_near(row->latency_p50_ms, 265, 0);
    assert_near(row->latency_p95_ms, 1251, 0);
    assert_near(row->latency_p99_ms, 1817, 0);
    assert_near(row->latency_p999_ms, 2497, 0);
    assert_near(row->duration_s, 66.897, 0); /* the post's run of 66.897 s */
    assert_string_equal(row->client_library, "kafka-clients");
    /* What it does not tell. */
    assert_true(row->record_size == STORE_ABSENT && row->records_acked == STORE_ABSENT &&
                row->records_failed == STORE_ABSENT);
    assert_true(!row->case_name && !row->run_name && !row->client_version && !row->settings);
    assert_non_null(strstr(row->note, "500,000"));
    tool_output_release(&output);
}

static void test_the_summary_is_the_result(void **state)
{
    (void)state;
    assert_total(TOTAL, 1);
    assert_total(WINDOW WINDOW TOTAL, 3);
    assert_total("SLF4J: Class path contains\n" OLD_WINDOW "org.apache.kafka.common.errors.TimeoutException\n" TOTAL
                 "\nMetric Name   Value\n",
                 4);
    /* Windows' ends of lines, and none at the end. */
    assert_total(
        "50000000 records sent, 747417.671943 records/sec (71.28 MB/sec), 429.34 ms avg latency, 2828.00 ms max "
        "latency, 265 ms 50th, 1251 ms 95th, 1817 ms 99th, 2497 ms 99.9th.\r\n",
        1);
    /* A machine whose decimal point is a comma. */
    assert_total(
        "50000000 records sent, 747417,671943 records/sec (71,28 MB/sec), 429,34 ms avg latency, 2828,00 ms max "
        "latency, 265 ms 50th, 1251 ms 95th, 1817 ms 99th, 2497 ms 99.9th.",
        1);
}

static void test_steady_state_behind_a_warm_up(void **state)
{
    (void)state;
    struct tool_output output;
    read_tool(&tool_perf_test, "In steady state.\n" WINDOW TOTAL STEADY, &output);
    assert_int_equal(output.line, 4);
    assert_int_equal(output.row.records_sent, 900);
    assert_near(output.row.records_per_sec, 500.5, 0);
    assert_near(output.row.latency_p999_ms, 9, 0);
    assert_non_null(strstr(output.row.note, "747417.671943"));
    assert_true(isnan(output.row.duration_s)); /* 900 at 500.5/s are no whole milliseconds: not of this line */
    tool_output_release(&output);
}

static void test_what_is_no_result(void **state)
{
    (void)state;
    const struct tool *tool = &tool_perf_test;
    assert_refused(tool, WINDOW WINDOW "no more\n", 3, "ends without the summary");
    assert_refused(tool, WINDOW TOTAL WINDOW TOTAL, 3, "behind the summary in line 2");
    assert_refused(tool, TOTAL "\n" TOTAL, 3, "the first is in line 1");
    assert_refused(tool, TOTAL STEADY TOTAL, 3, "the first is in line 1");
    assert_refused(tool, TOTAL STEADY STEADY, 3, "the first is in line 2");
    assert_refused(tool, STEADY TOTAL, 2, "the first is in line 1");
    assert_refused(tool, WINDOW "50000000 records sent, 747417.671943 records/sec (71.28 MB/sec), 429.34 ms av", 2,
                   "no whole line");
    assert_refused(tool,
                   "50000000 records sent, 747417.671943 records/sec (71.28 MB/sec), 429.34 ms avg latency, 2828.00 ms "
                   "max latency, 265 ms 50th, 1251 ms 95th, 1817 ms 99th, 2497 ms 99.9t",
                   1, "no whole line");
    assert_refused(tool,
                   "0 records sent, 0.000000 records/sec (0.00 MB/sec), NaN ms avg latency, 0.00 ms max latency, 0 ms "
                   "50th, 0 ms 95th, 0 ms 99th, 0 ms 99.9th.\n",
                   1, "no whole line");
    assert_refused(tool,
                   "0 records sent, 0.000000 records/sec (0.00 MB/sec), 0.00 ms avg latency, 0.00 ms max latency, 0 ms "
                   "50th, 0 ms 95th, 0 ms 99th, 0 ms 99.9th.\n",
                   1, "nothing arrived");
    assert_refused(
        tool,
        "99999999999999999999 records sent, 1.000000 records/sec (0.00 MB/sec), 1.00 ms avg latency, 9.00 ms "
        "max latency, 1 ms 50th, 2 ms 95th, 3 ms 99th, 4 ms 99.9th.\n",
        1, "too large");
    assert_refused(
        tool,
        "10 records sent, 1.000000 records/sec (0.00 MB/sec), 1.00 ms avg latency, 9.00 ms max latency, 1 ms "
        "50th, 5 ms 95th, 3 ms 99th, 4 ms 99.9th.\n",
        1, "99th percentile of 3 ms below the 95th percentile of 5 ms");
    const struct tool_text other = {.file = "x", .bytes = "% 10 messages produced (1000 bytes)"};
    assert_false(tool->recognise(&other));
}

/* Kafka's own tool, on a real broker: see tests/data/tools/README.md. */
static void assert_capture(const char *name, int64_t records, double records_per_sec, double average_ms, double p50_ms)
{
    struct text content = TEXT_INIT;
    struct tool_output output;
    read_capture(name, &content);
    read_tool(&tool_perf_test, content.bytes, &output);
    assert_int_equal(output.row.records_sent, records);
    assert_near(output.row.records_per_sec, records_per_sec, 0);
    assert_near(output.row.latency_avg_ms, average_ms, 0);
    assert_near(output.row.latency_p50_ms, p50_ms, 0);
    assert_near(output.row.duration_s, (double)records / records_per_sec, 1e-6);
    /* Its two figures of one rate, for records of 100 bytes. */
    assert_near(output.row.mb_per_sec, records_per_sec * 100 / TOOL_BYTES_PER_MB, 0.005);
    tool_output_release(&output);
    text_release(&content);
}

static void test_what_the_tool_printed(void **state)
{
    (void)state;
    assert_capture("kafka-producer-perf-test-4.3.1.txt", 100000, 12577.034335, 2529.67, 2550);
    assert_capture("kafka-producer-perf-test-4.3.1-warmup.txt", 80000, 14684.287812, 2080.11, 2145);
    assert_capture("kafka-producer-perf-test-4.3.1-de.txt", 20000, 8525.149190, 224.38, 230);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_summary_is_the_result),
        cmocka_unit_test(test_steady_state_behind_a_warm_up),
        cmocka_unit_test(test_what_is_no_result),
        cmocka_unit_test(test_what_the_tool_printed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The sums of rdkafka_performance: the last line is the result, its MB become kbench's. */
#include "test_tool.h"

#define SENDING "% Sending 1000000 messages of size 100 bytes\n"
#define INTERIM                                                                                                        \
    "% 600000 messages produced (60000000 bytes), 500000 delivered (offset 7, 0 failed) in 1000ms: 500000 msgs/s and " \
    "50.00 MB/s, 3 produce failures, 100000 in queue, no compression\n"
#define TOTAL                                                                                                          \
    "% 1000000 messages produced (100000000 bytes), 999990 delivered (offset 8, 10 failed) in 1234ms: 810364 msgs/s "  \
    "and 81.04 MB/s, 3 produce failures, 0 in queue, lz4 compression\n"
#define CONSUMER_END "% Average application fetch latency: 3us\n"
#define CONSUMED "% 1000 messages (50000 bytes) consumed in 500ms: 2000 msgs/s (0.10 MB/s)"

static void test_the_last_sums_are_the_result(void **state)
{
    (void)state;
    struct tool_output output;
    read_tool(&tool_rdkafka_performance, SENDING INTERIM "% 3 backpressures for 1000000 produce calls\n" TOTAL,
              &output);
    const struct store_published *row = &output.row;
    assert_int_equal(output.line, 4);
    assert_int_equal(row->records_sent, 1000000);
    assert_int_equal(row->records_acked, 999990);
    assert_int_equal(row->records_failed, 10);
    assert_int_equal(row->record_size, 100);
    assert_near(row->duration_s, 1.234, 0);
    assert_near(row->records_per_sec, 810364, 0);
    assert_near(row->mb_per_sec, 81.04e6 / 1048576, 1e-12);
    assert_string_equal(row->settings, "compression.type=lz4");
    assert_string_equal(row->client_library, "librdkafka");
    assert_non_null(strstr(row->note, "81.04 MB/s of 1,000,000 bytes"));
    assert_true(isnan(row->latency_avg_ms) && isnan(row->latency_p99_ms) && isnan(row->latency_max_ms));
    tool_output_release(&output);
}

static void test_a_consumer(void **state)
{
    (void)state;
    struct tool_output output;
    read_tool(&tool_rdkafka_performance,
              "% 10 messages (500 bytes) consumed in 5ms: 2000 msgs/s (0.10 MB/s)\n"
              "% INTERVAL: 5 messages (250 bytes) consumed in 5ms: 1000 msgs/s (0.05 MB/s)\n" CONSUMED
              ", latency curr/avg/lo/hi 1.00/2.00/0.50/9.00ms\n" CONSUMER_END,
              &output);
    assert_int_equal(output.line, 3);
    assert_near(output.row.records_per_sec, 2000, 0);
    assert_true(output.row.records_sent == STORE_ABSENT && output.row.records_failed == STORE_ABSENT &&
                output.row.record_size == STORE_ABSENT && !output.row.settings);
    assert_non_null(strstr(output.row.note, "consumer's figures: 1000 messages"));
    tool_output_release(&output);
}

static void test_what_is_no_result(void **state)
{
    (void)state;
    const struct tool *tool = &tool_rdkafka_performance;
    assert_refused(tool, SENDING INTERIM, 2, "the output ends before the run did");
    /* A moment when all that had been sent had arrived. */
    assert_refused(tool,
                   SENDING "% 57920 messages produced (5792000 bytes), 57920 delivered (offset 1, 0 failed) in 4000ms: "
                           "14479 msgs/s and 1.45 MB/s, 0 produce failures, 0 in queue, no compression\n",
                   2, "of 1000000 messages 57920 were delivered and 0 failed: the output ends before the run did");
    assert_refused(tool, CONSUMED "\n", 1, "ends without the average fetch latency");
    assert_refused(tool, SENDING "% nothing\n", 2, "ends without");
    assert_refused(tool, SENDING TOTAL SENDING INTERIM TOTAL, 3, "the first began in line 1");
    assert_refused(tool, TOTAL INTERIM TOTAL, 2, "goes back behind line 1");
    assert_refused(tool, TOTAL CONSUMED, 2, "goes back behind line 1");
    assert_refused(tool, INTERIM "% 1000000 messages produced (100000000 bytes), 999990 deliv", 2, "no whole line");
    assert_refused(tool, "% 10 messages (500 bytes) consumed in 5ms: 20", 1, "no whole line");
    assert_refused(
        tool,
        "% 5 messages produced (500 bytes), 0 delivered (offset 0, 5 failed) in 5ms: 0 msgs/s and 0.00 MB/s, "
        "0 produce failures, 0 in queue, no compression\n",
        1, "nothing arrived");
    assert_refused(tool,
                   "% 99999999999999999999 messages produced (500 bytes), 0 delivered (offset 0, 5 failed) in 5ms: 0 "
                   "msgs/s and 0.00 MB/s, 0 produce failures, 0 in queue, no compression\n",
                   1, "too large");
}

/* librdkafka's own program on a real broker: see tests/data/tools/README.md. */
static void test_what_the_tool_printed(void **state)
{
    (void)state;
    struct text content = TEXT_INIT;
    struct tool_output output;
    read_capture("rdkafka_performance-2.0.2.txt", &content);
    read_tool(&tool_rdkafka_performance, content.bytes, &output);
    assert_int_equal(output.row.records_sent, 200000);
    assert_int_equal(output.row.records_acked, 200000);
    assert_int_equal(output.row.record_size, 100);
    /* Its two figures of one rate. */
    assert_near(output.row.mb_per_sec, output.row.records_per_sec * 100 / TOOL_BYTES_PER_MB, 0.006);
    tool_output_release(&output);
    text_clear(&content);
    read_capture("rdkafka_performance-2.0.2-consumer.txt", &content);
    read_tool(&tool_rdkafka_performance, content.bytes, &output);
    assert_near(output.row.records_per_sec, 1554653, 0);
    assert_near(output.row.duration_s, 0.128, 0);
    tool_output_release(&output);
    text_release(&content);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_last_sums_are_the_result),
        cmocka_unit_test(test_a_consumer),
        cmocka_unit_test(test_what_is_no_result),
        cmocka_unit_test(test_what_the_tool_printed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* OpenMessaging Benchmark's JSON results: rates by windows, latencies of the whole test, and files that are no such result. */
#include "test_tool.h"

#define HEAD                                                                                                           \
    "{\"workload\": \"w\", \"driver\": \"d\", \"messageSize\": 1024, \"topics\": 1, \"partitions\": 2,\n"              \
    "\"producersPerTopic\": 3, \"consumersPerTopic\": 4, "
#define LATENCIES                                                                                                         \
    "\"aggregatedPublishLatencyAvg\": 1.5, \"aggregatedPublishLatency50pct\": 1, \"aggregatedPublishLatency95pct\": 2,\n" \
    "\"aggregatedPublishLatency99pct\": 3, \"aggregatedPublishLatency999pct\": 4, "

static void test_a_result(void **state)
{
    (void)state;
    struct text content = TEXT_INIT;
    struct tool_output output;
    read_capture("openmessaging-benchmark.json", &content);
    read_tool(&tool_openmessaging, content.bytes, &output);
    const struct store_published *row = &output.row;
    assert_string_equal(row->case_name, "1 topic / 1 partition / 1Kb");
    assert_string_equal(row->run_name, "Kafka");
    assert_string_equal(row->settings, "topics=1 partitions=1 producers-per-topic=1 consumers-per-topic=1");
    assert_int_equal(row->record_size, 1024);
    assert_near(row->records_per_sec, (50000.5 + 49999.5 + 50000.25) / 4, 1e-9); /* a window without a record counts */
    assert_near(row->mb_per_sec, row->records_per_sec * 1024 / 1048576, 1e-9);
    assert_near(row->latency_avg_ms, 3.2000625, 0);
    assert_near(row->latency_p50_ms, 2.5, 0);
    assert_near(row->latency_p95_ms, 8.125, 0);
    assert_near(row->latency_p99_ms, 12.5, 0);
    assert_near(row->latency_p999_ms, 22.75, 0);
    assert_near(row->latency_max_ms, 42.5, 0);
    assert_true(row->records_sent == STORE_ABSENT && isnan(row->duration_s) && !row->client_library);
    assert_non_null(strstr(row->note, "mean of 4 windows of about 10 s, 1 of them without a record"));
    assert_non_null(strstr(row->note, "Windows in which publishing failed: 1."));
    tool_output_release(&output);
    text_release(&content);
}

static void test_what_is_no_result(void **state)
{
    (void)state;
    const struct tool *tool = &tool_openmessaging;
    assert_refused(tool, "{}", 1, "'workload' is not a text");
    assert_refused(tool, "{\"workload\": \"w\",\n\"driver\": \"d\",\n\"publishRate\": [1, ", 3, "no JSON");
    assert_refused(tool, "{\"workload\": \"w\", \"workload\": \"w\"}", 1, "duplicate");
    assert_refused(tool, "{\"workload\": \"w\", \"driver\": \"d\"}", 1, "'messageSize' is not");
    assert_refused(tool, HEAD "\"publishRate\": 5}", 1, "'publishRate' is not a list of numbers");
    assert_refused(tool, HEAD "\"publishRate\": []}", 1, "'publishRate' is not");
    assert_refused(tool, HEAD "\"publishRate\": [1, \"NaN\"]}", 1, "'publishRate' is not");
    assert_refused(tool, HEAD "\"publishRate\": [1]}", 1, "'aggregatedPublishLatencyAvg' is not");
    assert_refused(tool, HEAD "\"publishRate\": [1]," LATENCIES "\"aggregatedPublishLatencyMax\": \"NaN\"}", 1,
                   "'aggregatedPublishLatencyMax' is not");
    assert_refused(tool, HEAD "\"publishRate\": [1]," LATENCIES "\"aggregatedPublishLatencyMax\": 0.0}", 1,
                   "the test did not come to its end");
    assert_refused(tool, HEAD "\"publishRate\": [1]," LATENCIES "\"aggregatedPublishLatencyMax\": 3.5}", 1,
                   "maximum of 3.5 ms below the 99.9th percentile of 4 ms");
    assert_refused(tool, HEAD "\"publishRate\": [0, 0]," LATENCIES "\"aggregatedPublishLatencyMax\": 5}", 1,
                   "nothing arrived");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_result),
        cmocka_unit_test(test_what_is_no_result),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

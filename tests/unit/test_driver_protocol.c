/* SPDX-License-Identifier: Apache-2.0 */
/* The lines of the protocol: the jobs that are handed over, and what each role's `done` must tell. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "driver/driver_protocol.h"

#include "base/banned.h"

static struct experiment_case one_case = {.producers = 2, .rate_per_sec = 100, .records = 7, .record_size_bytes = 100};
static const struct driver_job job = {.c = &one_case,
                                      .role = "producer",
                                      .topic = "t",
                                      .bootstrap_servers = "localhost:1",
                                      .payload_file = "/dev/null",
                                      .payload_records = 1,
                                      .seed = 1};

#define JOB                                                                                                            \
    "{\"bootstrap_servers\":\"localhost:1\",\"fifo\":null,\"key\":\"none\",\"limits\":{\"records\":4},"                \
    "\"payload\":{\"file\":\"/dev/null\",\"record_size\":100,\"records\":1},\"protocol\":1,"                           \
    "\"rate\":50.0,\"role\":\"producer\","

static void assert_line(const struct driver_job *of, const char *expected)
{
    json_t *settings = json_pack("{s:i}", "acks", 1);
    char *line = protocol_job_line(of, settings);
    assert_string_equal(line, expected);
    free(line);
    json_decref(settings);
}

/* Two processes share the rate and the records. */
static void test_job(void **state)
{
    (void)state;
    assert_line(&job, JOB "\"seed\":1,\"settings\":{\"acks\":1},\"topic\":\"t\"}\n");
}

static void test_job_without_limit(void **state)
{
    (void)state;
    struct driver_job unlimited = job;
    unlimited.unlimited = true;
    json_t *settings = json_object();
    char *line = protocol_job_line(&unlimited, settings);
    assert_non_null(strstr(line, "\"limits\":{\"records\":0}"));
    free(line);
    json_decref(settings);
}

static void test_job_with_options(void **state)
{
    (void)state;
    struct driver_job options = job;
    options.is_numbered = true;
    options.sequence_base = (int64_t)3 << 48;
    options.schedule_file = "/s";
    options.schedule_records = 10;
    options.schedule_span_ns = 2000000000;
    assert_line(&options, JOB "\"schedule\":{\"file\":\"/s\",\"records\":10,\"span_ns\":2000000000},\"seed\":1,"
                              "\"sequence_base\":844424930131968,\"settings\":{\"acks\":1},\"topic\":\"t\"}\n");
}

static void test_reader_job(void **state)
{
    (void)state;
    const struct driver_range ranges[] = {{0, 0, 5}, {7, 3, INT64_C(1) << 40}};
    const struct driver_reader_job reader = {.topic = "t",
                                             .bootstrap_servers = "localhost:1",
                                             .ranges = ranges,
                                             .range_count = 2,
                                             .fifo = "/f"};
    json_t *settings = json_object();
    char *line = protocol_reader_line(&reader, settings);
    assert_string_equal(line, "{\"bootstrap_servers\":\"localhost:1\",\"fifo\":\"/f\",\"partitions\":["
                              "{\"begin\":0,\"end\":5,\"partition\":0},"
                              "{\"begin\":3,\"end\":1099511627776,\"partition\":7}],"
                              "\"protocol\":1,\"role\":\"reader\",\"settings\":{},\"topic\":\"t\"}\n");
    free(line);
    json_decref(settings);
}

static bool read_done(const char *line, enum protocol_role role, struct driver_outcome *outcome, struct error *error)
{
    enum protocol_event event;
    json_t *done = protocol_parse(line, strlen(line), &event, error);
    assert_non_null(done);
    assert_int_equal(event, PROTOCOL_DONE);
    *outcome = (struct driver_outcome){.due = -2, .read = -1};
    bool ok = protocol_read_done(done, role, outcome, error);
    json_decref(done);
    return ok;
}

static void test_due_is_optional(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct driver_outcome outcome;
    assert_true(read_done("{\"event\":\"done\",\"sent\":3,\"acked\":2,\"failed\":0}", ROLE_PRODUCER, &outcome, &error));
    assert_int_equal(outcome.due, -1);
    assert_int_equal(outcome.outstanding, 1);
    assert_true(read_done("{\"event\":\"done\",\"sent\":3,\"acked\":3,\"failed\":0,\"due\":5}", ROLE_PRODUCER, &outcome,
                          &error));
    assert_int_equal(outcome.due, 5);
    assert_int_equal(outcome.read, -1);
    assert_false(read_done("{\"event\":\"done\",\"sent\":3,\"acked\":3,\"failed\":0,\"due\":2}", ROLE_PRODUCER,
                           &outcome, &error));
    assert_non_null(strstr(error.message, "3 sent, but only 2 due"));
    assert_false(read_done("{\"event\":\"done\",\"sent\":3,\"acked\":3,\"failed\":0,\"due\":\"all\"}", ROLE_PRODUCER,
                           &outcome, &error));
}

static void test_reader_tells_what_it_read(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct driver_outcome outcome;
    assert_true(read_done("{\"event\":\"done\",\"read\":12}", ROLE_READER, &outcome, &error));
    assert_int_equal(outcome.read, 12);
    assert_false(read_done("{\"event\":\"done\",\"sent\":1,\"acked\":1,\"failed\":0}", ROLE_READER, &outcome, &error));
    assert_non_null(strstr(error.message, "a count 'read' that is missing"));
    assert_false(read_done("{\"event\":\"done\",\"read\":12}", ROLE_PRODUCER, &outcome, &error));
}

static void test_tool_tells_its_figures(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct driver_outcome outcome;
    const char *line = "{\"event\":\"done\",\"sent\":1,\"acked\":1,\"failed\":0}";
    assert_false(read_done(line, ROLE_TOOL, &outcome, &error));
    assert_non_null(strstr(error.message, "without its figures"));
    assert_true(read_done(line, ROLE_PROBE, &outcome, &error));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_job),
        cmocka_unit_test(test_job_without_limit),
        cmocka_unit_test(test_job_with_options),
        cmocka_unit_test(test_reader_job),
        cmocka_unit_test(test_due_is_optional),
        cmocka_unit_test(test_reader_tells_what_it_read),
        cmocka_unit_test(test_tool_tells_its_figures),
    };
    return cmocka_run_group_tests_name("driver_protocol", tests, NULL, NULL);
}

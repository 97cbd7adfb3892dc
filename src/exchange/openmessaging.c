/* SPDX-License-Identifier: Apache-2.0 */
/*
 * OpenMessaging Benchmark (github.com/openmessaging/benchmark): the JSON that its class TestResult becomes. Rates are of windows of about
 * ten seconds (WorkloadGenerator.printAndCollectStats), there is no total; the latencies of publishing are of the whole test, in
 * milliseconds. A test that did not come to its end leaves them 0, which is no latency. What consumers did is not taken: a row is
 * a producer's.
 */
#include <math.h>

#include "base/json.h"
#include "exchange/tool.h"

#include "base/banned.h"

static bool recognise(const struct tool_text *text)
{
    return text->bytes[strspn(text->bytes, " \t\r\n")] == '{';
}

static bool wrong(const struct tool_text *text, const struct tool_output *output, const char *key, const char *expected,
                  struct error *error)
{
    return error_set_at(error, text->file, output->line, 1,
                        "'%s' is not %s, as an OpenMessaging Benchmark result has it", key, expected);
}

/* The mean of the windows; *positive counts those above 0. */
static bool take_mean(const struct tool_text *text, const json_t *root, const char *key, double *mean, size_t *positive,
                      struct tool_output *output, struct error *error)
{
    const json_t *windows = json_object_get(root, key);
    double sum = 0;
    *positive = 0;
    if (json_array_size(windows) == 0)
        return wrong(text, output, key, "a list of numbers", error);
    for (size_t i = 0; i < json_array_size(windows); i++) {
        const json_t *window = json_array_get(windows, i);
        double value = json_number_value(window);
        if (!json_is_number(window) || !(value >= 0))
            return wrong(text, output, key, "a list of numbers", error);
        sum += value;
        *positive += value > 0;
    }
    *mean = sum / (double)json_array_size(windows);
    return true;
}

static bool take_rate(const struct tool_text *text, const json_t *root, struct tool_output *output, struct error *error)
{
    struct store_published *row = &output->row;
    size_t windows = json_array_size(json_object_get(root, "publishRate")), positive;
    double errors;
    if (!take_mean(text, root, "publishRate", &row->records_per_sec, &positive, output, error))
        return false;
    tool_output_note(output,
                     "Records/s are the mean of %zu windows of about 10 s, %zu of them without a record: the tool "
                     "writes no total.",
                     windows, windows - positive);
    if (json_object_get(root, "publishErrorRate")) {
        if (!take_mean(text, root, "publishErrorRate", &errors, &positive, output, error))
            return false;
        if (positive)
            tool_output_note(output, "Windows in which publishing failed: %zu.", positive);
    }
    row->mb_per_sec = row->records_per_sec * (double)row->record_size / TOOL_BYTES_PER_MB;
    return true;
}

static bool take_latencies(const struct tool_text *text, const json_t *root, struct tool_output *output,
                           struct error *error)
{
    struct store_published *row = &output->row;
    const struct {
        const char *key;
        double *value;
    } latencies[] = {{"aggregatedPublishLatencyAvg", &row->latency_avg_ms},
                     {"aggregatedPublishLatency50pct", &row->latency_p50_ms},
                     {"aggregatedPublishLatency95pct", &row->latency_p95_ms},
                     {"aggregatedPublishLatency99pct", &row->latency_p99_ms},
                     {"aggregatedPublishLatency999pct", &row->latency_p999_ms},
                     {"aggregatedPublishLatencyMax", &row->latency_max_ms}};
    for (size_t i = 0; i < sizeof latencies / sizeof *latencies; i++) {
        const json_t *latency = json_object_get(root, latencies[i].key);
        *latencies[i].value = json_number_value(latency);
        if (!json_is_number(latency) || !(*latencies[i].value >= 0))
            return wrong(text, output, latencies[i].key, "a number of milliseconds", error);
    }
    return row->latency_max_ms > 0 ||
           error_set_at(error, text->file, output->line, 1,
                        "'aggregatedPublishLatencyMax' is 0: the test did not come to its end, there is no latency");
}

static bool take_setting(const struct tool_text *text, const json_t *root, const char *key, const char *name,
                         struct tool_output *output, struct error *error)
{
    const json_t *value = json_object_get(root, key);
    if (!json_is_integer(value))
        return wrong(text, output, key, "a whole number", error);
    text_append_format(&output->settings, "%s%s=%lld", output->settings.length ? " " : "", name,
                       (long long)json_integer_value(value));
    return true;
}

static bool take_names(const struct tool_text *text, const json_t *root, struct tool_output *output,
                       struct error *error)
{
    const char *workload = json_get_string(root, "workload", NULL), *driver = json_get_string(root, "driver", NULL);
    output->row.record_size = json_get_integer(root, "messageSize", STORE_ABSENT);
    if (!workload || !driver)
        return wrong(text, output, workload ? "driver" : "workload", "a text", error);
    if (output->row.record_size < 0)
        return wrong(text, output, "messageSize", "a number of bytes", error);
    text_append(&output->case_name, workload);
    text_append(&output->run_name, driver);
    return take_setting(text, root, "topics", "topics", output, error) &&
           take_setting(text, root, "partitions", "partitions", output, error) &&
           take_setting(text, root, "producersPerTopic", "producers-per-topic", output, error) &&
           take_setting(text, root, "consumersPerTopic", "consumers-per-topic", output, error);
}

static bool read_text(const struct tool_text *text, struct tool_output *output, struct error *error)
{
    json_error_t where;
    output->line = 1;
    json_t *root = json_loads(text->bytes, JSON_REJECT_DUPLICATES, &where);
    if (!root)
        return error_set_at(error, text->file, where.line, where.column, "no JSON: %s", where.text);
    bool ok = take_names(text, root, output, error) && take_rate(text, root, output, error) &&
              take_latencies(text, root, output, error);
    json_decref(root);
    return ok && tool_output_finish(text, output, error);
}

const struct tool tool_openmessaging = {.name = "omb",
                                        .title = "OpenMessaging Benchmark",
                                        .recognise = recognise,
                                        .read = read_text};

/* SPDX-License-Identifier: Apache-2.0 */
/* Point: what kbench stores as a histogram says the same to Java's HdrHistogram library. */
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <inttypes.h>
#include <unistd.h>

#include "base/file.h"
#include "base/process.h"
#include "driver/placeholder.h"
#include "measure/histogram.h"
#include "verify/trials.h"

#include "base/banned.h"

#define JAVA_MS 60000
#define OUTPUT_BYTES (16 << 20)

/* Of known samples, and of real clients. */
static const char *const definitions[] = {"known-samples", "mock-rtt-1", "mock-rtt-20", "mock-rtt-100"};

struct payloads {
    struct string_list names, payloads, expected; /* of each: "definition/run", as stored, what Java has to print */
};

static void release(struct payloads *payloads)
{
    string_list_release(&payloads->names);
    string_list_release(&payloads->payloads);
    string_list_release(&payloads->expected);
}

static uint64_t bits(double number)
{
    uint64_t bits_of_number;
    memcpy(&bits_of_number, &number, sizeof bits_of_number);
    return bits_of_number;
}

/* In the words of HistogramFigures.java. */
static char *figures(const struct histogram *histogram)
{
    static const double percentiles[] = {0, 1, 25, 50, 75, 90, 95, 99, 99.9, 99.99, 99.999, 100};
    struct text text = TEXT_INIT;
    text_append_format(&text, "\ncount %" PRId64 "\nmin %" PRId64 "\nmax %" PRId64 "\nmean %" PRIx64 "\n",
                       histogram_count(histogram), histogram_min(histogram), histogram_max(histogram),
                       bits(histogram_mean(histogram)));
    for (size_t i = 0; i < sizeof percentiles / sizeof *percentiles; i++)
        text_append_format(&text, "percentile %" PRIx64 " %" PRId64 "\n", bits(percentiles[i]),
                           histogram_percentile(histogram, percentiles[i]));
    return text_detach(&text);
}

/* ---- kbench's side ---- */

static bool take_trial(struct payloads *payloads, const struct trials *trials, const struct store_result_row *row,
                       struct error *error)
{
    struct error of_payload = ERROR_INIT;
    char *payload = store_read_latency(trials->store, row->trial_id, &of_payload);
    if (!payload) { /* a trial that failed has none */
        if (of_payload.category != ERROR_NONE)
            *error = of_payload;
        return of_payload.category == ERROR_NONE;
    }
    struct histogram *histogram = histogram_decode(payload, error);
    if (histogram) {
        char *expected = figures(histogram);
        string_list_push_format(&payloads->names, "%s/%s", trials->experiment->version, row->run_name);
        string_list_push(&payloads->payloads, payload);
        string_list_push(&payloads->expected, expected);
        free(expected);
    }
    free(payload);
    histogram_free(histogram);
    return histogram != NULL;
}

static bool take_definition(struct verification *verification, const char *definition, struct payloads *payloads,
                            struct error *error)
{
    struct trials trials;
    bool ok = trials_run(verification, definition, &trials, error);
    for (size_t i = 0; ok && i < trials.rows.count; i++)
        ok = take_trial(payloads, &trials, &trials.rows.items[i], error);
    trials_release(&trials);
    return ok;
}

/* ---- Java's side ---- */

static char *find_jar(struct error *error)
{
    char *pattern = string_format("%s/lib/hdrhistogram/HdrHistogram-*.jar", file_build()), *jar = NULL;
    glob_t found;
    if (glob(pattern, 0, NULL, &found) == 0)
        jar = string_copy(found.gl_pathv[0]);
    else
        error_set(error, ERROR_UNAVAILABLE, "there is no '%s'; 'make verify' gets it", pattern);
    globfree(&found);
    free(pattern);
    return jar;
}

static bool write_requests(const struct payloads *payloads, const char *path, struct error *error)
{
    struct text lines = TEXT_INIT;
    for (size_t i = 0; i < payloads->payloads.count; i++)
        text_append_format(&lines, "read %s\n", payloads->payloads.items[i]);
    bool ok = file_write(path, lines.bytes, lines.length, error);
    text_release(&lines);
    return ok;
}

static bool ask_java(const char *requests, struct text *output, struct error *error)
{
    char *jar = find_jar(error), *java = program_java();
    char *source = string_format("%s/src/verify/HistogramFigures.java", file_home());
    int input = open(requests, O_RDONLY | O_CLOEXEC);
    struct text error_output = TEXT_INIT;
    bool ok = jar && (input >= 0 || error_set_errno(error, errno, "cannot read '%s'", requests));
    if (ok) {
        const char *const arguments[] = {java, "-XX:TieredStopAtLevel=1", "-cp", jar, source, NULL};
        const struct process_spec spec = {.arguments = arguments, .input = PROCESS_FD, .input_fd = input};
        struct process_result result;
        ok = process_run(&spec, JAVA_MS, OUTPUT_BYTES, output, &error_output, &result, error) &&
             (result.status == 0 || error_set(error, ERROR_UNAVAILABLE, "Java's side ended with status %d: %s",
                                              result.status, error_output.bytes));
    }
    if (input >= 0)
        close(input);
    text_release(&error_output);
    free(source);
    free(java);
    free(jar);
    return ok;
}

/* ---- the point ---- */

/* Its answers are in the order of the requests, with an empty line between them. */
static void judge(struct verification *verification, const struct payloads *payloads, char *output)
{
    size_t equal = 0, count = payloads->names.count;
    struct text different = TEXT_INIT;
    for (size_t i = 0; i < count; i++) {
        char *end = strstr(output, "\n\n");
        if (end)
            end[1] = '\0';
        if (strstr(output, payloads->expected.items[i]))
            equal++;
        else
            text_append_format(&different, "%s%s", different.length ? ", " : "", payloads->names.items[i]);
        output = end ? end + 2 : output + strlen(output);
    }
    verification_tell(verification, NULL, point_verdict(equal == count && count > 0),
                      string_format("%zu payloads: Java reads the same figures", count),
                      string_format("%zu of %zu the same", equal, count),
                      string_format("count, minimum, maximum, mean and 12 percentiles, to the bit%s%s",
                                    different.length ? "; different: " : "", different.bytes));
    text_release(&different);
}

static bool check(struct verification *verification, struct error *error)
{
    struct payloads payloads = {0};
    struct text output = TEXT_INIT;
    char *requests = string_format("%s/payloads", verification->work_folder);
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof definitions / sizeof *definitions; i++)
        ok = take_definition(verification, definitions[i], &payloads, error);
    ok = ok && write_requests(&payloads, requests, error) && ask_java(requests, &output, error);
    if (ok)
        judge(verification, &payloads, output.bytes);
    free(requests);
    text_release(&output);
    release(&payloads);
    return ok;
}

const struct verification_point point_hdrhistogram = {
    .name = "hdrhistogram",
    .truth = "Java's library reads the same figures",
    .check = check,
};

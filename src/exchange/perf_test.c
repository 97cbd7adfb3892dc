/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kafka-producer-perf-test: the line with which Kafka's class ProducerPerformance closes (Stats.printTotal), the same from 0.8.2 on:
 *
 *   50000000 records sent, 747417.671943 records/sec (71.28 MB/sec), 429.34 ms avg latency, 2828.00 ms max latency,
 *   265 ms 50th, 1251 ms 95th, 1817 ms 99th, 2497 ms 99.9th.
 *
 * A comma may be the decimal point: it prints in the machine's locale. With --warmup-records (since 4.2) a second such line,
 * "N steady state records sent, …", follows it. The lines before, without percentiles, are of five seconds each and no results.
 * MB are of 1,048,576 bytes. Percentiles are of every n-th record, 500,000 at most, in whole milliseconds.
 */
#include <math.h>

#include "exchange/lines.h"
#include "exchange/tool.h"

#include "base/banned.h"

#define REAL "([0-9]+[.,][0-9]+)"
#define WHOLE "([0-9]+)"
#define RATES                                                                                                          \
    WHOLE "( steady state)? records sent, " REAL " records/sec \\(" REAL " MB/sec\\), " REAL " ms avg latency, "
#define TOTAL                                                                                                          \
    "^" RATES REAL " ms max latency, " WHOLE " ms 50th, " WHOLE " ms 95th, " WHOLE " ms 99th, " WHOLE " ms 99\\.9th\\.$"
#define WINDOW "^" RATES REAL " (ms )?max latency\\.$"

enum { GROUP_RECORDS = 1, GROUP_STEADY, GROUP_REALS, GROUP_PERCENTILES = GROUP_REALS + 4 };

struct totals {
    struct pattern total, window;
    int whole_line, steady_line; /* 0: none yet */
    double whole_per_sec;
};

static bool recognise(const struct tool_text *text)
{
    return strstr(text->bytes, " records sent, ") && strstr(text->bytes, " records/sec (");
}

static bool take_figures(const struct tool_text *text, const struct pattern *total, struct tool_output *output,
                         struct error *error)
{
    struct store_published *row = &output->row;
    double *const reals[] = {&row->records_per_sec, &row->mb_per_sec, &row->latency_avg_ms, &row->latency_max_ms};
    double *const percentiles[] = {&row->latency_p50_ms, &row->latency_p95_ms, &row->latency_p99_ms,
                                   &row->latency_p999_ms};
    bool ok = pattern_integer(total, GROUP_RECORDS, &row->records_sent);
    for (int i = 0; i < 4; i++) {
        int64_t milliseconds;
        ok = pattern_real(total, GROUP_REALS + i, reals[i]) && ok;
        ok = pattern_integer(total, GROUP_PERCENTILES + i, &milliseconds) && ok;
        *percentiles[i] = (double)milliseconds;
    }
    return ok || error_set_at(error, text->file, output->line, 1, "a number that is too large");
}

/* The rate was computed of whole milliseconds, and printed with six decimals: they come back. */
static void take_duration(struct store_published *row)
{
    double milliseconds = 1000 * (double)row->records_sent / row->records_per_sec;
    if (fabs(milliseconds - round(milliseconds)) < 0.01)
        row->duration_s = round(milliseconds) / 1000;
}

static bool take_total(const struct tool_text *text, struct totals *totals, int number, struct tool_output *output,
                       struct error *error)
{
    bool steady = pattern_has(&totals->total, GROUP_STEADY);
    int *line = steady ? &totals->steady_line : &totals->whole_line;
    if (*line || (!steady && totals->steady_line))
        return error_set_at(error, text->file, number, 1,
                            "a second summary; the first is in line %d: give each run a file of its own",
                            *line ? *line : totals->steady_line);
    *line = output->line = number;
    if (!take_figures(text, &totals->total, output, error))
        return false;
    if (!steady)
        totals->whole_per_sec = output->row.records_per_sec;
    return true;
}

static bool take_line(const struct tool_text *text, struct totals *totals, const struct lines *lines,
                      struct tool_output *output, struct error *error)
{
    const char *line = lines->line.bytes;
    if (!strstr(line, " records sent, "))
        return true;
    if (pattern_match(&totals->total, line))
        return take_total(text, totals, lines->number, output, error);
    if (!pattern_match(&totals->window, line))
        return error_set_at(error, text->file, lines->number, 1,
                            "speaks of records sent, but is no whole line of kafka-producer-perf-test");
    return output->line == 0 ||
           error_set_at(error, text->file, lines->number, 1,
                        "goes on behind the summary in line %d: give each run a file of its own", output->line);
}

static void describe(const struct totals *totals, struct tool_output *output)
{
    output->row.client_library = "kafka-clients";
    take_duration(&output->row);
    if (totals->steady_line && totals->whole_line)
        tool_output_note(output,
                         "Steady state, behind the test's own warm-up; over all its records it was %.6f records/s.",
                         totals->whole_per_sec);
    else if (totals->steady_line)
        tool_output_note(output, "Steady state, behind the test's own warm-up.");
    tool_output_note(output, "Percentiles of at most 500,000 records, in whole milliseconds.");
}

static bool read_text(const struct tool_text *text, struct tool_output *output, struct error *error)
{
    struct totals totals = {0};
    struct lines lines = LINES_INIT(text->bytes);
    bool ok = true;
    pattern_compile(&totals.total, TOTAL);
    pattern_compile(&totals.window, WINDOW);
    while (ok && lines_next(&lines))
        ok = take_line(text, &totals, &lines, output, error);
    if (ok && output->line == 0)
        ok = error_set_at(error, text->file, lines.number, 1,
                          "ends without the summary of the run, a line with the 50th to the 99.9th percentile; lines "
                          "without are of a few seconds each");
    if (ok)
        describe(&totals, output);
    pattern_release(&totals.total);
    pattern_release(&totals.window);
    lines_release(&lines);
    return ok && tool_output_finish(text, output, error);
}

const struct tool tool_perf_test = {.name = "perf-test",
                                    .title = "kafka-producer-perf-test",
                                    .recognise = recognise,
                                    .read = read_text};

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rdkafka_performance, of librdkafka's examples: its lines (print_stats) are all sums since the start, the last one is the result:
 *
 *   % 1000000 messages produced (100000000 bytes), 1000000 delivered (offset 0, 0 failed) in 1234ms: 810372 msgs/s and 81.04 MB/s,
 *   0 produce failures, 0 in queue, no compression
 *   % 1000000 messages (100000000 bytes) consumed in 1234ms: 810372 msgs/s (81.04 MB/s)
 *
 * Rates are of the messages delivered, whole messages a second, rounded down. MB are of 1,000,000 bytes. "produce failures" are
 * calls that found the queue full and were repeated, no lost messages.
 */
#include "exchange/lines.h"
#include "exchange/tool.h"

#include "base/banned.h"

#define PRINTED_BYTES_PER_MB 1e6
#define WHOLE "([0-9]+)"
#define REAL "([0-9]+[.,][0-9]+)"
#define PRODUCED                                                                                                       \
    "^% " WHOLE " messages produced \\(" WHOLE " bytes\\), " WHOLE " delivered \\(offset -?[0-9]+, " WHOLE             \
    " failed\\) in " WHOLE "ms: " WHOLE " msgs/s and " REAL " MB/s, [0-9]+ produce failures, -?[0-9]+ in queue, "      \
    "([^ ]+) compression$"
#define CONSUMED                                                                                                       \
    "^% " WHOLE " messages \\(" WHOLE " bytes\\) consumed in " WHOLE "ms: " WHOLE " msgs/s \\(" REAL " MB/s\\)"
#define SENDING "^% Sending " WHOLE " messages of size [0-9]+ bytes$"

/* Groups of the two patterns; 0: it has no such. */
struct groups {
    int messages, bytes, delivered, failed, milliseconds, per_sec, mb_per_sec, compression;
};
static const struct groups produced_groups = {1, 2, 3, 4, 5, 6, 7, 8}, consumed_groups = {1, 2, 1, 0, 3, 4, 5, 0};

struct sums {
    struct pattern produced, consumed, sending;
    /* Of the last line; `failed` absent for a consumer. */
    int64_t messages, bytes, arrived, failed, milliseconds, per_sec;
    double mb_per_sec;
    bool consumer;
    int start_line;      /* "% Sending … messages", 0: not seen */
    int64_t to_send;     /* that it names; STORE_ABSENT: as many as there is time for */
    bool consumer_ended; /* the line that only the end of a consumer prints */
};

static bool recognise(const struct tool_text *text)
{
    return strstr(text->bytes, " messages produced (") || strstr(text->bytes, " bytes) consumed in ");
}

static bool take_sums(const struct pattern *pattern, const struct groups *groups, struct sums *sums)
{
    sums->failed = STORE_ABSENT;
    return pattern_integer(pattern, groups->messages, &sums->messages) &&
           pattern_integer(pattern, groups->bytes, &sums->bytes) &&
           pattern_integer(pattern, groups->delivered, &sums->arrived) &&
           (!groups->failed || pattern_integer(pattern, groups->failed, &sums->failed)) &&
           pattern_integer(pattern, groups->milliseconds, &sums->milliseconds) &&
           pattern_integer(pattern, groups->per_sec, &sums->per_sec) &&
           pattern_real(pattern, groups->mb_per_sec, &sums->mb_per_sec);
}

/* A count that went back is another run's. */
static bool take_result(const struct tool_text *text, struct sums *sums, const struct pattern *pattern,
                        const struct groups *groups, int number, struct tool_output *output, struct error *error)
{
    int64_t before = sums->arrived;
    bool consumer = groups == &consumed_groups;
    if (!take_sums(pattern, groups, sums))
        return error_set_at(error, text->file, number, 1, "a number that is too large");
    if (output->line && (sums->arrived < before || consumer != sums->consumer))
        return error_set_at(error, text->file, number, 1, "goes back behind line %d: give each run a file of its own",
                            output->line);
    sums->consumer = consumer;
    output->line = number;
    text_clear(&output->settings);
    if (groups->compression) {
        text_append(&output->settings, "compression.type=");
        pattern_append(pattern, groups->compression, &output->settings);
    }
    return true;
}

static bool take_start(const struct tool_text *text, struct sums *sums, const struct lines *lines, struct error *error)
{
    if (sums->start_line)
        return error_set_at(error, text->file, lines->number, 1,
                            "a second run begins, the first began in line %d: give each a file of its own",
                            sums->start_line);
    sums->start_line = lines->number;
    if (!pattern_match(&sums->sending, lines->line.bytes))
        return true;
    return pattern_integer(&sums->sending, 1, &sums->to_send) ||
           error_set_at(error, text->file, lines->number, 1, "a number that is too large");
}

static bool take_line(const struct tool_text *text, struct sums *sums, const struct lines *lines,
                      struct tool_output *output, struct error *error)
{
    const char *line = lines->line.bytes;
    if (string_starts_with(line, "% Sending "))
        return take_start(text, sums, lines, error);
    if (string_starts_with(line, "% Average application fetch latency: "))
        sums->consumer_ended = true;
    if (pattern_match(&sums->produced, line))
        return take_result(text, sums, &sums->produced, &produced_groups, lines->number, output, error);
    if (pattern_match(&sums->consumed, line))
        return take_result(text, sums, &sums->consumed, &consumed_groups, lines->number, output, error);
    if (string_starts_with(line, "% INTERVAL: ") ||
        (!strstr(line, " messages produced (") && !strstr(line, " bytes) consumed in ")))
        return true;
    return error_set_at(error, text->file, lines->number, 1,
                        "speaks of messages, but is no whole line of rdkafka_performance");
}

static bool check_end(const struct tool_text *text, const struct sums *sums, int last_line,
                      const struct tool_output *output, struct error *error)
{
    if (output->line == 0)
        return error_set_at(error, text->file, last_line, 1, "ends without a line of rdkafka_performance's sums");
    if (sums->consumer && !sums->consumer_ended)
        return error_set_at(error, text->file, last_line, 1,
                            "ends without the average fetch latency, with which a consumer ends: the run went on");
    if (!sums->consumer && (sums->arrived + sums->failed != sums->messages ||
                            (sums->to_send != STORE_ABSENT && sums->to_send != sums->messages)))
        return error_set_at(error, text->file, output->line, 1,
                            "of %lld messages %lld were delivered and %lld failed: the output ends before the run did",
                            (long long)(sums->to_send != STORE_ABSENT ? sums->to_send : sums->messages),
                            (long long)sums->arrived, (long long)sums->failed);
    return true;
}

static void take_figures(const struct sums *sums, struct tool_output *output)
{
    struct store_published *row = &output->row;
    row->client_library = "librdkafka";
    row->duration_s = (double)sums->milliseconds / 1000;
    row->records_per_sec = (double)sums->per_sec;
    row->mb_per_sec = sums->mb_per_sec * PRINTED_BYTES_PER_MB / TOOL_BYTES_PER_MB;
    if (!sums->consumer) {
        row->records_sent = sums->messages;
        row->records_acked = sums->arrived;
        row->records_failed = sums->failed;
    }
    /* All of a producer's messages are of one size; a consumer's need not be. */
    if (!sums->consumer && sums->messages > 0 && sums->bytes % sums->messages == 0)
        row->record_size = sums->bytes / sums->messages;
    /* "no" stands for the option -z that was not given; a property may still have said otherwise. */
    if (string_equal(output->settings.bytes, "compression.type=no"))
        text_clear(&output->settings);
    if (sums->consumer)
        tool_output_note(output, "A consumer's figures: %lld messages came.", (long long)sums->arrived);
    tool_output_note(output, "Printed as %.2f MB/s of 1,000,000 bytes; the rate is rounded down to whole records.",
                     sums->mb_per_sec);
}

static bool read_text(const struct tool_text *text, struct tool_output *output, struct error *error)
{
    struct sums sums = {.to_send = STORE_ABSENT};
    struct lines lines = LINES_INIT(text->bytes);
    bool ok = true;
    pattern_compile(&sums.produced, PRODUCED);
    pattern_compile(&sums.consumed, CONSUMED);
    pattern_compile(&sums.sending, SENDING);
    while (ok && lines_next(&lines))
        ok = take_line(text, &sums, &lines, output, error);
    ok = ok && check_end(text, &sums, lines.number, output, error);
    if (ok)
        take_figures(&sums, output);
    pattern_release(&sums.produced);
    pattern_release(&sums.consumed);
    pattern_release(&sums.sending);
    lines_release(&lines);
    return ok && tool_output_finish(text, output, error);
}

const struct tool tool_rdkafka_performance = {.name = "rdkafka-performance",
                                              .title = "rdkafka_performance",
                                              .recognise = recognise,
                                              .read = read_text};

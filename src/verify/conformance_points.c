/* SPDX-License-Identifier: Apache-2.0 */
#include "verify/conformance_points.h"

#include <inttypes.h>

#include "base/clock.h"

#include "base/banned.h"

#define RECORDS 20000
#define RATE 1000
#define PAUSE_MS 1000
#define SCHEDULE_RECORDS 8
#define SCHEDULE_SPAN_NS (200 * NS_PER_MS)
/* A driver hands over what it has at least every 100 ms; the rest is the machine's. */
#define LATENESS_NS (1 * NS_PER_S)
/* Intended times are computed from the start; the last digit may be rounded, and a language may count in microseconds. */
#define SPACING_TOLERANCE_NS 1000

static const int64_t schedule[SCHEDULE_RECORDS] = {
    0, 1000001, 1000001, 30000000, 30500000, 99999999, 150000000, 199999999,
};

const struct play_plan conformance_plays[PLAY_COUNT] = {
    [PLAY_COUNTED] = {.definition =
                          "measure: {warmup: 0s, records: 20000}, "
                          "producer: {acks: 1, linger.ms: 5, batch.size: 16384, client.id: kbench-conformance}",
                      .is_numbered = true},
    /* The broker holds its answers back from 0.3 to 1.3 s, and the stop comes at 0.8 s. */
    [PLAY_FULL] = {.definition = "measure: {warmup: 0s, duration: 2s}, "
                                 "producer: {acks: 1, linger.ms: 0, batch.size: 16384, buffer.memory: 1048576}, "
                                 "faults: [{at: 300ms, do: pause, for: 1s}]",
                   .stop_ms = 800},
    [PLAY_STALLED] = {.definition = "measure: {warmup: 0s, duration: 3s}, load: {rate: 1000}, "
                                    "producer: {acks: 1, linger.ms: 0}, faults: [{at: 1s, do: pause, for: 1s}]",
                      .stop_ms = 3000},
    [PLAY_SCHEDULED] = {.definition = "measure: {warmup: 0s, duration: 2s}, load: {rate: 40, arrivals: poisson}, "
                                      "producer: {acks: 1, linger.ms: 0}",
                        .stop_ms = 1500,
                        .schedule = schedule,
                        .schedule_records = SCHEDULE_RECORDS,
                        .schedule_span_ns = SCHEDULE_SPAN_NS},
    [PLAY_FAILING] = {.definition =
                          "measure: {warmup: 0s, duration: 3s}, load: {rate: 200}, "
                          "producer: {acks: 1, linger.ms: 0, delivery.timeout.ms: 1500, request.timeout.ms: 1000, "
                          "enable.idempotence: false}, faults: [{at: 500ms, do: kill, for: 2400ms}]",
                      .stop_ms = 2900},
};

/* ---- what several points ask ---- */

static bool adds_up(const struct play *play, struct text *wrong)
{
    if (play->sent != play->acked + play->failed)
        text_append_format(wrong, "sent %" PRId64 ", but acknowledged %" PRId64 " and failed %" PRId64, play->sent,
                           play->acked, play->failed);
    else if ((int64_t)play->sample_count != play->sent)
        text_append_format(wrong, "sent %" PRId64 " records and wrote %zu samples", play->sent, play->sample_count);
    return wrong->length == 0;
}

static size_t count_slower(const struct play *play, int64_t latency_ns)
{
    size_t count = 0;
    for (size_t i = 0; i < play->sample_count; i++)
        count += play->samples[i].end_ns - play->samples[i].start_ns > latency_ns;
    return count;
}

static int64_t slowest_ns(const struct play *play)
{
    int64_t slowest = 0;
    for (size_t i = 0; i < play->sample_count; i++)
        if (play->samples[i].end_ns - play->samples[i].start_ns > slowest)
            slowest = play->samples[i].end_ns - play->samples[i].start_ns;
    return slowest;
}

/* ---- the points ---- */

/* What the harness itself refuses (other words, no version, another clock, a bad exit) has kept the play from its end. */
static bool judge_handshake(const struct play *play, const struct driver *driver, struct text *wrong, struct text *seen)
{
    (void)driver;
    if (!play->has_ended)
        text_append(wrong, play->error.message);
    text_append(seen, "ready, done, exit status 0");
    return true;
}

static bool judge_settings(const struct play *play, const struct driver *driver, struct text *wrong, struct text *seen)
{
    (void)driver;
    if (play->different.length)
        text_append_format(wrong, "in force otherwise than asked for: %s", play->different.bytes);
    text_append(seen, play->untold.length ? "the client does not tell: " : "as asked for");
    text_append(seen, play->untold.bytes);
    if (play->unapplied.length)
        text_append_format(seen, "; unsupported: %s", play->unapplied.bytes);
    return true;
}

static bool judge_clock(const struct play *play, const struct driver *driver, struct text *wrong, struct text *seen)
{
    (void)driver;
    for (size_t i = 0; i < play->sample_count && wrong->length == 0; i++) {
        const struct play_sample *sample = &play->samples[i];
        if (sample->start_ns < play->begun_ns)
            text_append_format(wrong, "a sample starts %" PRId64 " ns before the start command",
                               play->begun_ns - sample->start_ns);
        else if (sample->end_ns < sample->start_ns)
            text_append_format(wrong, "a sample ends %" PRId64 " ns before it starts",
                               sample->start_ns - sample->end_ns);
        else if (sample->end_ns > play->ended_ns)
            text_append_format(wrong, "a sample ends %" PRId64 " ns after the driver did",
                               sample->end_ns - play->ended_ns);
    }
    text_append(seen, "every sample lies between start and exit");
    return true;
}

static bool judge_samples(const struct play *play, const struct driver *driver, struct text *wrong, struct text *seen)
{
    (void)driver;
    if (play->odd_bytes)
        text_append_format(wrong, "the samples end with %zu bytes of one of 24", play->odd_bytes);
    for (size_t i = 0; i < play->sample_count && wrong->length == 0; i++)
        if (play->samples[i].count != 1 || play->samples[i].status != 0)
            text_append_format(wrong, "a sample has count %" PRId32 " and status %" PRId32 ", expected 1 and 0",
                               play->samples[i].count, play->samples[i].status);
    text_append_format(seen, "%zu samples", play->sample_count);
    return true;
}

static bool judge_counts(const struct play *play, const struct driver *driver, struct text *wrong, struct text *seen)
{
    if (play->sent != RECORDS)
        text_append_format(wrong, "sent %" PRId64 " records, the limit was %d", play->sent, RECORDS);
    else if (play->failed != 0)
        text_append_format(wrong, "%" PRId64 " records failed", play->failed);
    else if (adds_up(play, wrong) && driver->is_delivering && play->stored != play->acked)
        text_append_format(wrong, "acknowledged %" PRId64 ", the broker has %" PRId64, play->acked, play->stored);
    text_append_format(seen, "%" PRId64 " sent, acknowledged%s", play->sent,
                       driver->is_delivering ? " and stored" : "; it delivers to no broker");
    return true;
}

static bool judge_numbers(const struct play *play, const struct driver *driver, struct text *wrong, struct text *seen)
{
    if (play->misnumbered < 0) {
        text_append(seen,
                    driver->is_delivering ? "no other client is set up that could read" : "it delivers to no broker");
        return false;
    }
    if (play->misnumbered > 0)
        text_append_format(wrong, "%" PRId64 " of %" PRId64 " stored records do not carry their number",
                           play->misnumbered, play->stored);
    text_append_format(seen, "0 … %" PRId64 " once each, read by %s", play->sent - 1, play->reader);
    return true;
}

static bool judge_flight(const struct play *play, const struct driver *driver, struct text *wrong, struct text *seen)
{
    size_t in_flight = 0;
    for (size_t i = 0; i < play->sample_count; i++)
        in_flight += play->samples[i].start_ns < play->stop_ns && play->samples[i].end_ns > play->stop_ns;
    if (!play->has_ended)
        text_append(wrong, play->error.message);
    else if (adds_up(play, wrong) && driver->is_delivering && in_flight == 0)
        text_append(wrong, "no record was under way at the stop, though the broker held its answers back");
    text_append_format(seen, "%zu records under way at the stop, all told of", in_flight);
    return true;
}

static bool judge_full(const struct play *play, const struct driver *driver, struct text *wrong, struct text *seen)
{
    if (strstr(play->unapplied.bytes, "buffer.memory")) {
        text_append(seen, "the client has no buffer.memory");
        return false;
    }
    if (play->failed > 0)
        text_append_format(wrong, "%" PRId64 " records failed: a full buffer is waited for", play->failed);
    else
        adds_up(play, wrong);
    text_append_format(seen, "none failed of %" PRId64, play->sent);
    (void)driver;
    return true;
}

static bool judge_pause(const struct play *play, const struct driver *driver, struct text *wrong, struct text *seen)
{
    double slowest_ms = (double)slowest_ns(play) / NS_PER_MS;
    if (!driver->is_delivering) {
        text_append(seen, "it delivers to no broker");
        return false;
    }
    if (slowest_ms < 0.9 * PAUSE_MS)
        text_append_format(wrong, "the slowest record took %.0f ms, the broker stood still for %d", slowest_ms,
                           PAUSE_MS);
    text_append_format(seen, "the slowest record took %.0f ms", slowest_ms);
    return true;
}

/* Of the records that were due while the broker stood still, those of the first half waited for more than half a pause. */
static bool judge_stall(const struct play *play, const struct driver *driver, struct text *wrong, struct text *seen)
{
    size_t slow = count_slower(play, PAUSE_MS * NS_PER_MS / 2);
    size_t least = RATE * PAUSE_MS / 2 / 1000 * 9 / 10;
    if (!driver->is_delivering) {
        text_append(seen, "it delivers to no broker");
        return false;
    }
    if (slow < least)
        text_append_format(wrong, "%zu records took more than %d ms; %d were due in the first half of the pause", slow,
                           PAUSE_MS / 2, RATE * PAUSE_MS / 2000);
    else
        adds_up(play, wrong);
    text_append_format(seen, "%zu records took more than %d ms", slow, PAUSE_MS / 2);
    return true;
}

static bool judge_rate(const struct play *play, const struct driver *driver, struct text *wrong, struct text *seen)
{
    (void)driver;
    const int64_t spacing_ns = NS_PER_S / RATE;
    for (size_t i = 1; i < play->sample_count && wrong->length == 0; i++) {
        int64_t slip_ns = play->samples[i].start_ns - play->samples[0].start_ns - (int64_t)i * spacing_ns;
        if (slip_ns > SPACING_TOLERANCE_NS || slip_ns < -SPACING_TOLERANCE_NS)
            text_append_format(wrong, "record %zu was intended %" PRId64 " ns off its time", i, slip_ns);
    }
    if (wrong->length == 0 && play->sample_count == 0)
        text_append(wrong, "no sample came");
    text_append(seen, "no intended time slipped");
    return true;
}

static bool judge_due(const struct play *play, const struct driver *driver, struct text *wrong, struct text *seen)
{
    (void)driver;
    int64_t wanted = (play->stop_ns - play->begun_ns) * RATE / NS_PER_S;
    if (play->due < 0)
        text_append(wrong, "done has no 'due': how many records should have been sent by the stop?");
    else if (play->due < play->sent || play->due > 2 * wanted || play->due < wanted / 2)
        text_append_format(wrong, "%" PRId64 " were due and %" PRId64 " sent; about %" PRId64 " were due by the stop",
                           play->due, play->sent, wanted);
    text_append_format(seen, "%" PRId64 " due, %" PRId64 " sent", play->due, play->sent);
    return true;
}

static bool judge_schedule(const struct play *play, const struct driver *driver, struct text *wrong, struct text *seen)
{
    (void)driver;
    for (size_t i = 0; i < play->sample_count && wrong->length == 0; i++) {
        int64_t offset_ns = (int64_t)(i / SCHEDULE_RECORDS) * SCHEDULE_SPAN_NS + schedule[i % SCHEDULE_RECORDS];
        int64_t slip_ns = play->samples[i].start_ns - play->samples[0].start_ns - offset_ns;
        if (slip_ns != 0)
            text_append_format(wrong, "record %zu was intended %" PRId64 " ns off its time", i, slip_ns);
    }
    if (wrong->length == 0 && play->sample_count <= SCHEDULE_RECORDS)
        text_append_format(wrong, "%zu samples came, not even one round of the schedule", play->sample_count);
    text_append_format(seen, "%zu records at their times", play->sample_count);
    return true;
}

static bool judge_lateness(const struct play *play, const struct driver *driver, struct text *wrong, struct text *seen)
{
    (void)driver;
    if (play->lateness_ns > LATENESS_NS)
        text_append_format(wrong, "a sample was kept for %.1f s, expected 0.1 s", (double)play->lateness_ns / NS_PER_S);
    text_append_format(seen, "after %" PRId64 " ms at most", play->lateness_ns / NS_PER_MS);
    return true;
}

static bool judge_errors(const struct play *play, const struct driver *driver, struct text *wrong, struct text *seen)
{
    if (!driver->is_delivering) {
        text_append(seen, "it delivers to no broker");
        return false;
    }
    int64_t marked = 0;
    for (size_t i = 0; i < play->sample_count; i++)
        marked += play->samples[i].status != 0;
    if (!play->has_ended)
        text_append(wrong, play->error.message);
    else if (play->failed <= 0)
        text_append_format(wrong, "no record failed, though the broker was away for longer than their time");
    else if (play->errors != play->failed)
        text_append_format(wrong, "%" PRId64 " failed, its errors add up to %" PRId64, play->failed, play->errors);
    else if (marked != play->failed)
        text_append_format(wrong, "%" PRId64 " failed, %" PRId64 " samples have a status", play->failed, marked);
    else
        adds_up(play, wrong);
    text_append_format(seen, "%" PRId64 " failed, by code and by status", play->failed);
    return true;
}

const struct conformance_point conformance_points[] = {
    {"handshake", "job, ready with versions, start, done, exit status 0", PLAY_COUNTED, true, judge_handshake},
    {"settings", "what was asked for is in force, as the client tells it", PLAY_COUNTED, true, judge_settings},
    {"clock", "samples lie between the start command and the exit", PLAY_COUNTED, false, judge_clock},
    {"samples", "24 bytes each, one for each record, status 0 for success", PLAY_COUNTED, false, judge_samples},
    {"counts", "sent = limit = acknowledged = samples = stored", PLAY_COUNTED, false, judge_counts},
    {"numbers", "records carry their sequence numbers when asked to", PLAY_COUNTED, false, judge_numbers},
    {"stop-in-flight", "what is under way at the stop is waited for and told of", PLAY_FULL, false, judge_flight},
    {"full-buffer", "a full buffer is waited for, no record fails", PLAY_FULL, false, judge_full},
    {"broker-pause", "a broker that stands still for 1 s shows in a latency of 1 s", PLAY_FULL, false, judge_pause},
    {"rate", "intended times are start + i / rate, also after a stall", PLAY_STALLED, false, judge_rate},
    {"stall-not-hidden", "at a rate, a stall is charged to every record it delayed", PLAY_STALLED, false, judge_stall},
    {"due", "done tells how many records were due by the stop", PLAY_STALLED, false, judge_due},
    {"schedule", "intended times are those of the schedule file", PLAY_SCHEDULED, false, judge_schedule},
    {"samples-in-time", "samples are handed over at least every 100 ms", PLAY_SCHEDULED, false, judge_lateness},
    {"errors", "failed records are counted, by code and by status", PLAY_FAILING, false, judge_errors},
    {0},
};

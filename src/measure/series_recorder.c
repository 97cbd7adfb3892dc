/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/series_recorder.h"

#include "base/clock.h"
#include "base/text.h"

#include "base/banned.h"

#define TENTH_NS (100 * NS_PER_MS)
#define TENTHS_PER_SECOND 10
#define LONGEST_NS (7 * 24 * 3600 * NS_PER_S)

/* No sample falls into this one. */
static const struct series_place nowhere = {.begin_ns = INT64_MAX, .end_ns = INT64_MIN};

void series_recorder_init(struct series_recorder *recorder, int64_t start_ns, int64_t length_ns)
{
    if (length_ns <= 0 || length_ns > LONGEST_NS)
        length_ns = LONGEST_NS;
    size_t seconds = (size_t)((length_ns + NS_PER_S - 1) / NS_PER_S);
    *recorder =
        (struct series_recorder){.start_ns = start_ns, .place = nowhere, .capacity = seconds * TENTHS_PER_SECOND};
    recorder->tenths = memory_zeroed(recorder->capacity, sizeof *recorder->tenths);
    recorder->seconds = memory_zeroed(seconds, sizeof *recorder->seconds);
    for (size_t i = 0; i < SERIES_OPEN_SECONDS; i++)
        recorder->latencies[i] = histogram_new_latency();
}

void series_recorder_release(struct series_recorder *recorder)
{
    for (size_t i = 0; i < SERIES_OPEN_SECONDS; i++)
        histogram_free(recorder->latencies[i]);
    free(recorder->seconds);
    free(recorder->tenths);
}

void series_recorder_set_start(struct series_recorder *recorder, int64_t start_ns)
{
    recorder->start_ns = start_ns;
    recorder->place = nowhere;
}

static struct series_percentiles percentiles_of(const struct histogram *latency)
{
    if (histogram_count(latency) == 0)
        return (struct series_percentiles){-1, -1, -1};
    return (struct series_percentiles){histogram_percentile(latency, 50), histogram_percentile(latency, 99),
                                       histogram_max(latency)};
}

/* Give the next second its histogram; the second that had it before becomes final. */
static void open_next_second(struct series_recorder *recorder)
{
    struct histogram *latency = recorder->latencies[recorder->opened % SERIES_OPEN_SECONDS];
    if (recorder->opened >= SERIES_OPEN_SECONDS)
        recorder->seconds[recorder->opened - SERIES_OPEN_SECONDS] = percentiles_of(latency);
    histogram_reset(latency);
    recorder->opened++;
}

/* The tenth that `end_ns` falls into; what is before the first or after the last counts as theirs. */
static size_t tenth_of(const struct series_recorder *recorder, int64_t end_ns)
{
    if (end_ns < recorder->start_ns)
        return 0;
    uint64_t index = ((uint64_t)end_ns - (uint64_t)recorder->start_ns) / TENTH_NS;
    return index < recorder->capacity ? (size_t)index : recorder->capacity - 1;
}

const struct series_place *series_recorder_seek(struct series_recorder *recorder, int64_t end_ns)
{
    size_t tenth = tenth_of(recorder, end_ns);
    size_t second = tenth / TENTHS_PER_SECOND;
    while (recorder->opened <= second)
        open_next_second(recorder);
    if (recorder->used <= tenth)
        recorder->used = tenth + 1;

    bool is_final = second + SERIES_OPEN_SECONDS < recorder->opened;
    int64_t begin_ns = recorder->start_ns + (int64_t)tenth * TENTH_NS;
    recorder->place = (struct series_place){
        .begin_ns = tenth == 0 ? INT64_MIN : begin_ns,
        .end_ns = tenth == recorder->capacity - 1 ? INT64_MAX : begin_ns + TENTH_NS,
        .counts = &recorder->tenths[tenth],
        .latency = is_final ? NULL : recorder->latencies[second % SERIES_OPEN_SECONDS],
    };
    return &recorder->place;
}

static struct series series_empty(const struct series_recorder *recorder, int64_t interval_ns, size_t count)
{
    struct series series = {.start_ns = recorder->start_ns, .interval_ns = interval_ns, .count = count};
    series.points = memory_zeroed(count, sizeof *series.points);
    for (size_t i = 0; i < count; i++)
        series.points[i].p50_ns = series.points[i].p99_ns = series.points[i].max_ns = -1;
    return series;
}

static void point_add(struct series_point *point, const struct series_counts *counts, int64_t record_size_bytes)
{
    point->records += counts->records;
    point->bytes += counts->records * record_size_bytes;
    point->failed += counts->failed;
}

void series_recorder_read(const struct series_recorder *recorder, int64_t record_size_bytes, struct series *seconds,
                          struct series *tenths)
{
    size_t second_count = (recorder->used + TENTHS_PER_SECOND - 1) / TENTHS_PER_SECOND;
    *tenths = series_empty(recorder, TENTH_NS, recorder->used);
    *seconds = series_empty(recorder, NS_PER_S, second_count);
    for (size_t i = 0; i < recorder->used; i++) {
        point_add(&tenths->points[i], &recorder->tenths[i], record_size_bytes);
        point_add(&seconds->points[i / TENTHS_PER_SECOND], &recorder->tenths[i], record_size_bytes);
    }
    for (size_t i = 0; i < second_count; i++) {
        bool is_final = i + SERIES_OPEN_SECONDS < recorder->opened;
        struct series_percentiles percentiles =
            is_final ? recorder->seconds[i] : percentiles_of(recorder->latencies[i % SERIES_OPEN_SECONDS]);
        seconds->points[i].p50_ns = percentiles.p50_ns;
        seconds->points[i].p99_ns = percentiles.p99_ns;
        seconds->points[i].max_ns = percentiles.max_ns;
    }
}

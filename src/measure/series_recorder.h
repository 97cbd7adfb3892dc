/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What happened in each interval of a trial, for this room alone.
 *
 * Counts are kept for each 100 ms; seconds are sums of ten. Percentiles are kept for each second: the last few seconds
 * have a histogram each, because samples of several drivers do not come in the order of their times; when a later
 * second needs the room, the oldest becomes final and only its three figures stay.
 *
 * Nearly every sample falls into the same interval as the one before. series_recorder_at() compares with that
 * interval's bounds and divides only when it has changed.
 */
#ifndef KBENCH_MEASURE_SERIES_RECORDER_H
#define KBENCH_MEASURE_SERIES_RECORDER_H

#include <stdint.h>

#include "measure/collector.h"
#include "measure/histogram.h"

#define SERIES_OPEN_SECONDS 8

struct series_counts {
    int64_t records, failed;
};

struct series_percentiles {
    int64_t p50_ns, p99_ns, max_ns;
};

/* Where the samples of one 100 ms interval go. */
struct series_place {
    int64_t begin_ns, end_ns; /* [begin, end) */
    struct series_counts *counts;
    struct histogram *latency; /* of its second; NULL when that is final */
};

struct series_recorder {
    int64_t start_ns;
    struct series_place place;    /* of the last sample */
    struct series_counts *tenths; /* `capacity` of them; memory that was never touched costs nothing */
    struct series_percentiles *seconds;
    size_t capacity;                                  /* in tenths */
    size_t used;                                      /* tenths up to the latest sample's */
    size_t opened;                                    /* seconds that have or had a histogram */
    struct histogram *latencies[SERIES_OPEN_SECONDS]; /* second s has [s mod 8] */
};

/* `length_ns`: as in collector_options. */
void series_recorder_init(struct series_recorder *recorder, int64_t start_ns, int64_t length_ns);
void series_recorder_release(struct series_recorder *recorder);
void series_recorder_set_start(struct series_recorder *recorder, int64_t start_ns);
/* The figures so far; `seconds` and `tenths` get new points, which the caller frees. */
void series_recorder_read(const struct series_recorder *recorder, int64_t record_size_bytes, struct series *seconds,
                          struct series *tenths);

const struct series_place *series_recorder_seek(struct series_recorder *recorder, int64_t end_ns);

static inline const struct series_place *series_recorder_at(struct series_recorder *recorder, int64_t end_ns)
{
    if (end_ns >= recorder->place.begin_ns && end_ns < recorder->place.end_ns)
        return &recorder->place;
    return series_recorder_seek(recorder, end_ns);
}

#endif

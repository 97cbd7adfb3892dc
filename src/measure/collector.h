/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The collector: reads the samples of all drivers of a trial from their FIFOs, in one thread with poll(), in constant
 * memory, and turns them into totals, histograms and series. The layout of a sample is the driver protocol's:
 * int64 start_ns, int64 end_ns, int32 count, int32 status, little-endian, 24 bytes.
 *
 * The arithmetic is in collector_consume(), which is pure (bytes in, numbers out) and tested without a FIFO; the thread
 * around it only reads. Life: collector_new, collector_add_fifo for each driver, collector_start, collector_set_times
 * when the trial starts, (the trial), then collector_finish, which returns when every FIFO has reached its end, or at
 * its deadline.
 */
#ifndef KBENCH_MEASURE_COLLECTOR_H
#define KBENCH_MEASURE_COLLECTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "measure/histogram.h"

#define SAMPLE_BYTES 24

/* What happened in one interval of the trial, by the time of the acknowledgement. */
struct series_point {
    int64_t records; /* acknowledged, status 0 */
    int64_t bytes;   /* records × record size */
    int64_t failed;
    int64_t p50_ns, p99_ns, max_ns; /* -1 when there was none, or when this length of interval keeps no percentiles */
};

struct series {
    int64_t start_ns; /* CLOCK_MONOTONIC of the first interval's beginning */
    int64_t interval_ns;
    struct series_point *points;
    size_t count; /* up to the interval of the latest sample */
};

struct measure_result {
    /*
     * Of the window [window_start_ns, window_end_ns), by end_ns. In a trial bounded by records (no window_end_ns was
     * given) the window ends with the last sample, which is in it; and when it has no warm-up either (the window was to
     * start with the trial), it starts with the first sample, so that what a client does before its first record does
     * not count.
     */
    int64_t window_start_ns, window_end_ns;
    int64_t records, bytes, failed;
    struct histogram *latency; /* of acknowledged records in the window, in ns */
    int64_t latency_sum_ns;    /* exact, of the records in `latency`: the mean is sum / histogram_count(latency) */
    /* of the whole trial */
    int64_t total_records, total_failed;
    int64_t first_start_ns, last_end_ns; /* 0 when there was no sample */
    /* Counts of samples (one is one record of a producer), over the whole trial. */
    int64_t samples;
    int64_t negative;     /* end before start: counted, left out of the histogram */
    int64_t out_of_range; /* above the histogram's maximum: counted, recorded as the maximum */
    int64_t before_start; /* start before the trial's start command */
    int64_t late;      /* too old for its interval's percentiles (they were final): still counted in everything else */
    int64_t malformed; /* a count below 1: nothing that could be counted; the driver does not follow the protocol */
    int64_t truncated_bytes; /* a FIFO that ended inside a sample */
    struct series seconds;   /* 1 s, with percentiles */
    struct series tenths;    /* 100 ms, records, bytes and failed only */
};

struct collector_options {
    int64_t record_size_bytes;
    int64_t start_ns;        /* the trial's start: series begin here. 0: not known yet, see collector_set_times() */
    int64_t window_start_ns; /* absolute */
    int64_t window_end_ns;   /* absolute; INT64_MAX: up to the last sample (a trial bounded by records) */
    /*
     * Bounds the series' memory: samples later than start + this count as the last interval's. At most a week, which 0
     * means.
     */
    int64_t max_length_ns;
};

struct collector;
struct collector *collector_new(const struct collector_options *options);
/*
 * A trial's start is known only when the start command goes out: set the times then, just before. May be called while
 * the thread runs; when the options gave no start (0), the thread reads nothing until this is called, so that no sample
 * can be counted by the wrong times. Samples that were counted before stay where they were counted.
 */
void collector_set_times(struct collector *collector, int64_t start_ns, int64_t window_start_ns, int64_t window_end_ns);

/* Pure: account for `count` whole samples. */
void collector_consume(struct collector *collector, const unsigned char *samples, size_t count);
/* Records acknowledged so far; may be read from another thread for the progress line. */
int64_t collector_records_so_far(const struct collector *collector);

/*
 * mkfifo at `path` (removed by collector_free) and open it for reading, non-blocking; before the driver opens it for
 * writing, and before collector_start.
 */
bool collector_add_fifo(struct collector *collector, const char *path, struct error *error);
bool collector_start(struct collector *collector, struct error *error);
/*
 * Wait until all FIFOs are at their end or `timeout_ms` has passed (then what is still in them is left unread and false
 * is returned with `error`). A FIFO that no driver has opened yet is not at its end. `result` is filled in either case;
 * it is owned by the collector and lives until collector_free().
 */
bool collector_finish(struct collector *collector, int timeout_ms, const struct measure_result **result,
                      struct error *error);
/* The result so far without the thread: for tests of collector_consume(). */
const struct measure_result *collector_result(struct collector *collector);
void collector_free(struct collector *collector);

#endif

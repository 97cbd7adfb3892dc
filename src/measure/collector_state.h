/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The inside of a collector, for this room alone: the arithmetic (collector.c) and the thread around it
 * (collector_thread.c).
 */
#ifndef KBENCH_MEASURE_COLLECTOR_STATE_H
#define KBENCH_MEASURE_COLLECTOR_STATE_H

#include <pthread.h>
#include <stdatomic.h>

#include "measure/collector.h"
#include "measure/sample_carry.h"
#include "measure/series_recorder.h"

struct collector_fifo {
    char *path;
    int fd;
    struct sample_carry carry;
    bool has_ended;
    int error_number; /* of the read that ended it early, or 0 */
};

struct collector_reader {
    pthread_t thread;
    bool is_running; /* the thread has to be joined */
    int wake_fd;     /* eventfd: look at `is_stopping` and `has_times` again */
    int ended_fd;    /* eventfd: the thread has read everything, or has been stopped */
    bool is_stopping;
    bool has_times;
    struct collector_fifo *fifos;
    size_t fifo_count;
};

struct collector {
    struct collector_options options;
    struct series_recorder series;
    struct measure_result result; /* counted into directly; collector_result() fills in what is derived */
    int64_t first_start_ns;       /* INT64_MAX before the first sample */
    int64_t last_end_ns;          /* INT64_MIN before the first sample */
    _Atomic int64_t records_so_far;
    pthread_mutex_t lock; /* of all the above but records_so_far, and of the reader's two flags */
    struct collector_reader reader;
};

void collector_reader_init(struct collector_reader *reader);
void collector_reader_wake(struct collector_reader *reader);
/* Stop the thread if it runs, close and remove the FIFOs. */
void collector_reader_release(struct collector_reader *reader, pthread_mutex_t *lock);

#endif

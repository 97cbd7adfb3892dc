/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The producer: one thread that sends records, serves delivery reports and writes samples, until the job's limit or
 * the harness's stop; then it flushes. Records go out without a copy: librdkafka allows that for memory that stays as
 * it is, and its own example producer, rdkafka_performance, does the same. Numbered records are copied.
 */
#ifndef KBENCH_DRIVERS_C_PRODUCER_H
#define KBENCH_DRIVERS_C_PRODUCER_H

#include <stdbool.h>

#include "client.h"
#include "control.h"
#include "job.h"
#include "records.h"
#include "samples.h"
#include "schedule.h"

struct producer {
    const struct job *job;
    const struct control *control;
    struct client client;
    struct records records;
    struct schedule schedule;
    struct samples samples;
    int64_t sent; /* accepted by librdkafka */
    int64_t acked;
    int64_t failed; /* accepted, and then reported as not delivered */
    json_t *errors; /* {code: count} of the failed */
    int wake_fd;    /* readable when delivery reports wait; -1 unless at a fixed rate */
    int64_t served_ns;
    bool is_stopped;
    int64_t stopped_ns; /* when the stop was seen, at most WAIT_MS after it came */
    int64_t due;        /* records that the rate wanted by the stop; -1 without a rate */
};

/* Everything up to ready. producer_release() is needed afterwards in any case. */
bool producer_open(struct producer *producer, const struct job *job, const struct control *control,
                   struct error *error);
/* From the start command to the last sample written. */
bool producer_run(struct producer *producer, struct error *error);
void producer_release(struct producer *producer);

#endif

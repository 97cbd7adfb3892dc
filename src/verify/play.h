/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One play of a driver against a broker, with every sample and every word of it kept: what the conformance test judges. A trial
 * keeps histograms, which would not show who is wrong. Internal to this room.
 */
#ifndef KBENCH_VERIFY_PLAY_H
#define KBENCH_VERIFY_PLAY_H

#include "cluster/cluster.h"
#include "driver/driver.h"
#include "runner/payload.h"

struct play_plan {
    const char *definition;  /* keys of the case, as YAML: load, measure, producer, faults */
    int64_t stop_ms;         /* after the start; 0: the driver ends by itself, at its number of records */
    const int64_t *schedule; /* offsets in ns, or NULL: at equal distances */
    int64_t schedule_records, schedule_span_ns;
    bool is_numbered;
};

struct play_sample {
    int64_t start_ns, end_ns;
    int32_t count, status;
};

struct play {
    bool has_ended; /* well: ready, done, exit status 0. Else `error` says why not */
    struct error error;
    int64_t begun_ns, stop_ns, ended_ns; /* start command, stop command, exit; CLOCK_MONOTONIC */
    int64_t sent, acked, failed, due;    /* as the driver said; -1: not */
    int64_t errors;                      /* sum over its error codes */
    int64_t stored;                      /* records in the topic; -1: not known */
    struct play_sample *samples;
    size_t sample_count;
    size_t odd_bytes; /* behind the last whole sample */
    int64_t
        lateness_ns; /* the longest time from a sample's end until it was there to be read, while the driver was not yet told to stop */
    struct text unapplied, different, untold; /* settings: not handed over; in force otherwise; not told. With commas */
    int64_t misnumbered; /* stored records that are not the numbers 0 … sent-1, each once; -1: not looked at */
    char *reader;        /* who looked, or NULL */
};

struct play_ground {
    const struct driver_list *drivers;
    const struct driver *driver;
    struct cluster *cluster;
    const char *folder; /* for FIFOs; absolute */
};

/* Fill `play`, whatever the driver does. False only when interrupted or when kbench itself could not do its part. */
bool play_run(const struct play_ground *ground, const struct play_plan *plan, struct play *play, struct error *error);
void play_release(struct play *play);

/* What every play's case is made of, and the cluster that they are played on: an experiment of one case and one run, on the mock where
 * the driver's client can be used with it, else on one local broker. NULL: `error`. */
struct experiment *play_experiment(const struct driver *driver, const char *definition, struct error *error);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The planned faults of a trial: each begins and ends at its time after the start, as exactly as faults_tick() is called, and is
 * told as an event with the times at which that really was. Internal to this room.
 */
#ifndef KBENCH_RUNNER_FAULTS_H
#define KBENCH_RUNNER_FAULTS_H

#include "runner/trial.h"

struct faults {
    const struct fault *planned; /* borrowed */
    size_t count;
    struct cluster *cluster;
    struct fault_times {
        int64_t begun_ns, ended_ns; /* CLOCK_MONOTONIC; 0: not yet */
    } * times;
    bool has_restarted; /* a broker has another process than before; the caller sets it back */
};

/* The warm-up of a cluster has none. */
void faults_init(struct faults *faults, const struct trial_request *request);
/* Begin and end what is due. `start_ns` is that of the trial. False when a broker could not be started again. */
bool faults_tick(struct faults *faults, int64_t start_ns, int64_t now_ns, struct error *error);
/* End all that is on, at once: whatever became of the trial, no broker stays stopped or dead. */
void faults_end(struct faults *faults);
/* An event for each fault that has begun, offsets from `start_ns`. After faults_end(). */
void faults_tell(const struct faults *faults, int64_t start_ns, struct trial *trial);
void faults_release(struct faults *faults);

#endif

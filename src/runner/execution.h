/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A trial while it runs: its drivers, the reader of their samples and the watch over the machine. Internal to this room.
 *
 * execution_start, execution_load, execution_stop, each only after the one before has succeeded; then execution_end and
 * execution_release in any case.
 * Every wait ends with a failed driver, a dead broker, the trial's timeout or an interrupt, whichever is first.
 */
#ifndef KBENCH_RUNNER_EXECUTION_H
#define KBENCH_RUNNER_EXECUTION_H

#include "environment/sampler.h"
#include "measure/collector.h"
#include "runner/faults.h"
#include "runner/trial.h"

struct execution {
    const struct trial_request *request;
    char *label; /* "case/run", for the progress line */
    struct driver_process **drivers;
    size_t driver_count;
    struct collector *collector; /* NULL when the drivers send no samples */
    struct sampler *sampler;
    struct faults faults;
    const struct measure_result *measured; /* after execution_stop(); NULL without samples */
    /* CLOCK_MONOTONIC */
    int64_t deadline_ns;  /* of the drivers */
    int64_t start_ns;     /* the start command; 0: not yet */
    int64_t done_ns;      /* all drivers had ended; 0: not yet */
    int64_t next_look_ns; /* at the brokers */
    bool cluster_failed;
};

/* Start the drivers and wait until all are ready. */
bool execution_start(struct execution *execution, const struct trial_request *request, struct error *error);
/* Give the start command and wait until the window is over (or until the request's `until` says so). */
bool execution_load(struct execution *execution, struct error *error);
/* Give the stop command, wait until all drivers have ended well and their samples are read. */
bool execution_stop(struct execution *execution, struct error *error);
/* End what still runs, faults too; what the drivers said can then be read whole. */
void execution_end(struct execution *execution);
/* Free everything. */
void execution_release(struct execution *execution);

#endif

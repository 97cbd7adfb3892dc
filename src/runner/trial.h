/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One trial: its topic, its drivers, the window, the verification, and the row that goes to the database.
 *
 * trial_run() always leaves a row that can be stored: a failure is a result with a cause. trial_release() frees what the row
 * points to.
 */
#ifndef KBENCH_RUNNER_TRIAL_H
#define KBENCH_RUNNER_TRIAL_H

#include <stdint.h>

#include "base/error.h"
#include "base/redact.h"
#include "cluster/cluster.h"
#include "driver/driver.h"
#include "experiment/experiment.h"
#include "runner/payload.h"
#include "runner/progress.h"
#include "store/store.h"

struct trial_request {
    const struct experiment *experiment;
    const struct experiment_case *c;
    const struct experiment_run *run;
    const struct driver *driver;
    const struct driver_list *drivers; /* among them the one that reads back what was written */
    struct cluster *cluster;
    const struct redactor *redactor;
    const struct payload *payload;
    const char *work_folder; /* for FIFOs and schedules; absolute */
    const char *topic;
    int64_t campaign_id;
    int block, attempt;
    bool keep_topic;
    struct progress *progress;
    const struct trial_inspector *inspector; /* NULL: nobody; does not look at a warm-up */
    /* Instead of the case's warm-up and window: drive until this says that it is enough, which it does within `until_ms`.
     * NULL in an ordinary trial. */
    bool (*until)(void *context, int64_t elapsed_ns, int64_t records_so_far);
    void *context;
    int64_t until_ms;
};

struct trial {
    struct store_trial row;
    struct string_list strings; /* what the row's pointers refer to */
    struct store_trial_setting *settings;
    struct store_interval *intervals;
    struct store_event *events;
    char *latency_payload;
    int64_t *sent;       /* by producer: what each one's driver said */
    int64_t begun_ns;    /* CLOCK_MONOTONIC */
    bool cluster_failed; /* the cause was a broker or the cluster, not the driver */
};

/* True when the trial is whole; false with `error` (its cause, or ERROR_INTERRUPTED), the row being filled either way. */
bool trial_run(const struct trial_request *request, struct trial *trial, struct error *error);
void trial_release(struct trial *trial);

#endif

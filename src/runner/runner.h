/* SPDX-License-Identifier: Apache-2.0 */
/* The campaign: the only room that knows experiment, cluster, driver, measure, environment and store. */
#ifndef KBENCH_RUNNER_RUNNER_H
#define KBENCH_RUNNER_RUNNER_H

#include "base/error.h"
#include "driver/driver.h"
#include "experiment/experiment.h"

struct trial_request;
struct store_trial;
/* Somebody who looks at each whole trial while its topic is still there, before it is stored. */
struct trial_inspector {
    /* False with `error`: the trial has failed. */
    bool (*inspect)(void *context, const struct trial_request *request, const struct store_trial *row,
                    struct error *error);
    void *context;
};

struct campaign_options {
    const char *database; /* path */
    const char *only;     /* "case/run,…" or NULL */
    int trials;           /* 0: as the definition says */
    bool amend, keep_topics, dry_run;
    int verbosity;                           /* -1 quiet, 0, 1 verbose */
    const char *command_line;                /* for the record */
    const struct trial_inspector *inspector; /* NULL: nobody */
};

/* Run (or continue) the campaign. False with ERROR_ANSWER_NO when a trial failed for good, ERROR_INTERRUPTED, … */
bool campaign_run(const struct experiment *experiment, const struct driver_list *drivers,
                  const struct campaign_options *options, struct error *error);

#endif

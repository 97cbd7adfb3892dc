/* SPDX-License-Identifier: Apache-2.0 */
/* A campaign while it runs. Internal to this room; runner.h is the way in. */
#ifndef KBENCH_RUNNER_CAMPAIGN_H
#define KBENCH_RUNNER_CAMPAIGN_H

#include "base/json.h"
#include "cluster/cluster.h"
#include "driver/driver.h"
#include "experiment/plan.h"
#include "runner/progress.h"
#include "runner/runner.h"
#include "runner/trial.h"
#include "store/store.h"

/* A trial that is still to be run. */
struct campaign_step {
    const struct experiment_case *c;
    const struct experiment_run *run;
    int block;
    int attempts_before; /* of earlier campaigns; attempt numbers go on from here */
};

struct campaign {
    const struct experiment *experiment;
    const struct campaign_options *options;
    char *folder;      /* of the database; absolute */
    char *work_folder; /* FIFOs, payload and the brokers' data; removed at the end */
    const struct driver_list *drivers;
    struct redactor redactor;
    struct store *store;
    struct cluster *cluster; /* NULL: not running */
    struct progress progress;
    bool *selected; /* by pair */
    struct plan plan;
    struct campaign_step *steps;
    size_t step_count;
    int64_t experiment_id, id;
    json_t *notes, *client_versions;
    int64_t begun_ns;
    double cluster_s, warmup_s, measured_s;
    int trials_ok, failed_for_good;
    char *last_cause;
};

/* The steps of the plan that no earlier campaign has settled. */
bool campaign_plan(struct campaign *campaign, struct error *error);
bool campaign_warm_up(struct campaign *campaign, struct error *error);
/* One trial with its retries, each stored. False only when the campaign cannot go on. */
bool campaign_run_step(struct campaign *campaign, const struct campaign_step *step, struct error *error);

#endif

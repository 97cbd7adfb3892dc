/* SPDX-License-Identifier: Apache-2.0 */
/* A campaign while it runs. Internal to this room; runner.h is the way in. */
#ifndef KBENCH_RUNNER_CAMPAIGN_H
#define KBENCH_RUNNER_CAMPAIGN_H

#include "base/json.h"
#include "cluster/cluster.h"
#include "driver/driver.h"
#include "runner/campaign_plan.h"
#include "runner/progress.h"
#include "runner/runner.h"
#include "runner/trial.h"
#include "store/store.h"

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
    struct campaign_plan plan;
    int64_t experiment_id, id;
    json_t *notes, *client_versions;
    int64_t begun_ns;
    double cluster_s, warmup_s, measured_s;
    double fastest_mhz; /* mean frequency in a trial so far; NAN: not known */
    int trials_ok, trials_disturbed, failed_for_good;
    char *last_cause;
};

/* campaign_begin.c. The folder of the database, absolute: JVMs and drivers get paths in it. */
bool campaign_find_folder(struct campaign *campaign, struct error *error);
bool campaign_register(struct campaign *campaign, struct error *error);
/* Say what is left to run, list it for a dry run. */
bool campaign_make_plan(struct campaign *campaign, bool *any_left, struct error *error);
bool campaign_begin(struct campaign *campaign, struct error *error);
/* campaign_warmup.c: drive the cluster until it is warm, with a pair that is left to run. */
bool campaign_warm_up(struct campaign *campaign, struct error *error);
/* campaign_steps.c: one block of a pair, with the retries of what failed and the repeats of what was disturbed, each stored. False only
 * when the campaign cannot go on. */
bool campaign_run_step(struct campaign *campaign, struct campaign_step *step, struct error *error);
/* Everything of a request that does not depend on the attempt. The payload is the caller's to release. */
bool campaign_prepare(struct campaign *campaign, const struct campaign_step *step, struct payload *payload,
                      struct trial_request *request, struct error *error);
/* Of the request's block and attempt. The caller frees. */
char *campaign_topic_name(const struct campaign *campaign, const struct trial_request *request);
/* campaign_precision.c: put how precisely each pair is known into the campaign's notes, and say of which that is less than the
 * design asks for. Nothing without `precision`, and where the number of trials was given. */
bool campaign_note_precision(struct campaign *campaign, struct error *error);

#endif

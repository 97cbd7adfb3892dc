/* SPDX-License-Identifier: Apache-2.0 */
/* What of a plan is still to be run, by what the database holds: for the campaign, and for `kbench status`. */
#ifndef KBENCH_RUNNER_CAMPAIGN_PLAN_H
#define KBENCH_RUNNER_CAMPAIGN_PLAN_H

#include "experiment/plan.h"
#include "runner/campaign_pairs.h"
#include "store/store.h"

/* One block of one pair: a trial, with those that repeat it. */
struct campaign_step {
    const struct experiment_case *c;
    const struct experiment_run *run;
    int pair, block;
    int attempts, disturbed; /* of earlier campaigns; attempt numbers go on from here */
    bool over;               /* has its result, or this campaign has tried in vain */
};

struct campaign_plan {
    struct store *store;
    const struct experiment *experiment;
    int64_t experiment_id;
    struct plan plan;
    struct campaign_step *steps; /* of the plan, in its order */
    size_t at;                   /* the first step that may be left */
    struct campaign_pairs pairs; /* of the blocks that are decided */
};

/* `trials` and `selected` as of plan_make(). Free with campaign_plan_release(), also after an error. */
bool campaign_plan_load(struct campaign_plan *plan, struct store *store, const struct experiment *experiment,
                        int64_t experiment_id, int trials, const bool *selected, struct error *error);
/* The next step that is left, NULL when there is none. What a block behind the design's minimum holds is decided when all steps before it are over. */
bool campaign_plan_next(struct campaign_plan *plan, struct campaign_step **step, struct error *error);

/* Whether it is to be run, as far as that is decided. */
bool campaign_plan_is_left(const struct campaign_plan *plan, const struct campaign_step *step);

struct campaign_left {
    size_t least, most;     /* trials: those that are decided; those that can come */
    double least_s, most_s; /* what they are expected to take, without the campaign's start */
};
#define CAMPAIGN_ALL_PAIRS (-1)
/* Of one pair, or of all. */
void campaign_plan_left(const struct campaign_plan *plan, int pair, struct campaign_left *left);
void campaign_plan_release(struct campaign_plan *plan);

#endif

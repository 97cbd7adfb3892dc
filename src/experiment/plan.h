/* SPDX-License-Identifier: Apache-2.0 */
/* The plan: which pair is measured when, drawn from the seed, and what it will cost. Pure. */
#ifndef KBENCH_EXPERIMENT_PLAN_H
#define KBENCH_EXPERIMENT_PLAN_H

#include "experiment/experiment.h"

struct plan_step {
    int block; /* 1-based: the trial's number in the results */
    int pair;  /* index into experiment->pairs */
};

struct plan {
    struct plan_step *steps; /* in the order of execution */
    size_t count;
    double expected_s;        /* warm-up, windows and an allowance a trial */
    int64_t disk_bytes;       /* the most that the topics of two consecutive trials can take, with replication; a bound */
    int64_t memory_bytes;     /* brokers' and clients' heaps, buffers, payload */
};

/*
 * Blocks × pairs, with `trials` blocks (0: the design's minimum). `selected` (NULL: all) tells for each pair whether it
 * takes part. Depends only on the arguments: the same seed gives the same order, also when a campaign is continued, and
 * a block's order does not depend on how many blocks there are. Free with plan_release().
 */
void plan_make(const struct experiment *experiment, int trials, const bool *selected, struct plan *plan);
void plan_release(struct plan *plan);

/* Parse "case/run,case/run" (either side may be "*") into `selected` (pair_count entries). ERROR_INPUT with the nearest name. */
bool plan_select(const struct experiment *experiment, const char *only, bool *selected, struct error *error);

#endif

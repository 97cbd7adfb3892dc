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
    size_t count;       /* at most: under `precision` pairs leave the blocks behind the minimum, see campaign_pairs.h */
    size_t least_count; /* of them those that every pair runs; they come first */
    int blocks, least_blocks;
    /* Warm-up and windows, an allowance for each trial and one for the campaign's start. */
    double expected_s, least_expected_s;
    int64_t
        disk_bytes; /* on this host: the most that the topics of two consecutive trials can take, with replication */
    int64_t memory_bytes; /* on this host: brokers' and clients' heaps, buffers, payload; of the hungriest trial */
};

/*
 * Nobody knows beforehand how fast a client without a fixed rate will be. Time is expected, and disk bounded, by these;
 * a command that shows the bound shows what it rests on.
 */
#define PLAN_EXPECTED_RECORDS_PER_SEC 300000.0
#define PLAN_EXPECTED_BYTES_PER_SEC (50.0 * 1024 * 1024)
#define PLAN_MOST_RECORDS_PER_SEC 1000000.0
#define PLAN_MOST_BYTES_PER_SEC (500.0 * 1024 * 1024) /* over all replicas */

/*
 * Blocks × pairs: exactly `trials` blocks, or (0) from the design's minimum to its maximum, which are equal without precision.
 * `selected` (NULL: all) tells for each pair whether it takes part. Depends only on the arguments: the same seed gives the
 * same order, also when a campaign is continued, and under `order: blocked` a block's order does not depend on how many
 * blocks there are. Under `order: random` the blocks up to the minimum are shuffled as one; each behind them by itself, since
 * what it holds is decided by the ones before. Free with plan_release().
 */
void plan_make(const struct experiment *experiment, int trials, const bool *selected, struct plan *plan);
void plan_release(struct plan *plan);

/* What one trial of a case is expected to take, and what comes before the first one, in seconds, allowances included. */
double plan_trial_s(const struct experiment_case *c);
double plan_start_s(const struct experiment *experiment);

/*
 * Parse "case/run,case/run" into `selected` (pair_count entries). Either side may be "*"; a sweep's name without the
 * bracket means all its cases. ERROR_INPUT with the nearest name when a part selects nothing.
 */
bool plan_select(const struct experiment *experiment, const char *only, bool *selected, struct error *error);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which pairs a block holds under `precision`. Each pair has the blocks up to the design's minimum. In a block behind it a pair
 * takes part when it took part in the block before, has a whole trial at all, and
 *  - its records_per_sec is not yet known as precisely as the design asks for, or
 *  - a pair that is compared with it takes part for that reason: one of the same case with the baseline, or one that a claim
 *    names beside it. Ratios are formed within blocks: without its partner's trial in the same block, a further trial of the one
 *    would say nothing of the ratio. It is not carried on from partner to partner, which would tie all pairs together.
 *
 * A pair that has left does not come back, so that the number of trials left never grows. All of it is decided by the results of the blocks before
 * (those in the database, of every campaign of the revision), not by what this process has seen: a campaign that was killed and
 * is continued measures the same blocks as one that was not. Pure.
 */
#ifndef KBENCH_RUNNER_CAMPAIGN_PAIRS_H
#define KBENCH_RUNNER_CAMPAIGN_PAIRS_H

#include "store/store.h"

struct campaign_pairs {
    const struct experiment *experiment;
    int block;        /* that `takes_part` is about, and all before it */
    bool *takes_part; /* by pair */
};

/* All pairs, up to the block `least`. Free with campaign_pairs_release(). */
void campaign_pairs_init(struct campaign_pairs *pairs, const struct experiment *experiment, int least);
/* Go on to `block`: the results of all blocks before it are there. Does nothing when it lies behind. */
void campaign_pairs_advance(struct campaign_pairs *pairs, const struct store_result_rows *results, int block);
void campaign_pairs_release(struct campaign_pairs *pairs);

/* How precisely a pair's records_per_sec is known. */
struct pair_precision {
    size_t trials; /* in the summary: neither failed nor disturbed */
    double
        half_width; /* of the interval that the report shows, as a share of the median; NAN: too few trials for one */
    bool reached;   /* what the design asks for */
};
void campaign_pair_precision(const struct experiment *experiment, const struct store_result_rows *results, size_t pair,
                             struct pair_precision *precision);

#endif

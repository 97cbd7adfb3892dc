/* SPDX-License-Identifier: Apache-2.0 */
/* Whether everything became faster or slower while the experiment ran. Pure. */
#ifndef KBENCH_REPORT_DRIFT_H
#define KBENCH_REPORT_DRIFT_H

#include <stddef.h>

#include "statistics/trend.h"

struct drift {
    double *relative;   /* by block: throughput, relative to the first block that has any; NAN: no trial in it */
    size_t count;       /* blocks */
    struct trend trend; /* of the blocks that have a value */
};

/*
 * `rates[pair * blocks + block]` is the pair's throughput in a block, NAN where it has none. A pair counts by its ratio to
 * its own median, and a block by the geometric mean over its pairs: fast and slow pairs weigh the same, and a pair that lacks
 * a block does not tilt it. drift_release() frees.
 */
void drift_measure(const double *rates, size_t pairs, size_t blocks, struct drift *drift);
void drift_release(struct drift *drift);

#endif

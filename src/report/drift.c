/* SPDX-License-Identifier: Apache-2.0 */
#include "report/drift.h"

#include <math.h>

#include "base/text.h"
#include "statistics/interval.h"

#include "base/banned.h"

/* The median of a pair's blocks that have a value; NAN when there is none. */
static double median_of_pair(const double *rates, size_t blocks)
{
    double *known = memory_zeroed(blocks + 1, sizeof *known);
    size_t n = 0;
    for (size_t i = 0; i < blocks; i++)
        if (rates[i] > 0)
            known[n++] = rates[i];
    double median = statistics_median(known, n);
    free(known);
    return median;
}

/* log of the geometric mean of the pairs' values of one block, each relative to its pair's median. */
static double log_of_block(const double *rates, const double *medians, size_t pairs, size_t blocks, size_t block)
{
    double sum = 0;
    size_t n = 0;
    for (size_t pair = 0; pair < pairs; pair++) {
        double rate = rates[pair * blocks + block];
        if (rate > 0) {
            sum += log(rate / medians[pair]);
            n++;
        }
    }
    return n ? sum / (double)n : NAN;
}

void drift_measure(const double *rates, size_t pairs, size_t blocks, struct drift *drift)
{
    double *medians = memory_zeroed(pairs + 1, sizeof *medians), *known = memory_zeroed(blocks + 1, sizeof *known);
    size_t n = 0;
    *drift = (struct drift){.relative = memory_zeroed(blocks + 1, sizeof *drift->relative), .count = blocks};
    for (size_t pair = 0; pair < pairs; pair++)
        medians[pair] = median_of_pair(rates + pair * blocks, blocks);
    double first = NAN;
    for (size_t block = 0; block < blocks; block++) {
        double value = log_of_block(rates, medians, pairs, blocks, block);
        if (isnan(first))
            first = value;
        drift->relative[block] = exp(value - first);
        if (isfinite(value))
            known[n++] = drift->relative[block];
    }
    trend_test(known, n, &drift->trend);
    free(known);
    free(medians);
}

void drift_release(struct drift *drift)
{
    free(drift->relative);
    *drift = (struct drift){.relative = NULL};
}

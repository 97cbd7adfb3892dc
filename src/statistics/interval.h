/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Point estimates with intervals. Pure: the random stream is made from the seed that is passed, so that the same trials
 * always give the same interval.
 *
 * The interval of a median is one of order statistics below INTERVAL_BCA_MIN_TRIALS and a BCa bootstrap from there on.
 * How often nominal 95 % intervals held the truth, in %, in 10,000 simulated experiments (bootstrap: 2,000) of normal
 * trials; log-normal ones differ by less than 1 (build/tests/tools/statistics_coverage 10000 2000):
 *
 *   trials               5     6     7     8     9    10    11    12    13    14    15    20    30    40
 *   order statistics  93.7  95.1  94.3  94.3  95.2  94.8  94.9  95.2  94.7  95.2  95.1  95.1  94.9
 *   BCa bootstrap     93.5  93.2  87.2  92.1  95.4  93.8  93.7  93.9  90.7  93.6  93.0  94.0  93.7  94.7
 *
 * The resamples of a few trials have few medians, and BCa's bounds fall on one or the next. While the level of the
 * machine drifts steadily, the interval of a median is too wide, not too narrow (96 % at 5 trials, 99 % at 9): a drift is
 * no chance. A ratio within blocks is free of it: below INTERVAL_BCA_MIN_TRIALS blocks it is covered in 94.8 to 95.9 %, so
 * that two equal clients are called different in 4.1 to 5.2 of 100 experiments (Monte-Carlo error 0.2).
 */
#ifndef KBENCH_STATISTICS_INTERVAL_H
#define KBENCH_STATISTICS_INTERVAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define INTERVAL_MIN_TRIALS 5      /* below it no interval is given */
#define INTERVAL_BCA_MIN_TRIALS 40 /* from here on bounds are by the bootstrap, below by order statistics */
#define INTERVAL_CONFIDENCE 0.95

struct interval {
    size_t n;
    double estimate;    /* NaN when n is 0 */
    bool has_bounds;    /* n >= INTERVAL_MIN_TRIALS */
    double low, high;   /* NaN without bounds */
    const char *method; /* how the bounds were found, for a reader; NULL without bounds */
};

double statistics_median(const double *values, size_t n);
/* The median with its 95 % interval. */
void interval_of_median(const double *values, size_t n, uint64_t seed, const char *label, struct interval *interval);
/* The same with another confidence. */
void interval_of_median_at(double confidence, const double *values, size_t n, uint64_t seed, const char *label,
                           struct interval *interval);
/* exp of the median of log(a[i]/b[i]) with its 95 % interval; a and b are paired by block. Values must be > 0. */
void interval_of_ratio(const double *a, const double *b, size_t n, uint64_t seed, const char *label,
                       struct interval *interval);
/* Half the interval's width as a share of the estimate; NaN without bounds. */
double interval_half_width(const struct interval *interval);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Point estimates with intervals. Pure: the random stream is made from the seed that is passed, so that the same trials always
 * give the same interval.
 *
 * The interval of a median is one of order statistics below INTERVAL_BCA_MIN_TRIALS and a BCa bootstrap from there on. Nominal
 * 95 % intervals of simulated trials (tests/tools/statistics_coverage.c) hold the truth in 93.7 to 95.5 % by order statistics,
 * from 5 trials on. The medians of a small sample's resamples take few values, and BCa's bounds fall on one or the other: it
 * covers 94 to 95 % at 5, 6, 10 and 20 trials, but 87 % at 7, 91 % at 13 and 93 % at 21.
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

/* SPDX-License-Identifier: Apache-2.0 */
/* Point estimates with intervals. Pure: the random stream is made from the seed that is passed. */
#ifndef KBENCH_STATISTICS_INTERVAL_H
#define KBENCH_STATISTICS_INTERVAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define INTERVAL_MIN_TRIALS 5 /* below it no interval is given */

struct interval {
    size_t n;
    double estimate;    /* NaN when n is 0 */
    bool has_bounds;    /* n >= INTERVAL_MIN_TRIALS */
    double low, high;   /* 95 % */
    const char *method; /* how the bounds were found, for a reader; NULL without bounds */
};

double statistics_median(const double *values, size_t n);
/* Median with a 95 % BCa bootstrap interval (Efron & Tibshirani 1993, ch. 14), 9,999 resamples. */
void interval_of_median(const double *values, size_t n, uint64_t seed, const char *label, struct interval *interval);
/* exp of the median of log(a[i]/b[i]) with its BCa interval; a and b are paired by block. Values must be > 0. */
void interval_of_ratio(const double *a, const double *b, size_t n, uint64_t seed, const char *label,
                       struct interval *interval);
/* Half the interval's width as a share of the estimate; NaN without bounds. */
double interval_half_width(const struct interval *interval);

#endif

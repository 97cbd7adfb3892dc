/* SPDX-License-Identifier: Apache-2.0 */
/* An interval of a median by the bootstrap. Inside this room; others use interval.h. Pure. */
#ifndef KBENCH_STATISTICS_INTERVAL_BCA_H
#define KBENCH_STATISTICS_INTERVAL_BCA_H

#include <stddef.h>
#include <stdint.h>

/* 9,999 and not 10,000, so that 2.5 % and 97.5 % of (resamples + 1) are whole numbers. */
#define INTERVAL_BCA_RESAMPLES 9999

/*
 * Bias-corrected and accelerated (Efron & Tibshirani 1993, ch. 14) of resamples drawn by `seed` and `label`. `sorted`
 * ascends, n > 1.
 */
void interval_bca(const double *sorted, size_t n, double confidence, uint64_t seed, const char *label, double *low,
                  double *high);

#endif

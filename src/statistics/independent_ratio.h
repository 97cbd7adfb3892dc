/* SPDX-License-Identifier: Apache-2.0 */
/* The ratio between two samples that nothing pairs, such as the trials of two campaigns. Pure. */
#ifndef KBENCH_STATISTICS_INDEPENDENT_RATIO_H
#define KBENCH_STATISTICS_INDEPENDENT_RATIO_H

#include "statistics/interval.h"

/*
 * b to a: exp of the Hodges-Lehmann estimate of the shift between the logarithms (the median of all na × nb differences), with the
 * 95 % interval that inverts the Wilcoxon-Mann-Whitney test (Hollander, Wolfe & Chicken, Nonparametric Statistical Methods, 3rd
 * ed., sections 4.2 and 4.3). It needs no resampling, and its level is exact for any distribution, as long as both samples have
 * the same one but for the ratio: with five values each it covers 96.8 %. On simulated log-normal samples a percentile bootstrap of
 * the medians' ratio covers as much, and its interval is wider: by 2 % at five values each, by 17 % at nine.
 * Values must be above 0. `n` is the smaller sample's; bounds from INTERVAL_MIN_TRIALS on.
 */
void interval_of_independent_ratio(const double *a, size_t na, const double *b, size_t nb, struct interval *interval);

#endif

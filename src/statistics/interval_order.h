/* SPDX-License-Identifier: Apache-2.0 */
/* An interval of a median by order statistics. Inside this room; others use interval.h. Pure. */
#ifndef KBENCH_STATISTICS_INTERVAL_ORDER_H
#define KBENCH_STATISTICS_INTERVAL_ORDER_H

#include <stddef.h>

/*
 * The interval from the k-th lowest to the k-th highest of n values covers their distribution's median with the chance
 * 1 - 2 P(Binomial(n, 1/2) < k), whatever the distribution. Between the two k that lie above and below `confidence` it
 * is interpolated (Hettmansperger & Sheather 1986). Where even the lowest to the highest value cover less than
 * `confidence` (0.9375 at n = 5), each bound is put outwards by 0.3 of the distance to the next value inwards: at n = 5
 * that covers 95.2 to 95.5 % with normal, uniform, Laplace, Student's t with 3 degrees, log-normal and Cauchy values
 * (400,000 samples of each). `sorted` ascends, n > 1.
 */
void interval_order(const double *sorted, size_t n, double confidence, double *low, double *high);

#endif

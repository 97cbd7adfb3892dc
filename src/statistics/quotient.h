/* SPDX-License-Identifier: Apache-2.0 */
/* How one ratio compares to another that was found apart from it, by their intervals alone. Pure. */
#ifndef KBENCH_STATISTICS_QUOTIENT_H
#define KBENCH_STATISTICS_QUOTIENT_H

#include "statistics/interval.h"

/*
 * b to a, both positive and independent of each other. The 95 % interval is by the method of variance estimates recovery on the
 * logarithms (Zou & Donner 2008, "Construction of confidence limits about effect measures: a general approach", Statistics in
 * Medicine 27:1693-1702): each bound's distance from the estimate is the root of the sum of squares of the distances of the two
 * bounds that it comes from, so that intervals which are not symmetric stay so. Its level is as good as that of the two. Whether the
 * two intervals overlap would be no such test: of equal ratios they miss each other in about 6 of 1,000 repetitions only, so that
 * overlap hides differences that are plain.
 * `n` is the smaller one's; bounds when both have them; NaN when there is no estimate of both.
 */
void interval_of_quotient(const struct interval *a, const struct interval *b, struct interval *quotient);

#endif

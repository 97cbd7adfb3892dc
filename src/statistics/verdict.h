/* SPDX-License-Identifier: Apache-2.0 */
/* What an interval says of a claim that a value lies in a range. Pure. */
#ifndef KBENCH_STATISTICS_VERDICT_H
#define KBENCH_STATISTICS_VERDICT_H

#include "statistics/interval.h"

enum verdict {
    VERDICT_HOLDS,    /* the whole interval lies within the range */
    VERDICT_FAILS,    /* the whole interval lies outside, on one side */
    VERDICT_UNDECIDED /* the interval crosses a bound of the range, or there is none */
};

/* "holds", "fails", "undecided". */
const char *verdict_name(enum verdict verdict);
/* The range with its bounds; -INFINITY and INFINITY leave a side open. */
enum verdict verdict_judge(const struct interval *interval, double low, double high);

#endif

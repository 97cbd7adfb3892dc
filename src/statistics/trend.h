/* SPDX-License-Identifier: Apache-2.0 */
/* Does a series climb or fall? Pure. */
#ifndef KBENCH_STATISTICS_TREND_H
#define KBENCH_STATISTICS_TREND_H

#include <stddef.h>

#define TREND_MIN_VALUES 3

struct trend {
    double p_value; /* two-sided: how often a series without trend looks at least this much like one */
    double change;  /* over the whole series, as a share of its median: -0.1 for a fall by a tenth */
};

/*
 * `values` at equal distances in time. The p value is Mann's test (Mann 1945; Kendall 1975, ch. 4): exact for up to 30
 * values without ties, else by the normal distribution with the variance corrected for ties and S for continuity. The
 * change is the Theil–Sen slope (Sen 1968: the median of the slopes between all pairs of values) × n / median: one
 * stall does not bend it. The test takes the values as independent. Neighbouring seconds of a throughput are not quite:
 * judge by the change as well, never by the p value alone. Time and memory grow with n². Both are NaN below
 * TREND_MIN_VALUES, the change too when the median is 0.
 */
void trend_test(const double *values, size_t n, struct trend *trend);

#endif

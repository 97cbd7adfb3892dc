/* SPDX-License-Identifier: Apache-2.0 */
/* How small a difference an experiment could have called one. Pure. */
#ifndef KBENCH_STATISTICS_DETECTABLE_H
#define KBENCH_STATISTICS_DETECTABLE_H

#include "statistics/interval.h"

/*
 * From the interval of a ratio: the smallest difference, as a share (0.05: the one 5 % above the other), whose interval
 * would have excluded 1 in 8 of 10 repetitions of the experiment: exp((1 + z(0.8) / z(0.975)) × the half-width of the
 * log-ratio) - 1. That factor is a normal distribution's; with kbench's intervals a difference as large as the mean of
 * what experiments say is called in 79 to 81 % of them, from 5 to 30 blocks (tests/tools/statistics_power.c). A single
 * experiment's figure is as uncertain as its interval's width. NaN without bounds.
 */
double detectable_share(const struct interval *ratio);

#endif

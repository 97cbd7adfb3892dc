/* SPDX-License-Identifier: Apache-2.0 */
#include "statistics/stopping.h"

#include "base/banned.h"

void stopping_interval(const double *values, size_t n, uint64_t seed, const char *label, struct interval *interval)
{
    interval_of_median_at(STOPPING_CONFIDENCE, values, n, seed, label, interval);
}

bool stopping_is_reached(const double *values, size_t n, double precision, uint64_t seed, const char *label)
{
    struct interval interval;
    stopping_interval(values, n, seed, label, &interval);
    return interval.has_bounds && interval_half_width(&interval) <= precision;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "measure/histogram.h"
#include "measure/histogram_counts.h"

#include "base/banned.h"

/*
 * How many counts lie at or below the percentile: at least one, so that 0 % is the first value. The percentile is taken
 * a hair lower, lest a product such as 99.9 × 1000 / 100, rounded up, ends one count too far.
 */
static int64_t counts_at(const struct histogram *histogram, double percentile)
{
    double lowered = fmin(fmax(nextafter(percentile, -INFINITY), 0), 100);
    double counts = ceil(lowered * (double)histogram->total / 100);
    if (counts < 1)
        return 1;
    return counts < (double)histogram->total ? (int64_t)counts : histogram->total;
}

int64_t histogram_percentile(const struct histogram *histogram, double percentile)
{
    if (histogram->total == 0)
        return 0;
    int64_t wanted = counts_at(histogram, percentile);
    uint32_t index = histogram->first;
    for (int64_t reached = histogram->counts[index]; reached < wanted; reached += histogram->counts[index])
        index++;
    return percentile <= 0 ? histogram_lowest_at(histogram, index) : histogram_highest_at(histogram, index);
}

/* The next tick of the axis: `ticks` for the lower half, as many again for the half of what is left, and so on. */
static double next_level(double level, int ticks)
{
    int halvings = ilogb(100 / (100 - level));
    return level + 100 / ldexp(ticks, halvings + 1);
}

size_t histogram_distribution(const struct histogram *histogram, int ticks, struct histogram_point *points,
                              size_t capacity)
{
    size_t written = 0;
    double level = 0;
    int64_t cumulative = 0;
    if (histogram->total == 0 || ticks < 1)
        return 0;
    for (uint32_t i = histogram->first; i <= histogram->last; i++) {
        cumulative += histogram->counts[i];
        double percentile = 100 * (double)cumulative / (double)histogram->total;
        /* One value may span many ticks; the highest gets one, before 100 %. */
        while (histogram->counts[i] > 0 && level <= percentile && level < 100 && written < capacity) {
            points[written++] = (struct histogram_point){level, histogram_highest_at(histogram, i), cumulative};
            if (i == histogram->last)
                break;
            level = next_level(level, ticks);
        }
    }
    if (written < capacity)
        points[written++] = (struct histogram_point){100, histogram_max(histogram), cumulative};
    return written;
}

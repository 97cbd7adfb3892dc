/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The inside of a histogram, for this room alone: how a value finds its counter.
 *
 * Values below 2^k units (k: what the digits need) have a counter for each unit. Every further doubling of the value
 * doubles the width of a counter, so that half as many (2^(k-1)) cover it. Counters lie in the order of their values; a
 * shift and an addition lead from a value to its counter, without a search or a division.
 */
#ifndef KBENCH_MEASURE_HISTOGRAM_COUNTS_H
#define KBENCH_MEASURE_HISTOGRAM_COUNTS_H

#include <stdint.h>

#include "measure/histogram.h"

struct histogram {
    int64_t lowest, highest;
    int digits;
    int unit_shift;     /* log2 of the unit, the largest power of two that is not above `lowest` */
    int half_shift;     /* log2 of the number of counters in each doubling: k - 1 */
    uint64_t unit_mask; /* all bits of the values that have a counter for each unit */
    int64_t total;
    uint32_t first, last; /* the counters in use lie between these; first > last when there is none */
    uint32_t length;
    int64_t counts[];
};

/* `value` is between 0 and `highest`. */
static inline uint32_t histogram_index(const struct histogram *histogram, int64_t value)
{
    int top_bit = 63 - __builtin_clzll((uint64_t)value | histogram->unit_mask);
    int shift = top_bit - histogram->half_shift;
    return ((uint32_t)(shift - histogram->unit_shift) << histogram->half_shift) + (uint32_t)(value >> shift);
}

static inline void histogram_add(struct histogram *histogram, uint32_t index, int64_t count)
{
    histogram->counts[index] += count;
    histogram->total += count;
    if (index < histogram->first)
        histogram->first = index;
    if (index > histogram->last)
        histogram->last = index;
}

/* log2 of the width of a counter. */
static inline int histogram_width_shift(const struct histogram *histogram, uint32_t index)
{
    uint32_t doubling = index >> histogram->half_shift;
    return histogram->unit_shift + (doubling > 0 ? (int)doubling - 1 : 0);
}

static inline int64_t histogram_lowest_at(const struct histogram *histogram, uint32_t index)
{
    int shift = histogram_width_shift(histogram, index);
    uint32_t skipped = (uint32_t)(shift - histogram->unit_shift) << histogram->half_shift;
    return (int64_t)(index - skipped) << shift;
}

static inline int64_t histogram_highest_at(const struct histogram *histogram, uint32_t index)
{
    return histogram_lowest_at(histogram, index) + ((INT64_C(1) << histogram_width_shift(histogram, index)) - 1);
}

#endif

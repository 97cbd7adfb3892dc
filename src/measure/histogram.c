/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/histogram.h"

#include "base/clock.h"
#include "base/text.h"
#include "measure/histogram_counts.h"

#include "base/banned.h"

#define LATENCY_LOWEST_NS NS_PER_US
#define LATENCY_HIGHEST_NS (3600 * NS_PER_S)
#define LATENCY_DIGITS 3

static int log2_floor(uint64_t value)
{
    return 63 - __builtin_clzll(value);
}

/* The doublings of the first 2^(half_shift + 1) units that it takes to reach above `highest`. */
static int doublings_needed(int64_t highest, int unit_shift, int half_shift)
{
    int top_bit = log2_floor((uint64_t)highest);
    int covered_bits = half_shift + 1 + unit_shift;
    return top_bit < covered_bits ? 0 : top_bit - covered_bits + 1;
}

struct histogram *histogram_new(int64_t lowest, int64_t highest, int digits)
{
    if (lowest < 1 || lowest > INT64_MAX / 2 || highest < 2 * lowest || digits < 1 || digits > 5)
        return NULL;
    uint64_t largest_with_single_unit = 2;
    for (int i = 0; i < digits; i++)
        largest_with_single_unit *= 10;
    int unit_shift = log2_floor((uint64_t)lowest);
    int half_shift = log2_floor(largest_with_single_unit - 1); /* one below the power of two that has room for all */
    if (half_shift + 1 + unit_shift > 62)
        return NULL;

    size_t length = (size_t)(doublings_needed(highest, unit_shift, half_shift) + 2) << half_shift;
    struct histogram *histogram = memory_zeroed(1, sizeof *histogram + length * sizeof histogram->counts[0]);
    histogram->lowest = lowest;
    histogram->highest = highest;
    histogram->digits = digits;
    histogram->unit_shift = unit_shift;
    histogram->half_shift = half_shift;
    histogram->unit_mask = ((UINT64_C(2) << half_shift) - 1) << unit_shift;
    histogram->length = (uint32_t)length;
    histogram->first = UINT32_MAX;
    return histogram;
}

struct histogram *histogram_new_latency(void)
{
    return histogram_new(LATENCY_LOWEST_NS, LATENCY_HIGHEST_NS, LATENCY_DIGITS);
}

void histogram_free(struct histogram *histogram)
{
    free(histogram);
}

void histogram_reset(struct histogram *histogram)
{
    if (histogram->first <= histogram->last)
        memset(&histogram->counts[histogram->first], 0,
               (histogram->last - histogram->first + 1) * sizeof histogram->counts[0]);
    histogram->first = UINT32_MAX;
    histogram->last = 0;
    histogram->total = 0;
}

bool histogram_record(struct histogram *histogram, int64_t value, int64_t count)
{
    bool in_range = value >= 0 && value <= histogram->highest;
    if (value < 0)
        value = 0;
    else if (value > histogram->highest)
        value = histogram->highest;
    if (count > 0)
        histogram_add(histogram, histogram_index(histogram, value), count);
    return in_range;
}

bool histogram_merge(struct histogram *into, const struct histogram *from)
{
    int64_t sum;
    if (into->lowest != from->lowest || into->highest != from->highest || into->digits != from->digits ||
        __builtin_add_overflow(into->total, from->total, &sum))
        return false;
    for (uint32_t i = from->first; i <= from->last; i++)
        if (from->counts[i] > 0)
            histogram_add(into, i, from->counts[i]);
    return true;
}

int histogram_digits(const struct histogram *histogram)
{
    return histogram->digits;
}

int64_t histogram_count(const struct histogram *histogram)
{
    return histogram->total;
}

int64_t histogram_min(const struct histogram *histogram)
{
    return histogram->total > 0 ? histogram_lowest_at(histogram, histogram->first) : 0;
}

int64_t histogram_max(const struct histogram *histogram)
{
    return histogram->total > 0 ? histogram_highest_at(histogram, histogram->last) : 0;
}

double histogram_mean(const struct histogram *histogram)
{
    if (histogram->total == 0)
        return 0;
    double sum = 0;
    for (uint32_t i = histogram->first; i <= histogram->last; i++) {
        int64_t half_width = (INT64_C(1) << histogram_width_shift(histogram, i)) >> 1;
        sum += (double)(histogram_lowest_at(histogram, i) + half_width) * (double)histogram->counts[i];
    }
    return sum / (double)histogram->total;
}

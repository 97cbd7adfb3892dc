/* SPDX-License-Identifier: Apache-2.0 */
/*
 * HdrHistogram (Gil Tene, hdrhistogram.org) of non-negative int64 values: fixed range, fixed number of significant
 * digits, constant memory; counts index and V2 encoding as the Java library has them, so that its payloads can be read
 * by it.
 *
 * It is written here because Debian 12 packages HdrHistogram for Java and Go only, not for C.
 *
 * Values that share a counter cannot be told apart afterwards: what is given back is the lowest (minimum) or the
 * highest (maximum, percentiles) value of the counter, as the Java library does it.
 */
#ifndef KBENCH_MEASURE_HISTOGRAM_H
#define KBENCH_MEASURE_HISTOGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct histogram;

/* Latency: 1 µs to 1 h at 3 significant digits, the lowest discernible value being 1 µs (values are in ns). */
struct histogram *histogram_new_latency(void);
/* Any range, as the Java constructor: lowest ≥ 1, highest ≥ 2·lowest, 1 to 5 digits. NULL when it does not fit. */
struct histogram *histogram_new(int64_t lowest, int64_t highest, int digits);
void histogram_free(struct histogram *histogram);
void histogram_reset(struct histogram *histogram);
/* Count `value` `count` times. False when it is outside 0 … highest (it is then recorded as the bound) — never lost. */
bool histogram_record(struct histogram *histogram, int64_t value, int64_t count);
/* Add all of `from`. False, and nothing is added, when it is not of the same configuration. */
bool histogram_merge(struct histogram *into, const struct histogram *from);

int histogram_digits(const struct histogram *histogram); /* significant ones */
int64_t histogram_count(const struct histogram *histogram);
int64_t histogram_min(const struct histogram *histogram); /* 0 when empty, as the others */
int64_t histogram_max(const struct histogram *histogram);
double histogram_mean(const struct histogram *histogram);
/* The highest value equivalent to the one at `percentile` (0 … 100), as getValueAtPercentile(). */
int64_t histogram_percentile(const struct histogram *histogram, double percentile);
/* One point of a percentile distribution: the value below which a share of `percentile` % of all counts lies. */
struct histogram_point {
    double percentile;
    int64_t value;
    int64_t cumulative;
};
/*
 * HdrHistogram's customary percentile axis (`ticks` steps per halving of the distance to 100 %, as its percentile
 * iterator). Returns the number of points written, at most `capacity`.
 */
size_t histogram_distribution(const struct histogram *histogram, int ticks, struct histogram_point *points,
                              size_t capacity);

/* V2 compressed payload (cookie 0x1c849304 around 0x1c849303, zlib), base64. The caller frees; NULL: `error`. */
char *histogram_encode(const struct histogram *histogram, struct error *error);
struct histogram *histogram_decode(const char *base64, struct error *error);

#endif

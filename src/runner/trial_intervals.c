/* SPDX-License-Identifier: Apache-2.0 */
#include "runner/trial_intervals.h"

#include <math.h>

#include "base/clock.h"
#include "statistics/trend.h"

#include "base/banned.h"

/* The test's time and memory grow with the square: of longer windows, several seconds are one value. */
#define TREND_VALUES_MAX 1000

static int64_t absent_if_negative(int64_t value)
{
    return value < 0 ? STORE_ABSENT : value;
}

static double cpu_between(double before_s, double after_s)
{
    return before_s < 0 || after_s < 0 ? NAN : after_s - before_s;
}

static void take_point(struct store_interval *interval, const struct series *series, size_t index,
                       const struct sampler *sampler)
{
    const struct series_point *point = &series->points[index];
    int64_t from_ns = series->start_ns + (int64_t)index * series->interval_ns;
    struct sampler_reading before, after;
    sampler_at(sampler, from_ns, &before);
    sampler_at(sampler, from_ns + series->interval_ns, &after);
    double steal_s = cpu_between(before.steal_s, after.steal_s);
    double total_s = cpu_between(before.total_s, after.total_s);
    *interval = (struct store_interval){
        .interval_ms = series->interval_ns / NS_PER_MS,
        .offset_ms = (int64_t)index * series->interval_ns / NS_PER_MS,
        .records = point->records,
        .bytes = point->bytes,
        .failed = point->failed,
        .p50_ns = absent_if_negative(point->p50_ns),
        .p99_ns = absent_if_negative(point->p99_ns),
        .max_ns = absent_if_negative(point->max_ns),
        .client_cpu_s = cpu_between(before.client_cpu_s, after.client_cpu_s),
        .broker_cpu_s = cpu_between(before.broker_cpu_s, after.broker_cpu_s),
        .steal_percent = total_s > 0 ? 100 * steal_s / total_s : NAN,
    };
}

/* Records of the seconds [first, first + count), none where the series has ended before. */
static double records_of(const struct series *seconds, size_t first, size_t count)
{
    double records = 0;
    for (size_t i = first; i < first + count && i < seconds->count; i++)
        records += (double)seconds->points[i].records;
    return records;
}

static void take_trend(struct trial *trial, const struct measure_result *measured)
{
    const struct series *seconds = &measured->seconds;
    int64_t from_ns = measured->window_start_ns - seconds->start_ns,
            to_ns = measured->window_end_ns - seconds->start_ns;
    if (from_ns < 0 || to_ns < from_ns)
        return;
    size_t first = (size_t)((from_ns + NS_PER_S - 1) / NS_PER_S), end = (size_t)(to_ns / NS_PER_S);
    size_t whole = end > first ? end - first : 0, together = whole / TREND_VALUES_MAX + 1, count = whole / together;
    double *values = memory_zeroed(count + 1, sizeof *values);
    for (size_t i = 0; i < count; i++)
        values[i] = records_of(seconds, first + i * together, together);
    struct trend trend;
    trend_test(values, count, &trend);
    trial->row.trend_percent = 100 * trend.change;
    trial->row.trend_p_value = trend.p_value;
    free(values);
}

void trial_intervals_take(struct trial *trial, const struct measure_result *measured, const struct sampler *sampler)
{
    const struct series *all[] = {&measured->seconds, &measured->tenths};
    size_t count = measured->seconds.count + measured->tenths.count;
    trial->intervals = memory_zeroed(count, sizeof *trial->intervals);
    size_t at = 0;
    for (size_t s = 0; s < sizeof all / sizeof *all; s++)
        for (size_t i = 0; i < all[s]->count; i++)
            take_point(&trial->intervals[at++], all[s], i, sampler);
    trial->row.intervals = trial->intervals;
    trial->row.interval_count = count;
    take_trend(trial, measured);
}

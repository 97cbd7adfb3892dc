/* SPDX-License-Identifier: Apache-2.0 */
#include "statistics/interval.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

#include "base/text.h"
#include "statistics/interval_bca.h"
#include "statistics/interval_order.h"

#include "base/banned.h"

/* Interpolated, a nominal 95 % falls short by up to half a percent at some numbers of trials. For a median that does not
 * matter; but two equal clients must not be called different in more than 5 of 100 experiments. */
#define RATIO_CONFIDENCE 0.955

/* The values in ascending order. The caller frees. */
static double *sorted_copy(const double *values, size_t n)
{
    double *sorted = memory_zeroed(n, sizeof *sorted);
    memcpy(sorted, values, n * sizeof *sorted);
    gsl_sort(sorted, 1, n);
    return sorted;
}

double statistics_median(const double *values, size_t n)
{
    if (n == 0)
        return NAN;
    double *sorted = sorted_copy(values, n);
    double median = gsl_stats_median_from_sorted_data(sorted, 1, n);
    free(sorted);
    return median;
}

/* Of the logarithms of ratios as they are; of measured quantities see interval_of_median_at(). */
static void find_bounds(double confidence, const double *values, size_t n, uint64_t seed, const char *label,
                        struct interval *interval)
{
    *interval = (struct interval){.n = n, .estimate = statistics_median(values, n), .low = NAN, .high = NAN};
    if (n < INTERVAL_MIN_TRIALS)
        return;
    double *sorted = sorted_copy(values, n);
    interval->has_bounds = true;
    if (n < INTERVAL_BCA_MIN_TRIALS) {
        interval->method = "order statistics";
        interval_order(sorted, n, confidence, &interval->low, &interval->high);
    } else {
        interval->method = "BCa bootstrap";
        interval_bca(sorted, n, confidence, seed, label, &interval->low, &interval->high);
    }
    free(sorted);
}

/* A bound of a rate or a time is not put beyond what was measured, where it could become negative. */
void interval_of_median_at(double confidence, const double *values, size_t n, uint64_t seed, const char *label,
                           struct interval *interval)
{
    find_bounds(confidence, values, n, seed, label, interval);
    if (!interval->has_bounds)
        return;
    interval->low = fmax(interval->low, gsl_stats_min(values, 1, n));
    interval->high = fmin(interval->high, gsl_stats_max(values, 1, n));
}

void interval_of_median(const double *values, size_t n, uint64_t seed, const char *label, struct interval *interval)
{
    interval_of_median_at(INTERVAL_CONFIDENCE, values, n, seed, label, interval);
}

void interval_of_ratio(const double *a, const double *b, size_t n, uint64_t seed, const char *label,
                       struct interval *interval)
{
    double *logs = memory_zeroed(n ? n : 1, sizeof *logs);
    for (size_t i = 0; i < n; i++)
        logs[i] = log(a[i] / b[i]);
    find_bounds(RATIO_CONFIDENCE, logs, n, seed, label, interval);
    interval->estimate = exp(interval->estimate);
    interval->low = exp(interval->low);
    interval->high = exp(interval->high);
    free(logs);
}

double interval_half_width(const struct interval *interval)
{
    return interval->has_bounds ? (interval->high - interval->low) / 2 / fabs(interval->estimate) : NAN;
}

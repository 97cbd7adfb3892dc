/* SPDX-License-Identifier: Apache-2.0 */
#include "statistics/interval.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

#include "base/random.h"
#include "base/text.h"

#include "base/banned.h"

/* 9,999 and not 10,000, so that 2.5 % and 97.5 % of (resamples + 1) are whole numbers. */
#define RESAMPLES 9999

double statistics_median(const double *values, size_t n)
{
    if (n == 0)
        return NAN;
    double *copy = memory_zeroed(n, sizeof *copy);
    memcpy(copy, values, n * sizeof *copy);
    double median = gsl_stats_median(copy, 1, n);
    free(copy);
    return median;
}

/* The medians of RESAMPLES resamples with replacement, sorted. The caller frees. */
static double *resampled_medians(const double *values, size_t n, uint64_t seed, const char *label)
{
    gsl_rng *stream = random_stream(seed, label);
    double *medians = memory_zeroed(RESAMPLES, sizeof *medians);
    double *resample = memory_zeroed(n, sizeof *resample);
    for (size_t i = 0; i < RESAMPLES; i++) {
        for (size_t j = 0; j < n; j++)
            resample[j] = values[gsl_rng_uniform_int(stream, n)];
        medians[i] = gsl_stats_median(resample, 1, n);
    }
    gsl_sort(medians, 1, RESAMPLES);
    free(resample);
    gsl_rng_free(stream);
    return medians;
}

/* Phi^-1 of the share of resamples below the estimate. The median of a small sample is tied with many of its resamples: a tie
 * counts half, else z0 would be biased by the ties alone. The share is kept off 0 and 1, where z0 would be infinite. */
static double bias_correction(const double *sorted, double estimate)
{
    double below = 0;
    for (size_t i = 0; i < RESAMPLES; i++)
        below += sorted[i] < estimate ? 1.0 : sorted[i] == estimate ? 0.5 : 0.0;
    return gsl_cdf_ugaussian_Pinv(fmin(fmax(below, 0.5), RESAMPLES - 0.5) / RESAMPLES);
}

/* The acceleration by the jackknife (Efron & Tibshirani 1993, eq. 14.15). Where leaving out any value gives the same
 * median the formula is 0/0; nothing then speaks for a skew, and 0 is taken. */
static double acceleration(const double *values, size_t n)
{
    double *medians = memory_zeroed(n, sizeof *medians);
    double *rest = memory_zeroed(n, sizeof *rest);
    for (size_t i = 0; i < n; i++) {
        memcpy(rest, values, i * sizeof *rest);
        memcpy(rest + i, values + i + 1, (n - i - 1) * sizeof *rest);
        medians[i] = gsl_stats_median(rest, 1, n - 1);
    }
    double mean = gsl_stats_mean(medians, 1, n), squares = 0, cubes = 0;
    for (size_t i = 0; i < n; i++) {
        double difference = mean - medians[i];
        squares += difference * difference;
        cubes += difference * difference * difference;
    }
    free(rest);
    free(medians);
    return squares > 0 ? cubes / (6 * pow(squares, 1.5)) : 0;
}

static double bca_bound(const double *sorted, double z0, double a, double z)
{
    double denominator = 1 - a * (z0 + z);
    double share = denominator > 0 ? gsl_cdf_ugaussian_P(z0 + (z0 + z) / denominator) : (z > 0 ? 1.0 : 0.0);
    return gsl_stats_quantile_from_sorted_data(sorted, 1, RESAMPLES, share);
}

void interval_of_median(const double *values, size_t n, uint64_t seed, const char *label, struct interval *interval)
{
    *interval = (struct interval){.n = n, .estimate = statistics_median(values, n), .low = NAN, .high = NAN};
    if (n < INTERVAL_MIN_TRIALS)
        return;
    double *sorted = resampled_medians(values, n, seed, label);
    double z0 = bias_correction(sorted, interval->estimate);
    double a = acceleration(values, n);
    interval->has_bounds = true;
    interval->method = "BCa bootstrap";
    interval->low = bca_bound(sorted, z0, a, gsl_cdf_ugaussian_Pinv(0.025));
    interval->high = bca_bound(sorted, z0, a, gsl_cdf_ugaussian_Pinv(0.975));
    free(sorted);
}

void interval_of_ratio(const double *a, const double *b, size_t n, uint64_t seed, const char *label,
                       struct interval *interval)
{
    double *logs = memory_zeroed(n ? n : 1, sizeof *logs);
    for (size_t i = 0; i < n; i++)
        logs[i] = log(a[i] / b[i]);
    interval_of_median(logs, n, seed, label, interval);
    interval->estimate = exp(interval->estimate);
    interval->low = exp(interval->low);
    interval->high = exp(interval->high);
    free(logs);
}

double interval_half_width(const struct interval *interval)
{
    return interval->has_bounds ? (interval->high - interval->low) / 2 / fabs(interval->estimate) : NAN;
}

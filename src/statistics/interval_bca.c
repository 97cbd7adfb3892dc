/* SPDX-License-Identifier: Apache-2.0 */
#include "statistics/interval_bca.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

#include "base/random.h"
#include "base/text.h"

#include "base/banned.h"

/* The median of a resample in which the i-th value of `sorted` is drawn drawn[i] times. */
static double resample_median(const double *sorted, const unsigned *drawn, size_t n)
{
    size_t lower_rank = (n - 1) / 2, upper_rank = n / 2, at = 0, passed = drawn[0];
    while (passed <= lower_rank)
        passed += drawn[++at];
    double lower = sorted[at];
    while (passed <= upper_rank)
        passed += drawn[++at];
    return (lower + sorted[at]) / 2;
}

/* The medians of INTERVAL_BCA_RESAMPLES resamples with replacement, ascending. The caller frees. */
static double *resampled_medians(const double *sorted, size_t n, uint64_t seed, const char *label)
{
    gsl_rng *stream = random_stream(seed, label);
    double *medians = memory_zeroed(INTERVAL_BCA_RESAMPLES, sizeof *medians);
    unsigned *drawn = memory_zeroed(n, sizeof *drawn);
    for (size_t i = 0; i < INTERVAL_BCA_RESAMPLES; i++) {
        memset(drawn, 0, n * sizeof *drawn);
        for (size_t j = 0; j < n; j++)
            drawn[gsl_rng_uniform_int(stream, n)]++;
        medians[i] = resample_median(sorted, drawn, n);
    }
    gsl_sort(medians, 1, INTERVAL_BCA_RESAMPLES);
    free(drawn);
    gsl_rng_free(stream);
    return medians;
}

/* Phi^-1 of the share of resamples below the estimate. The median of a small sample is tied with many of its
 * resamples: a tie counts half, else z0 would be biased by the ties alone. The share is kept off 0 and 1, where z0
 * would be infinite. */
static double bias_correction(const double *medians, double estimate)
{
    double below = 0;
    for (size_t i = 0; i < INTERVAL_BCA_RESAMPLES; i++)
        below += medians[i] < estimate ? 1.0 : medians[i] == estimate ? 0.5 : 0.0;
    return gsl_cdf_ugaussian_Pinv(fmin(fmax(below, 0.5), INTERVAL_BCA_RESAMPLES - 0.5) / INTERVAL_BCA_RESAMPLES);
}

/* The acceleration by the jackknife (Efron & Tibshirani 1993, eq. 14.15). Where leaving out any value gives the same
 * median the formula is 0/0; nothing then speaks for a skew, and 0 is taken. */
static double acceleration(const double *sorted, size_t n)
{
    double *medians = memory_zeroed(n, sizeof *medians);
    double *rest = memory_zeroed(n, sizeof *rest);
    for (size_t i = 0; i < n; i++) {
        memcpy(rest, sorted, i * sizeof *rest);
        memcpy(rest + i, sorted + i + 1, (n - i - 1) * sizeof *rest);
        medians[i] = gsl_stats_median_from_sorted_data(rest, 1, n - 1);
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

static double bound(const double *medians, double z0, double a, double z)
{
    double denominator = 1 - a * (z0 + z);
    double share = denominator > 0 ? gsl_cdf_ugaussian_P(z0 + (z0 + z) / denominator) : (z > 0 ? 1.0 : 0.0);
    return gsl_stats_quantile_from_sorted_data(medians, 1, INTERVAL_BCA_RESAMPLES, share);
}

void interval_bca(const double *sorted, size_t n, double confidence, uint64_t seed, const char *label, double *low,
                  double *high)
{
    double *medians = resampled_medians(sorted, n, seed, label);
    double z0 = bias_correction(medians, gsl_stats_median_from_sorted_data(sorted, 1, n));
    double a = acceleration(sorted, n), z = gsl_cdf_ugaussian_Pinv((1 + confidence) / 2);
    *low = bound(medians, z0, a, -z);
    *high = bound(medians, z0, a, z);
    free(medians);
}

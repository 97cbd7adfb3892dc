/* SPDX-License-Identifier: Apache-2.0 */
#include "statistics/trend.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

#include "base/text.h"
#include "statistics/interval.h"

#include "base/banned.h"

#define EXACT_MAX_VALUES 30

/* Kendall's S: the pairs that climb less those that fall. */
static double kendall_score(const double *values, size_t n)
{
    double score = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            score += (values[j] > values[i]) - (values[j] < values[i]);
    return score;
}

/* The sum of t(t-1)(2t+5) over the groups of t equal values: what ties take off 18 times the variance of S. */
static double tie_term(const double *values, size_t n)
{
    double *sorted = memory_zeroed(n, sizeof *sorted), term = 0;
    memcpy(sorted, values, n * sizeof *sorted);
    gsl_sort(sorted, 1, n);
    for (size_t i = 0; i < n;) {
        size_t first = i;
        while (i < n && sorted[i] == sorted[first])
            i++;
        double t = (double)(i - first);
        term += t * (t - 1) * (2 * t + 5);
    }
    free(sorted);
    return term;
}

/* S = pairs - 2 × inversions. With every order equally likely, inserting the k-th value adds 0 … k-1 inversions, each
 * with the chance 1/k: from that the distribution of the inversions is built up, and its lower tail is taken twice. */
static double exact_p_value(size_t n, double score)
{
    size_t pairs = n * (n - 1) / 2;
    double *chance = memory_zeroed(pairs + 1, sizeof *chance), *next = memory_zeroed(pairs + 1, sizeof *next);
    chance[0] = 1;
    for (size_t k = 2; k <= n; k++) {
        for (size_t i = 0; i <= k * (k - 1) / 2; i++) {
            next[i] = 0;
            for (size_t added = 0; added < k && added <= i; added++)
                next[i] += chance[i - added] / (double)k;
        }
        memcpy(chance, next, (pairs + 1) * sizeof *chance);
    }
    double tail = 0;
    for (size_t i = 0; i <= pairs && (double)pairs - 2 * (double)i >= fabs(score); i++)
        tail += chance[i];
    free(next);
    free(chance);
    return fmin(2 * tail, 1);
}

static double normal_p_value(size_t n, double score, double ties)
{
    double count = (double)n, variance = (count * (count - 1) * (2 * count + 5) - ties) / 18;
    if (variance <= 0 || score == 0)
        return 1;
    return 2 * gsl_cdf_ugaussian_Q((fabs(score) - 1) / sqrt(variance));
}

static double theil_sen_slope(const double *values, size_t n)
{
    double *slopes = memory_zeroed(n * (n - 1) / 2, sizeof *slopes);
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            slopes[count++] = (values[j] - values[i]) / (double)(j - i);
    double slope = gsl_stats_median(slopes, 1, count);
    free(slopes);
    return slope;
}

void trend_test(const double *values, size_t n, struct trend *trend)
{
    *trend = (struct trend){.p_value = NAN, .change = NAN};
    if (n < TREND_MIN_VALUES)
        return;
    double score = kendall_score(values, n), ties = tie_term(values, n), median = statistics_median(values, n);
    bool exact = ties == 0 && n <= EXACT_MAX_VALUES;
    trend->p_value = exact ? exact_p_value(n, score) : normal_p_value(n, score, ties);
    if (median != 0)
        trend->change = theil_sen_slope(values, n) * (double)n / fabs(median);
}

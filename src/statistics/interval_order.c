/* SPDX-License-Identifier: Apache-2.0 */
#include "statistics/interval_order.h"

#include <gsl/gsl_cdf.h>

#include "base/banned.h"

#define OUTWARDS 0.3 /* of the distance between the two outermost values */

/* Of the interval from the k-th lowest to the k-th highest value. */
static double coverage(size_t n, size_t k)
{
    return 1 - 2 * gsl_cdf_binomial_P((unsigned)(k - 1), 0.5, (unsigned)n);
}

/* How far the bounds lie from the k-th values towards the next ones inwards: 0 to 1, or below 0 for outwards. */
static double inward_weight(size_t n, size_t k, double confidence)
{
    double wider = coverage(n, k);
    if (wider < confidence)
        return -OUTWARDS;
    if (wider == confidence || 2 * (k + 1) > n)
        return 0;
    double share = (wider - confidence) / (wider - coverage(n, k + 1));
    return (double)(n - k) * share / ((double)k + (double)(n - 2 * k) * share);
}

void interval_order(const double *sorted, size_t n, double confidence, double *low, double *high)
{
    size_t k = 1;
    while (2 * (k + 1) <= n && coverage(n, k + 1) >= confidence)
        k++;
    double weight = inward_weight(n, k, confidence);
    *low = sorted[k - 1] + weight * (sorted[k] - sorted[k - 1]);
    *high = sorted[n - k] - weight * (sorted[n - k] - sorted[n - k - 1]);
}

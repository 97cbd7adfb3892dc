/* SPDX-License-Identifier: Apache-2.0 */
#include "statistics/independent_ratio.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

#include "base/text.h"

#include "base/banned.h"

#define TAIL 0.025
#define EXACT_MAX 50 /* values; above it the normal approximation of the ranks is as good */

/* The Mann-Whitney statistic counts the pairs in which the value of a is the larger. Of all orders of na + nb values, each as likely
 * as the others, the share in which it is u, for each u from 0 to na × nb. The largest value of all is of a, and then above all m
 * of b, or it is of b (Mann & Whitney 1947): f(n, m, u) = (n f(n-1, m, u-m) + m f(n, m-1, u)) / (n + m). The caller frees. */
static double *null_distribution(size_t na, size_t nb)
{
    size_t width = na * nb + 1;
    double *rows = memory_zeroed((nb + 1) * width, sizeof *rows); /* of the n so far, by m */
    for (size_t m = 0; m <= nb; m++)
        rows[m * width] = 1; /* n is 0 */
    for (size_t n = 1; n <= na; n++)
        for (size_t m = 1; m <= nb; m++)
            for (size_t u = width; u-- > 0;) {
                double last_of_a = u >= m && u - m <= (n - 1) * m ? rows[m * width + u - m] : 0;
                double last_of_b = u <= n * (m - 1) ? rows[(m - 1) * width + u] : 0;
                rows[m * width + u] = ((double)n * last_of_a + (double)m * last_of_b) / (double)(n + m);
            }
    double *shares = memory_zeroed(width, sizeof *shares);
    memcpy(shares, rows + nb * width, width * sizeof *shares);
    free(rows);
    return shares;
}

/* How many of the sorted differences an interval has outside at each end, and one more: it begins and ends with such a one. */
static size_t rank_of_bound(size_t na, size_t nb)
{
    double count = (double)na * (double)nb;
    size_t rank = 0;
    if (na > EXACT_MAX || nb > EXACT_MAX) {
        double deviation = sqrt(count * (double)(na + nb + 1) / 12);
        return (size_t)fmax(1, floor(count / 2 + gsl_cdf_ugaussian_Pinv(TAIL) * deviation));
    }
    double *shares = null_distribution(na, nb), below = 0;
    while (below + shares[rank] <= TAIL)
        below += shares[rank++];
    free(shares);
    return rank;
}

void interval_of_independent_ratio(const double *a, size_t na, const double *b, size_t nb, struct interval *interval)
{
    size_t count = na * nb;
    *interval = (struct interval){.n = na < nb ? na : nb, .estimate = NAN, .low = NAN, .high = NAN};
    if (count == 0)
        return;
    double *differences = memory_zeroed(count, sizeof *differences);
    for (size_t i = 0; i < na; i++)
        for (size_t j = 0; j < nb; j++)
            differences[i * nb + j] = log(b[j]) - log(a[i]);
    gsl_sort(differences, 1, count);
    interval->estimate = exp(gsl_stats_median_from_sorted_data(differences, 1, count));
    if (interval->n >= INTERVAL_MIN_TRIALS) {
        size_t rank = rank_of_bound(na, nb); /* 3 and more: five values each give 3 */
        interval->has_bounds = true;
        interval->method = "rank-sum test";
        interval->low = exp(differences[rank - 1]);
        interval->high = exp(differences[count - rank]);
    }
    free(differences);
}

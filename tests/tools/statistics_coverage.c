/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How often nominal 95 % intervals hold the truth, kbench's and others'. statistics_coverage REPETITIONS BOOTSTRAPS:
 * the second for the bootstrap, which takes longer. 1 less the ratio's coverage is how often an A/A experiment calls a
 * difference.
 */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <stdlib.h>
#include <string.h>

#include "statistics/interval_bca.h"
#include "tools/statistics_simulation.h"

/* The values, or their log-ratios, in ascending order. */
static void sort(const double *a, const double *b, size_t n, double *sorted)
{
    for (size_t i = 0; i < n; i++)
        sorted[i] = b ? log(a[i] / b[i]) : a[i];
    gsl_sort(sorted, 1, n);
}

static void take_bounds(double low, double high, bool is_ratio, struct interval *interval)
{
    *interval = (struct interval){.low = is_ratio ? exp(low) : low, .high = is_ratio ? exp(high) : high};
}

static void bca(const double *a, const double *b, size_t n, uint64_t seed, struct interval *interval)
{
    double sorted[SIMULATION_MAX_TRIALS], low, high;
    sort(a, b, n, sorted);
    interval_bca(sorted, n, INTERVAL_CONFIDENCE, seed, "simulation", &low, &high);
    take_bounds(low, high, b, interval);
}

/* Median ± z × a standard error from two order statistics, some sqrt(n) off the middle (Price & Bonett 2001). */
static void price_bonett(const double *a, const double *b, size_t n, uint64_t seed, struct interval *interval)
{
    (void)seed;
    double sorted[SIMULATION_MAX_TRIALS], count = (double)n;
    sort(a, b, n, sorted);
    size_t k = (size_t)fmax(1, round((count + 1) / 2 - sqrt(count)));
    double tail = gsl_cdf_binomial_P((unsigned)k - 1, 0.5, (unsigned)n);
    double error = (sorted[n - k] - sorted[k - 1]) / (2 * gsl_cdf_ugaussian_Qinv(tail));
    double median = gsl_stats_median_from_sorted_data(sorted, 1, n), z = gsl_cdf_ugaussian_Pinv(0.975);
    take_bounds(median - z * error, median + z * error, b, interval);
}

static void print_table(enum model model, bool is_ratio, int repetitions, int bootstraps)
{
    static const size_t trials[] = {5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 20, 30, 40};
    printf("%s, %s: coverage in %%, mean width as a share of kbench's\n", is_ratio ? "ratio within blocks" : "median",
           model_name(model));
    printf("   n  kbench     BCa        Price-Bonett\n");
    for (size_t i = 0; i < sizeof trials / sizeof trials[0]; i++) {
        size_t n = trials[i];
        /* From here on kbench takes the bootstrap itself. */
        int kbench_repetitions = n < INTERVAL_BCA_MIN_TRIALS ? repetitions : bootstraps;
        struct simulation kbench = simulate(model, is_ratio, n, kbench_repetitions, simulation_kbench);
        struct simulation boot = simulate(model, is_ratio, n, bootstraps, bca);
        struct simulation price = simulate(model, is_ratio, n, repetitions, price_bonett);
        printf("%4zu  %5.1f   %5.1f  %5.2f   %5.1f  %5.2f\n", n, 100 * kbench.coverage, 100 * boot.coverage,
               boot.width / kbench.width, 100 * price.coverage, price.width / kbench.width);
        fflush(stdout);
    }
    putchar('\n');
}

int main(int argc, char **argv)
{
    int repetitions = argc == 3 ? (int)strtol(argv[1], NULL, 10) : 0;
    int bootstraps = argc == 3 ? (int)strtol(argv[2], NULL, 10) : 0;
    if (repetitions <= 0 || bootstraps <= 0) {
        fprintf(stderr, "usage: statistics_coverage REPETITIONS BOOTSTRAPS\n");
        return 2;
    }
    for (int is_ratio = 0; is_ratio <= 1; is_ratio++)
        for (int model = 0; model < MODEL_COUNT; model++)
            print_table((enum model)model, is_ratio, repetitions, bootstraps);
    return 0;
}

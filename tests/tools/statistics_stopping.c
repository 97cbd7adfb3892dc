/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What it does to an interval that the number of trials was chosen by its width: `min` 5, `max` 15, normal trials.
 * Coverage when looks and report take the 95 % interval, and with kbench's. statistics_stopping REPETITIONS
 */
#include <stdlib.h>
#include <string.h>

#include "tools/statistics_simulation.h"

/* The 95 % interval of the ratio of two such clients, of the blocks that both have. */
static double ratio_coverage(double precision, double cv, int repetitions)
{
    double a[STOPPING_MAX], b[STOPPING_MAX];
    int holds = 0;
    gsl_rng *stream = random_stream((uint64_t)(1000 * cv), "stopping ratio");
    for (int i = 0; i < repetitions; i++) {
        for (size_t j = 0; j < STOPPING_MAX; j++) {
            a[j] = 1 + cv * gsl_ran_ugaussian(stream);
            b[j] = 1 + cv * gsl_ran_ugaussian(stream);
        }
        size_t stop_a = trials_until_precise(a, precision, STOPPING_CONFIDENCE);
        size_t stop_b = trials_until_precise(b, precision, STOPPING_CONFIDENCE);
        size_t n = stop_a && (!stop_b || stop_a < stop_b) ? stop_a : stop_b ? stop_b : STOPPING_MAX;
        struct interval interval;
        interval_of_ratio(a, b, n, 0, "stopping", &interval);
        holds += holds_truth(&interval);
    }
    gsl_rng_free(stream);
    return (double)holds / repetitions;
}

int main(int argc, char **argv)
{
    static const double precisions[] = {0.03, 0.05, 0.10};
    static const double variations[] = {0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.10, 0.12, 0.15};
    int repetitions = argc == 2 ? (int)strtol(argv[1], NULL, 10) : 0;
    if (repetitions <= 0) {
        fprintf(stderr, "usage: statistics_stopping REPETITIONS\n");
        return 2;
    }
    printf("                 looks at 95 %%             kbench: looks at %g %%\n", 100 * STOPPING_CONFIDENCE);
    printf("precision   CV   coverage trials reached   coverage trials reached   ratio's coverage\n");
    for (size_t p = 0; p < sizeof precisions / sizeof precisions[0]; p++)
        for (size_t v = 0; v < sizeof variations / sizeof variations[0]; v++) {
            double precision = precisions[p], cv = variations[v];
            struct stopped plain = simulate_stopping(precision, cv, INTERVAL_CONFIDENCE, repetitions);
            struct stopped kbench = simulate_stopping(precision, cv, STOPPING_CONFIDENCE, repetitions);
            printf("%6.0f %%  %3.0f %%   %6.1f %%  %5.1f  %4.0f %%    %6.1f %%  %5.1f  %4.0f %%    %6.1f %%\n",
                   100 * precision, 100 * cv, 100 * plain.coverage, plain.trials, 100 * plain.reached,
                   100 * kbench.coverage, kbench.trials, 100 * kbench.reached,
                   100 * ratio_coverage(precision, cv, repetitions));
            fflush(stdout);
        }
    return 0;
}

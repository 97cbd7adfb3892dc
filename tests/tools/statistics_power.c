/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Is a difference as large as detectable_share() says called in 8 of 10 experiments? An A/A experiment's interval,
 * shifted by the difference, is that of an experiment which has it. statistics_power REPETITIONS
 */
#include <stdlib.h>
#include <string.h>

#include "tools/statistics_simulation.h"

int main(int argc, char **argv)
{
    static const size_t trials[] = {5, 6, 7, 8, 9, 10, 12, 15, 20, 30};
    int repetitions = argc == 2 ? (int)strtol(argv[1], NULL, 10) : 0;
    if (repetitions <= 0) {
        fprintf(stderr, "usage: statistics_power REPETITIONS\n");
        return 2;
    }
    printf("  n   detectable difference (mean) and its power, %%\n      normal         log-normal     drift\n");
    for (size_t i = 0; i < sizeof trials / sizeof trials[0]; i++) {
        printf("%3zu", trials[i]);
        for (int model = 0; model < MODEL_COUNT; model++) {
            double power, share = simulate_power((enum model)model, trials[i], repetitions, &power);
            printf("   %5.1f  %5.1f", 100 * share, 100 * power);
        }
        putchar('\n');
    }
    return 0;
}

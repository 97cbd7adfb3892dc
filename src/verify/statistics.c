/* SPDX-License-Identifier: Apache-2.0 */
/* Point: intervals cover a simulated truth as often as they say, and one run under two names is hardly ever called different. */
#include <gsl/gsl_randist.h>
#include <math.h>

#include "base/random.h"
#include "statistics/interval.h"
#include "verify/point.h"

#include "base/banned.h"

#define SEED 20160331
#define EXPERIMENTS 400
#define TRIALS 9
#define SPREAD 0.03 /* of a trial, as a share: what trials of one run differ by on one machine */
#define DRIFT 0.2   /* of the baseline from the first block to the last */
/* Three standard errors of a share of 95 % from so many experiments: sqrt(0.95 · 0.05 / 400) = 1.1 %. */
#define ALLOWED 3.3

/* Trial throughputs: log-normal around 1 (its median), on a baseline that both runs of a block share. */
static void draw(gsl_rng *stream, double *a, double *b)
{
    for (int i = 0; i < TRIALS; i++) {
        double baseline = 1 + DRIFT * i / TRIALS;
        a[i] = baseline * gsl_ran_lognormal(stream, 0, SPREAD);
        b[i] = baseline * gsl_ran_lognormal(stream, 0, SPREAD);
    }
}

static double coverage_of_median(gsl_rng *stream)
{
    int covered = 0;
    for (int i = 0; i < EXPERIMENTS; i++) {
        double values[TRIALS];
        struct interval interval;
        for (int k = 0; k < TRIALS; k++)
            values[k] = gsl_ran_lognormal(stream, 0, SPREAD);
        interval_of_median(values, TRIALS, SEED + (uint64_t)i, "verify", &interval);
        covered += interval.has_bounds && interval.low <= 1 && interval.high >= 1;
    }
    return 100.0 * covered / EXPERIMENTS;
}

static double called_different(gsl_rng *stream)
{
    int called = 0;
    for (int i = 0; i < EXPERIMENTS; i++) {
        double a[TRIALS], b[TRIALS];
        struct interval interval;
        draw(stream, a, b);
        interval_of_ratio(a, b, TRIALS, SEED + (uint64_t)i, "verify", &interval);
        called += !interval.has_bounds || interval.low > 1 || interval.high < 1;
    }
    return 100.0 * called / EXPERIMENTS;
}

static bool check(struct verification *verification, struct error *error)
{
    (void)error;
    gsl_rng *stream = random_stream(SEED, "verify");
    double covered = coverage_of_median(stream), called = called_different(stream);
    gsl_rng_free(stream);
    char *rule =
        string_format("%d simulated experiments of %d trials; three standard errors are allowed", EXPERIMENTS, TRIALS);
    verification_tell(verification, "coverage", point_verdict(covered >= 95 - ALLOWED),
                      string_copy("95 % intervals of the median hold it in 95 %"), string_format("in %.1f %%", covered),
                      string_copy(rule));
    verification_tell(verification, "a-a", point_verdict(called <= 5 + ALLOWED),
                      string_copy("one run under two names differs in 5 % at most"),
                      string_format("in %.1f %%", called), rule);
    return true;
}

const struct verification_point point_statistics = {
    .name = "statistics",
    .truth = "intervals that cover, equal runs called equal",
    .check = check,
};

/* SPDX-License-Identifier: Apache-2.0 */
/* Experiments whose truth is known, repeated: a median of 1, or two clients whose ratio is 1. Fixed seeds. */
#ifndef KBENCH_TESTS_TOOLS_STATISTICS_SIMULATION_H
#define KBENCH_TESTS_TOOLS_STATISTICS_SIMULATION_H

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/random.h"
#include "base/text.h"
#include "statistics/detectable.h"
#include "statistics/interval.h"
#include "statistics/stopping.h"

#define SIMULATION_MAX_TRIALS 64
#define SIMULATION_CV 0.05        /* of a trial, normal and drift */
#define SIMULATION_LOG_SIGMA 0.5  /* of a trial, log-normal: its mean lies 13 % above its median */
#define SIMULATION_DRIFT 0.01     /* by how much the level falls from trial to trial */
#define SIMULATION_WANDERING 0.03 /* standard deviation of its random step */

enum model { MODEL_NORMAL, MODEL_LOG_NORMAL, MODEL_DRIFT, MODEL_COUNT };

/* `b` is NULL for the median of `a`. */
typedef void simulation_method(const double *a, const double *b, size_t n, uint64_t seed, struct interval *interval);

struct simulation {
    double coverage; /* share of the intervals that hold the truth */
    double width;    /* mean */
};

static inline const char *model_name(enum model model)
{
    static const char *const names[MODEL_COUNT] = {"normal", "log-normal", "drift"};
    return names[model];
}

/* The trials of one client; under drift its level falls steadily through 1 in the middle. */
static inline void model_trials(enum model model, gsl_rng *stream, double *values, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double noise = gsl_ran_ugaussian(stream), middle = (double)(n - 1) / 2;
        values[i] = model == MODEL_LOG_NORMAL ? exp(SIMULATION_LOG_SIGMA * noise) : 1 + SIMULATION_CV * noise;
        if (model == MODEL_DRIFT)
            values[i] += 2 * SIMULATION_DRIFT * (middle - (double)i);
    }
}

/* Blocks of two equal clients, one after the other in an order by lot; under drift on a machine whose level falls and
 * wanders within the blocks as well. */
static inline void model_blocks(enum model model, gsl_rng *stream, double *a, double *b, size_t n)
{
    double level = 0;
    for (size_t i = 0; i < n; i++) {
        double *order[2] = {&a[i], &b[i]};
        gsl_ran_shuffle(stream, order, 2, sizeof order[0]);
        for (size_t slot = 0; slot < 2; slot++) {
            double noise = gsl_ran_ugaussian(stream);
            if (model == MODEL_DRIFT)
                level += SIMULATION_WANDERING * gsl_ran_ugaussian(stream) - SIMULATION_DRIFT;
            *order[slot] = model == MODEL_LOG_NORMAL ? exp(SIMULATION_LOG_SIGMA * noise)
                                                     : exp(level) * (1 + SIMULATION_CV * noise);
        }
    }
}

static inline bool holds_truth(const struct interval *interval)
{
    return interval->low <= 1 && interval->high >= 1;
}

static inline struct simulation simulate(enum model model, bool is_ratio, size_t n, int repetitions,
                                         simulation_method *method)
{
    double a[SIMULATION_MAX_TRIALS], b[SIMULATION_MAX_TRIALS];
    struct simulation result = {0};
    gsl_rng *stream = random_stream(n, model_name(model));
    for (int i = 0; i < repetitions; i++) {
        struct interval interval;
        if (is_ratio)
            model_blocks(model, stream, a, b, n);
        else
            model_trials(model, stream, a, n);
        method(a, is_ratio ? b : NULL, n, (uint64_t)i, &interval);
        result.coverage += holds_truth(&interval);
        result.width += interval.high - interval.low;
    }
    gsl_rng_free(stream);
    result.coverage /= repetitions;
    result.width /= repetitions;
    return result;
}

/* As kbench does it. */
static inline void simulation_kbench(const double *a, const double *b, size_t n, uint64_t seed,
                                     struct interval *interval)
{
    if (b)
        interval_of_ratio(a, b, n, seed, "simulation", interval);
    else
        interval_of_median(a, n, seed, "simulation", interval);
}

/* The mean of what experiments without a difference say that they could have detected, and how often a difference as
 * large would have been called one. The interval of a ratio moves with the ratio: it is shifted instead of simulated
 * anew. */
static inline double simulate_power(enum model model, size_t n, int repetitions, double *power)
{
    double a[SIMULATION_MAX_TRIALS], b[SIMULATION_MAX_TRIALS], sum = 0;
    double *low = memory_zeroed((size_t)repetitions, sizeof *low);
    gsl_rng *stream = random_stream(n, "power");
    for (int i = 0; i < repetitions; i++) {
        struct interval interval;
        model_blocks(model, stream, a, b, n);
        interval_of_ratio(a, b, n, (uint64_t)i, "power", &interval);
        low[i] = interval.low;
        sum += log1p(detectable_share(&interval));
    }
    double share = expm1(sum / repetitions);
    int called = 0;
    for (int i = 0; i < repetitions; i++)
        called += low[i] * (1 + share) > 1;
    *power = (double)called / repetitions;
    free(low);
    gsl_rng_free(stream);
    return share;
}

#define STOPPING_MIN 5
#define STOPPING_MAX 15

struct stopped {
    double coverage, trials, reached;
};

/* One pair's trials until the interval at `confidence` is narrow enough; 0 when it never is. */
static inline size_t trials_until_precise(const double *values, double precision, double confidence)
{
    for (size_t n = STOPPING_MIN; n <= STOPPING_MAX; n++) {
        struct interval interval;
        interval_of_median_at(confidence, values, n, 0, "stopping", &interval);
        if (interval_half_width(&interval) <= precision)
            return n;
    }
    return 0;
}

/* The median of normal trials with this coefficient of variation, looked at and reported at `confidence`. */
static inline struct stopped simulate_stopping(double precision, double cv, double confidence, int repetitions)
{
    double values[STOPPING_MAX];
    struct stopped result = {0};
    gsl_rng *stream = random_stream((uint64_t)(1000 * cv), "stopping");
    for (int i = 0; i < repetitions; i++) {
        for (size_t j = 0; j < STOPPING_MAX; j++)
            values[j] = 1 + cv * gsl_ran_ugaussian(stream);
        size_t stop = trials_until_precise(values, precision, confidence), n = stop ? stop : STOPPING_MAX;
        struct interval interval;
        interval_of_median_at(confidence, values, n, 0, "stopping", &interval);
        result.coverage += holds_truth(&interval);
        result.trials += (double)n;
        result.reached += stop > 0;
    }
    gsl_rng_free(stream);
    result.coverage /= repetitions;
    result.trials /= repetitions;
    result.reached /= repetitions;
    return result;
}

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#include "runner/schedule.h"

#include <endian.h>
#include <gsl/gsl_randist.h>
#include <math.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/random.h"
#include "base/text.h"

#include "base/banned.h"

/* 2 MiB a file; the files of many processes are shorter. */
#define RECORDS_MOST (INT64_C(1) << 18)
#define RECORDS_LEAST (INT64_C(1) << 12)
#define RECORDS_OF_ALL (INT64_C(1) << 20)

static int64_t count_records(int producers)
{
    int64_t share = RECORDS_OF_ALL / (producers > 0 ? producers : 1);
    return share > RECORDS_MOST ? RECORDS_MOST : share < RECORDS_LEAST ? RECORDS_LEAST : share;
}

/* offsets[i] gets the sum of the gaps before arrival i, stretched so that all gaps, the last one included, fill the span. */
static void draw(gsl_rng *stream, const struct schedule *schedule, double *times, int64_t *offsets)
{
    double sum = 0;
    for (int64_t i = 0; i < schedule->records; i++) {
        times[i] = sum;
        sum += gsl_ran_exponential(stream, 1);
    }
    for (int64_t i = 0; i < schedule->records; i++)
        offsets[i] = (int64_t)htole64((uint64_t)(times[i] / sum * (double)schedule->span_ns));
}

static bool write_schedule(const struct schedule *schedule, uint64_t seed, const char *label, struct error *error)
{
    gsl_rng *stream = random_stream(seed, label);
    double *times = memory_zeroed((size_t)schedule->records, sizeof *times);
    int64_t *offsets = memory_zeroed((size_t)schedule->records, sizeof *offsets);
    draw(stream, schedule, times, offsets);
    bool ok = file_write(schedule->file, offsets, (size_t)schedule->records * sizeof *offsets, error);
    free(offsets);
    free(times);
    gsl_rng_free(stream);
    return ok;
}

bool schedule_make(const struct experiment *experiment, const struct experiment_case *c, size_t producer,
                   const char *folder, struct schedule *schedule, struct error *error)
{
    *schedule = (struct schedule){.file = NULL};
    if (c->arrivals != ARRIVALS_POISSON)
        return true;
    double rate = c->rate_per_sec / (c->producers > 0 ? c->producers : 1);
    schedule->records = count_records(c->producers);
    schedule->span_ns = llround((double)schedule->records / rate * NS_PER_S);
    char *label = string_format("arrivals:%zu", producer);
    schedule->file =
        string_format("%s/arrivals-%llu-%zu-%lld-%lld.bin", folder, (unsigned long long)experiment->design.seed,
                      producer, (long long)schedule->records, (long long)schedule->span_ns);
    bool ok = file_exists(schedule->file) || write_schedule(schedule, experiment->design.seed, label, error);
    free(label);
    return ok;
}

void schedule_release(struct schedule *schedule)
{
    free(schedule->file);
    schedule->file = NULL;
}

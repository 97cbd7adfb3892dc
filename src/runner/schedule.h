/* SPDX-License-Identifier: Apache-2.0 */
/*
 * When each record of an open load is intended to be sent, where that is not at equal distances: the arrivals of a Poisson
 * process, drawn from the experiment's seed, in a file beside the payload that every driver reads. Internal to this room.
 */
#ifndef KBENCH_RUNNER_SCHEDULE_H
#define KBENCH_RUNNER_SCHEDULE_H

#include <stdint.h>

#include "base/error.h"
#include "experiment/experiment.h"

struct schedule {
    char *file;      /* absolute path; owned. NULL: at equal distances */
    int64_t records; /* offsets in the file: little-endian int64, ns, ascending, from 0 to below the span */
    int64_t span_ns; /* after which they begin again */
};

/*
 * The schedule of one producer process of a case, made unless it is there; none where the arrivals are constant. Each process
 * has a stream of its own at its share of the rate, since the sum of independent Poisson processes is one again.
 *
 * Gaps are exponential (gsl_ran_exponential) and stretched so that the span is exactly records / rate: the mean rate of each round
 * is the asked one, not one with Poisson's own scatter (0.2 % of 2^18 arrivals), which would differ from seed to seed. That is
 * a Poisson process given how many arrivals fall into the span (Kingman, Poisson Processes, 1993, section 2.4).
 */
bool schedule_make(const struct experiment *experiment, const struct experiment_case *c, size_t producer,
                   const char *folder, struct schedule *schedule, struct error *error);
void schedule_release(struct schedule *schedule);

#endif

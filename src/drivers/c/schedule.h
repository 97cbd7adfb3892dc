/* SPDX-License-Identifier: Apache-2.0 */
/*
 * When each record of a fixed rate is intended: at equal distances, or as a file of the harness says, which is the same for
 * every language. The times never slip, however late the records leave.
 */
#ifndef KBENCH_DRIVERS_C_SCHEDULE_H
#define KBENCH_DRIVERS_C_SCHEDULE_H

#include <stdbool.h>
#include <stdint.h>

#include "file_map.h"
#include "job.h"

struct schedule {
    double rate;          /* records per second */
    struct file_map file; /* int64 in ns, little-endian, ascending; not open: equal distances */
    int64_t records;      /* in the file, which is gone through over and over */
    int64_t span_ns;      /* of one time through the file */
};

bool schedule_open(struct schedule *schedule, const struct job *job, struct error *error);
/* The intended time of record `i`, in ns after the first one's origin. */
int64_t schedule_time_ns(const struct schedule *schedule, int64_t i);
/* How many records are intended until `elapsed_ns` after the origin, that moment included. */
int64_t schedule_count(const struct schedule *schedule, int64_t elapsed_ns);
void schedule_release(struct schedule *schedule);

#endif

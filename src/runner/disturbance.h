/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether a trial was disturbed, by the rules of its definition (`design.disturbance`). Pure: what was measured while it ran is in
 * its row. A figure that is not known breaks no rule, and neither does one that lies exactly on its bound.
 */
#ifndef KBENCH_RUNNER_DISTURBANCE_H
#define KBENCH_RUNNER_DISTURBANCE_H

#include "store/store.h"

#define DISTURBANCE_RULES 9

/* What a rule needs beside the row. */
struct disturbance_machine {
    int cores;
    double fastest_mhz; /* mean frequency in the fastest trial of the campaign so far; NAN: not known */
};

/*
 * The rules that a trial of `c` has broken, in the order of the table of rules, into `broken` (room for DISTURBANCE_RULES); how
 * many. `measured` and `bound` are shares, bytes for "dirty". A planned fault stops brokers and bends the throughput by itself:
 * "broker-gc" and "trend" say nothing of the machine then and are not applied.
 */
size_t disturbance_judge(const struct disturbance_rules *rules, const struct experiment_case *c,
                         const struct store_trial *row, const struct disturbance_machine *machine,
                         struct store_disturbance *broken);
/* "other processes used 23.1 % of the cores' time (bound 5 %), …". The caller frees. */
char *disturbance_describe(const struct store_disturbance *broken, size_t count);

#endif

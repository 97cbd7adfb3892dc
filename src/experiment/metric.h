/* SPDX-License-Identifier: Apache-2.0 */
/* The figures of a trial that a claim or a comparison can be about, by the name of their column in the results. Pure. */
#ifndef KBENCH_EXPERIMENT_METRIC_H
#define KBENCH_EXPERIMENT_METRIC_H

#include <stdbool.h>

enum metric_better { BETTER_HIGHER, BETTER_LOWER, BETTER_NEITHER };

/* All that are columns, ended by NULL. Beside them there is latency_p<percentile>_ms for any other percentile. */
extern const char *const metric_names[];

bool metric_is_known(const char *name);
/* Which percentile of the latency it is, 0 < p <= 100: latency_p99.99_ms is 99.99, latency_p999_ms the column's 99.9. False:
 * it is none. */
bool metric_percentile(const char *name, double *percentile);
/* A count of records that should be 0: it is added up over trials, and no ratio can be formed of it. */
bool metric_is_count(const char *name);
enum metric_better metric_better(const char *name);

#endif

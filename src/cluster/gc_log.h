/* SPDX-License-Identifier: Apache-2.0 */
/*
 * When a JVM stood still for its garbage collection, by its log of -Xlog:gc (JEP 271) decorated with timenanos, which is
 * CLOCK_MONOTONIC. Pure. Internal to this room.
 */
#ifndef KBENCH_CLUSTER_GC_LOG_H
#define KBENCH_CLUSTER_GC_LOG_H

#include <stdint.h>

struct gc_pauses {
    double sum_s;      /* what of the pauses lies within the span */
    double longest_ms; /* of the pauses that touch the span, each whole; 0 when there is none */
};

/*
 * The pauses in [from_ns, to_ns). A line "[123ns] GC(4) Pause Young (…) 52M->8M(1024M) 13.750ms" is one that ended when it was
 * written; what is logged as concurrent is none. G1, Serial, Parallel and Shenandoah of JDK 17 to 25 log them under the tag gc,
 * ZGC under gc+phases ("GC(0) Y: Pause Mark End 0.003ms").
 */
void gc_log_pauses(const char *log, int64_t from_ns, int64_t to_ns, struct gc_pauses *pauses);

/* The time of the log's first line that has one; INT64_MAX when none has. */
int64_t gc_log_begin_ns(const char *log);

#endif

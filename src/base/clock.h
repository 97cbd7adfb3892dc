/* SPDX-License-Identifier: Apache-2.0 */
/* Time: one monotonic clock for measuring, UTC for records. */
#ifndef KBENCH_BASE_CLOCK_H
#define KBENCH_BASE_CLOCK_H

#include <stdint.h>

#define NS_PER_S INT64_C(1000000000)
#define NS_PER_MS INT64_C(1000000)
#define NS_PER_US INT64_C(1000)

/* CLOCK_MONOTONIC in nanoseconds: the clock of System.nanoTime, time.monotonic_ns and every driver of the host. */
int64_t clock_monotonic_ns(void);

#define CLOCK_ISO8601_SIZE 25
/* Now, as "2026-03-31T12:00:00.000Z", into `buffer` of CLOCK_ISO8601_SIZE. Returns `buffer`. */
char *clock_iso8601(char *buffer);
/* Seconds since 1970 of such a text; NAN when it is none, or NULL. */
double clock_iso8601_seconds(const char *text);

/* Sleep for `ms`, or until a signal arrives. For polling loops only. */
void clock_sleep_ms(int ms);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Samples as a driver writes them. */
#ifndef KBENCH_TESTS_TOOLS_SAMPLES_H
#define KBENCH_TESTS_TOOLS_SAMPLES_H

#include <endian.h>
#include <stdint.h>
#include <string.h>

#include "measure/collector.h"

static inline void sample_write(unsigned char *bytes, int64_t start_ns, int64_t end_ns, int32_t count, int32_t status)
{
    uint64_t times[] = {htole64((uint64_t)start_ns), htole64((uint64_t)end_ns)};
    uint32_t rest[] = {htole32((uint32_t)count), htole32((uint32_t)status)};
    memcpy(bytes, times, sizeof times);
    memcpy(bytes + sizeof times, rest, sizeof rest);
}

/*
 * Record `i` of a made-up trial at 500,000 records/s: latencies spread over four decades, no two neighbours alike, ends
 * a little out of order.
 */
static inline void sample_write_nth(unsigned char *bytes, int64_t trial_start_ns, int64_t i)
{
    uint64_t mixed = (uint64_t)i * UINT64_C(0x9e3779b97f4a7c15);
    int64_t latency_ns = INT64_C(20000) << (mixed >> 60);
    latency_ns += (int64_t)(mixed >> 16 & 0xffff) * (latency_ns >> 16);
    int64_t end_ns = trial_start_ns + i * 2000 + INT64_C(700000000);
    sample_write(bytes, end_ns - latency_ns, end_ns + (int64_t)(mixed & 0x3ff), 1, 0);
}

#endif

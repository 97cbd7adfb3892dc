/* SPDX-License-Identifier: Apache-2.0 */
/* Inside this room: the sampler's series of readings and what is derived from it. Pure: no file, no clock. */
#ifndef KBENCH_ENVIRONMENT_READINGS_H
#define KBENCH_ENVIRONMENT_READINGS_H

#include <stdbool.h>

#include "environment/sampler.h"

#define READINGS_MAX 36000
#define READINGS_SPACING_NS (INT64_C(100) * 1000 * 1000)

struct readings {
    struct sampler_reading *items; /* in the order of at_ns */
    size_t count, capacity;
    int64_t spacing_ns; /* doubles each time the series is thinned; 0 until the first reading */
};

/* Whether a reading is due at `now_ns`. */
bool readings_due(const struct readings *readings, int64_t now_ns);
/* Copies it; it must not lie before the last one. */
void readings_add(struct readings *readings, const struct sampler_reading *reading);
void readings_at(const struct readings *readings, int64_t at_ns, struct sampler_reading *reading);
void readings_usage(const struct readings *readings, int64_t from_ns, int64_t to_ns, struct sampler_usage *usage);
void readings_release(struct readings *readings);

#endif

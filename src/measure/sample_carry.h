/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bytes come in blocks of any size, a block may end inside a sample: what was left over is carried to the next
 * block.
 */
#ifndef KBENCH_MEASURE_SAMPLE_CARRY_H
#define KBENCH_MEASURE_SAMPLE_CARRY_H

#include <stddef.h>

#include "measure/collector.h"

struct sample_carry {
    unsigned char bytes[SAMPLE_BYTES];
    size_t length; /* < SAMPLE_BYTES between two calls */
};

/* Give all samples that are now whole to the collector. */
void sample_carry_feed(struct sample_carry *carry, struct collector *collector, const unsigned char *bytes,
                       size_t length);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Feeds the collector the samples of ten seconds; tests/bench/collector.sh counts the instructions of it by
 * callgrind.
 */
#include <stdio.h>

#include "measure/collector.h"
#include "tools/samples.h"

#define START_NS INT64_C(1000000000000)
#define NS_IN_S INT64_C(1000000000)
#define BLOCK_SAMPLES 2730 /* 64 KiB */
#define BLOCKS 1831

int main(void)
{
    static unsigned char block[BLOCK_SAMPLES * SAMPLE_BYTES];
    const struct collector_options options = {
        .record_size_bytes = 100,
        .start_ns = START_NS,
        .window_start_ns = START_NS + 2 * NS_IN_S,
        .window_end_ns = START_NS + 9 * NS_IN_S,
        .max_length_ns = 60 * NS_IN_S,
    };
    struct collector *collector = collector_new(&options);
    for (int64_t b = 0; b < BLOCKS; b++) {
        for (int64_t i = 0; i < BLOCK_SAMPLES; i++)
            sample_write_nth(block + i * SAMPLE_BYTES, START_NS, b * BLOCK_SAMPLES + i);
        collector_consume(collector, block, BLOCK_SAMPLES);
    }
    printf("%lld\n", (long long)collector_result(collector)->samples);
    collector_free(collector);
    return 0;
}

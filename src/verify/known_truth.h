/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The samples of src/drivers/known-samples, and what is true of any part of them: its formula (see driver.yaml there) and HdrHistogram's
 * way to lose digits, both written a second time, by arithmetic alone. Internal to this room.
 */
#ifndef KBENCH_VERIFY_KNOWN_TRUTH_H
#define KBENCH_VERIFY_KNOWN_TRUTH_H

#include <stdint.h>

#define KNOWN_SAMPLES 1010000
#define KNOWN_BURST 252500
#define KNOWN_FAILURES 10000

/* After the driver's start. Ends rise with `i`; the earliest start is not that of the first sample. */
int64_t known_end_ns(int64_t i);
int64_t known_earliest_start_ns(void);

struct known_truth {
    int64_t acked, failed, sum_ns;
    int64_t *latencies; /* of the acknowledged, in order */
};

/* Of the samples from `first` to before `end`. */
void known_truth_make(struct known_truth *truth, int64_t first, int64_t end);
/*
 * The order statistic of rank ceil(p · n), p in thousandths of a percent, at the highest value that HdrHistogram cannot tell from it:
 * from 1 µs up at 3 digits there are 2048 counters of 512 ns, then 1024 to each doubling. -1 when nothing was acknowledged.
 */
int64_t known_truth_percentile_ns(const struct known_truth *truth, int64_t per_100k);
void known_truth_release(struct known_truth *truth);

#endif

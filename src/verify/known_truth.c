/* SPDX-License-Identifier: Apache-2.0 */
#include "verify/known_truth.h"

#include "base/clock.h"
#include "base/text.h"

#include "base/banned.h"

#define FAILS_EVERY 101
#define COUNTER_NS 512
#define COUNTERS 2048

int64_t known_end_ns(int64_t i)
{
    return i / KNOWN_BURST * NS_PER_S + 800 * NS_PER_MS + i % KNOWN_BURST * 396;
}

static int64_t latency_ns(int64_t i)
{
    int64_t j = (i - i / FAILS_EVERY) * 611953 % 1000000;
    return INT64_C(200000000000) / (1000250 - j);
}

int64_t known_earliest_start_ns(void)
{
    int64_t earliest_ns = INT64_MAX;
    for (int64_t i = 0; i < KNOWN_SAMPLES; i++)
        if (known_end_ns(i) - latency_ns(i) < earliest_ns)
            earliest_ns = known_end_ns(i) - latency_ns(i);
    return earliest_ns;
}

static int compare(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

void known_truth_make(struct known_truth *truth, int64_t first, int64_t end)
{
    *truth = (struct known_truth){.latencies = memory_zeroed((size_t)(end - first), sizeof *truth->latencies)};
    for (int64_t i = first; i < end; i++) {
        if (i % FAILS_EVERY == FAILS_EVERY - 1) {
            truth->failed++;
            continue;
        }
        truth->latencies[truth->acked++] = latency_ns(i);
        truth->sum_ns += latency_ns(i);
    }
    qsort(truth->latencies, (size_t)truth->acked, sizeof *truth->latencies, compare);
}

static int64_t counter_highest_ns(int64_t value_ns)
{
    int64_t width_ns = COUNTER_NS;
    while (value_ns / width_ns >= COUNTERS)
        width_ns *= 2;
    return value_ns / width_ns * width_ns + width_ns - 1;
}

int64_t known_truth_percentile_ns(const struct known_truth *truth, int64_t per_100k)
{
    if (truth->acked == 0)
        return -1;
    int64_t rank = (truth->acked * per_100k + 99999) / 100000;
    return counter_highest_ns(truth->latencies[rank > 0 ? rank - 1 : 0]);
}

void known_truth_release(struct known_truth *truth)
{
    free(truth->latencies);
    *truth = (struct known_truth){0};
}

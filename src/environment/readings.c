/* SPDX-License-Identifier: Apache-2.0 */
#include "environment/readings.h"

#include "base/text.h"

#include "base/banned.h"

static const struct sampler_reading absent_reading = {
    .at_ns = -1,
    .client_cpu_s = -1,
    .broker_cpu_s = -1,
    .own_cpu_s = -1,
    .busy_cpu_s = -1,
    .steal_s = -1,
    .total_s = -1,
    .stall_cpu_s = -1,
    .stall_io_s = -1,
    .stall_memory_s = -1,
    .disk_busy_s = -1,
    .dirty_bytes = -1,
    .frequency_mhz = -1,
};

static const struct sampler_usage absent_usage = {
    .client_cpu_s = -1,
    .broker_cpu_s = -1,
    .own_cpu_s = -1,
    .client_busiest_thread_cpu_s = -1,
    .other_cpu_s = -1,
    .steal_percent = -1,
    .stall_cpu_percent = -1,
    .stall_io_percent = -1,
    .stall_memory_percent = -1,
    .disk_busy_percent = -1,
    .dirty_bytes_max = -1,
    .frequency_mhz = -1,
};

bool readings_due(const struct readings *readings, int64_t now_ns)
{
    return readings->count == 0 || now_ns - readings->items[readings->count - 1].at_ns >= readings->spacing_ns;
}

static void thin(struct readings *readings)
{
    size_t kept = 0;
    for (size_t i = 0; i < readings->count; i += 2)
        readings->items[kept++] = readings->items[i];
    readings->count = kept;
    readings->spacing_ns *= 2;
}

void readings_add(struct readings *readings, const struct sampler_reading *reading)
{
    if (readings->count == 0)
        readings->spacing_ns = READINGS_SPACING_NS;
    if (readings->count == READINGS_MAX)
        thin(readings);
    if (readings->count == readings->capacity) {
        readings->capacity = readings->capacity ? 2 * readings->capacity : 256;
        readings->items = memory_resized(readings->items, readings->capacity, sizeof *readings->items);
    }
    readings->items[readings->count++] = *reading;
}

/* How many readings lie at or before `at_ns`. */
static size_t count_until(const struct readings *readings, int64_t at_ns)
{
    size_t low = 0, high = readings->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (readings->items[middle].at_ns <= at_ns)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static double between(double before, double after, double share)
{
    return before < 0 || after < 0 ? -1 : before + share * (after - before);
}

void readings_at(const struct readings *readings, int64_t at_ns, struct sampler_reading *reading)
{
    size_t count = count_until(readings, at_ns);
    *reading = absent_reading;
    if (count == 0 || (count == readings->count && readings->items[count - 1].at_ns < at_ns))
        return;
    *reading = readings->items[count - 1];
    if (reading->at_ns == at_ns)
        return;
    const struct sampler_reading *before = &readings->items[count - 1], *after = &readings->items[count];
    double share = (double)(at_ns - before->at_ns) / (double)(after->at_ns - before->at_ns);
    reading->at_ns = at_ns;
    reading->client_cpu_s = between(before->client_cpu_s, after->client_cpu_s, share);
    reading->broker_cpu_s = between(before->broker_cpu_s, after->broker_cpu_s, share);
    reading->own_cpu_s = between(before->own_cpu_s, after->own_cpu_s, share);
    reading->busy_cpu_s = between(before->busy_cpu_s, after->busy_cpu_s, share);
    reading->steal_s = between(before->steal_s, after->steal_s, share);
    reading->total_s = between(before->total_s, after->total_s, share);
    reading->stall_cpu_s = between(before->stall_cpu_s, after->stall_cpu_s, share);
    reading->stall_io_s = between(before->stall_io_s, after->stall_io_s, share);
    reading->stall_memory_s = between(before->stall_memory_s, after->stall_memory_s, share);
    reading->disk_busy_s = between(before->disk_busy_s, after->disk_busy_s, share);
}

/* What was used between two cumulative values, times `factor`; absent when either is, or when it fell, which no true one does. */
static double used(double from, double to, double factor)
{
    return from < 0 || to < from ? -1 : (to - from) * factor;
}

/* What is left of `busy` without the known parts; an absent part is one that is not on this machine. */
static double other(double busy, const struct sampler_usage *usage)
{
    if (busy < 0)
        return -1;
    const double parts[] = {usage->client_cpu_s, usage->broker_cpu_s, usage->own_cpu_s};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i] > 0)
            busy -= parts[i];
    return busy > 0 ? busy : 0;
}

/* The greatest dirty_bytes and the mean frequency of the readings in force during [from_ns, to_ns). */
static void summarise_moments(const struct readings *readings, int64_t from_ns, int64_t to_ns,
                              struct sampler_usage *usage)
{
    size_t first = count_until(readings, from_ns);
    double frequency_sum = 0;
    int frequencies = 0;
    for (size_t i = first ? first - 1 : 0; i < readings->count && readings->items[i].at_ns < to_ns; i++) {
        const struct sampler_reading *reading = &readings->items[i];
        if (reading->dirty_bytes > usage->dirty_bytes_max)
            usage->dirty_bytes_max = reading->dirty_bytes;
        if (reading->frequency_mhz > 0) {
            frequency_sum += reading->frequency_mhz;
            frequencies++;
        }
    }
    if (frequencies > 0)
        usage->frequency_mhz = frequency_sum / frequencies;
}

void readings_usage(const struct readings *readings, int64_t from_ns, int64_t to_ns, struct sampler_usage *usage)
{
    *usage = absent_usage;
    if (readings->count < 2 || to_ns <= from_ns)
        return;
    struct sampler_reading from, to;
    int64_t first_ns = readings->items[0].at_ns, last_ns = readings->items[readings->count - 1].at_ns;
    readings_at(readings, from_ns > first_ns ? from_ns : first_ns, &from);
    readings_at(readings, to_ns < last_ns ? to_ns : last_ns, &to);
    double covered_ns = (double)(to.at_ns - from.at_ns), asked_ns = (double)(to_ns - from_ns);
    if (from.at_ns < 0 || to.at_ns < 0 || covered_ns < 0.9 * asked_ns)
        return;
    double whole = asked_ns / covered_ns, percent = 100 * 1e9 / covered_ns;
    usage->client_cpu_s = used(from.client_cpu_s, to.client_cpu_s, whole);
    usage->broker_cpu_s = used(from.broker_cpu_s, to.broker_cpu_s, whole);
    usage->own_cpu_s = used(from.own_cpu_s, to.own_cpu_s, whole);
    usage->other_cpu_s = other(used(from.busy_cpu_s, to.busy_cpu_s, whole), usage);
    if (to.total_s > from.total_s && from.total_s >= 0)
        usage->steal_percent = used(from.steal_s, to.steal_s, 100 / (to.total_s - from.total_s));
    usage->stall_cpu_percent = used(from.stall_cpu_s, to.stall_cpu_s, percent);
    usage->stall_io_percent = used(from.stall_io_s, to.stall_io_s, percent);
    usage->stall_memory_percent = used(from.stall_memory_s, to.stall_memory_s, percent);
    usage->disk_busy_percent = used(from.disk_busy_s, to.disk_busy_s, percent);
    summarise_moments(readings, from_ns, to_ns, usage);
}

void readings_release(struct readings *readings)
{
    free(readings->items);
    *readings = (struct readings){.items = NULL};
}

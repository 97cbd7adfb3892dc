/* SPDX-License-Identifier: Apache-2.0 */
#include "schedule.h"

#include <endian.h>

#include "base/clock.h"

#include "base/banned.h"

/* ns after the begin of the file's span. */
static int64_t offset_ns(const struct schedule *schedule, int64_t index)
{
    uint64_t offset;
    memcpy(&offset, schedule->file.bytes + (size_t)index * sizeof(offset), sizeof(offset));
    return (int64_t)le64toh(offset);
}

static bool check_offsets(const struct schedule *schedule, struct error *error)
{
    int64_t previous_ns = 0;
    for (int64_t i = 0; i < schedule->records; i++) {
        int64_t ns = offset_ns(schedule, i);
        if (ns < previous_ns || ns >= schedule->span_ns)
            return error_set(error, ERROR_INPUT, "schedule: offset %lld does not ascend within the span", (long long)i);
        previous_ns = ns;
    }
    return true;
}

bool schedule_open(struct schedule *schedule, const struct job *job, struct error *error)
{
    *schedule =
        (struct schedule){.rate = job->rate, .records = job->schedule_records, .span_ns = job->schedule_span_ns};
    return !job->schedule_file || (file_map_open(&schedule->file, "schedule", job->schedule_file, schedule->records,
                                                 sizeof(uint64_t), error) &&
                                   check_offsets(schedule, error));
}

int64_t schedule_time_ns(const struct schedule *schedule, int64_t i)
{
    if (!schedule->file.bytes)
        return (int64_t)((double)i * (double)NS_PER_S / schedule->rate);
    return i / schedule->records * schedule->span_ns + offset_ns(schedule, i % schedule->records);
}

/* The first record that is intended after `elapsed_ns` is searched for between `low`, which is not later than it, and `high`. */
static int64_t search(const struct schedule *schedule, int64_t low, int64_t high, int64_t elapsed_ns)
{
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (schedule_time_ns(schedule, middle) <= elapsed_ns)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

int64_t schedule_count(const struct schedule *schedule, int64_t elapsed_ns)
{
    if (elapsed_ns < 0)
        return 0;
    if (schedule->file.bytes) {
        int64_t first = elapsed_ns / schedule->span_ns * schedule->records;
        return search(schedule, first, first + schedule->records, elapsed_ns);
    }
    return search(schedule, 0, (int64_t)((double)elapsed_ns / (double)NS_PER_S * schedule->rate) + 2, elapsed_ns);
}

void schedule_release(struct schedule *schedule)
{
    file_map_release(&schedule->file);
}

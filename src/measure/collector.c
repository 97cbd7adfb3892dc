/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/collector.h"

#include <endian.h>

#include "base/text.h"
#include "measure/collector_state.h"
#include "measure/histogram_counts.h"

#include "base/banned.h"

struct sample {
    int64_t start_ns, end_ns;
    int32_t count, status;
};

struct collector *collector_new(const struct collector_options *options)
{
    struct collector *collector = memory_zeroed(1, sizeof *collector);
    collector->options = *options;
    collector->first_start_ns = INT64_MAX;
    collector->last_end_ns = INT64_MIN;
    collector->result.latency = histogram_new_latency();
    series_recorder_init(&collector->series, options->start_ns, options->max_length_ns);
    pthread_mutex_init(&collector->lock, NULL);
    collector_reader_init(&collector->reader);
    collector->reader.has_times = options->start_ns != 0;
    return collector;
}

void collector_free(struct collector *collector)
{
    if (!collector)
        return;
    collector_reader_release(&collector->reader, &collector->lock);
    pthread_mutex_destroy(&collector->lock);
    series_recorder_release(&collector->series);
    histogram_free(collector->result.latency);
    free(collector->result.seconds.points);
    free(collector->result.tenths.points);
    free(collector);
}

void collector_set_times(struct collector *collector, int64_t start_ns, int64_t window_start_ns, int64_t window_end_ns)
{
    pthread_mutex_lock(&collector->lock);
    collector->options.start_ns = start_ns;
    collector->options.window_start_ns = window_start_ns;
    collector->options.window_end_ns = window_end_ns;
    series_recorder_set_start(&collector->series, start_ns);
    collector->reader.has_times = true;
    pthread_mutex_unlock(&collector->lock);
    collector_reader_wake(&collector->reader);
}

int64_t collector_records_so_far(const struct collector *collector)
{
    return atomic_load_explicit(&collector->records_so_far, memory_order_relaxed);
}

static inline int64_t read_int64(const unsigned char *bytes)
{
    uint64_t little;
    memcpy(&little, bytes, sizeof little);
    return (int64_t)le64toh(little);
}

static inline int32_t read_int32(const unsigned char *bytes)
{
    uint32_t little;
    memcpy(&little, bytes, sizeof little);
    return (int32_t)le32toh(little);
}

/* `sum` += latency × count, staying at the maximum when a driver's nonsense would go beyond it. */
static inline void sum_add(int64_t *sum, int64_t latency_ns, int64_t count)
{
    int64_t product;
    if (__builtin_mul_overflow(latency_ns, count, &product) || __builtin_add_overflow(*sum, product, sum))
        *sum = INT64_MAX;
}

/* An acknowledged sample's latency goes to its second's histogram and, in the window, to the trial's. */
static inline void account_latency(struct collector *collector, const struct sample *sample,
                                   struct histogram *of_second, bool in_window)
{
    struct measure_result *result = &collector->result;
    uint64_t distance_ns = (uint64_t)sample->end_ns - (uint64_t)sample->start_ns; /* of any two times */
    int64_t latency_ns = (int64_t)distance_ns, recorded_ns = latency_ns;
    if (distance_ns > (uint64_t)result->latency->highest) {
        latency_ns = distance_ns > INT64_MAX ? INT64_MAX : latency_ns;
        recorded_ns = result->latency->highest;
        result->out_of_range++;
    }
    uint32_t index = histogram_index(result->latency, recorded_ns);
    if (of_second)
        histogram_add(of_second, index, sample->count);
    else
        result->late++;
    if (in_window) {
        histogram_add(result->latency, index, sample->count);
        sum_add(&result->latency_sum_ns, latency_ns, sample->count);
    }
}

static inline void account(struct collector *collector, const struct sample *sample)
{
    struct measure_result *result = &collector->result;
    const struct collector_options *options = &collector->options;
    const struct series_place *place = series_recorder_at(&collector->series, sample->end_ns);
    bool in_window = sample->end_ns >= options->window_start_ns && sample->end_ns < options->window_end_ns;
    bool is_negative = sample->end_ns < sample->start_ns;

    if (sample->start_ns < collector->first_start_ns)
        collector->first_start_ns = sample->start_ns;
    if (sample->end_ns > collector->last_end_ns)
        collector->last_end_ns = sample->end_ns;
    if (sample->start_ns < options->start_ns)
        result->before_start++;
    if (is_negative)
        result->negative++;

    if (sample->status != 0) {
        result->total_failed += sample->count;
        place->counts->failed += sample->count;
        if (in_window)
            result->failed += sample->count;
        return;
    }
    result->total_records += sample->count;
    place->counts->records += sample->count;
    if (in_window)
        result->records += sample->count;
    if (!is_negative)
        account_latency(collector, sample, place->latency, in_window);
}

void collector_consume(struct collector *collector, const unsigned char *samples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const unsigned char *bytes = samples + i * SAMPLE_BYTES;
        const struct sample sample = {read_int64(bytes), read_int64(bytes + 8), read_int32(bytes + 16),
                                      read_int32(bytes + 20)};
        if (sample.count > 0)
            account(collector, &sample);
        else
            collector->result.malformed++;
    }
    collector->result.samples += (int64_t)count;
    atomic_store_explicit(&collector->records_so_far, collector->result.total_records, memory_order_relaxed);
}

/* See struct measure_result: the window as it was given, or as the samples bound it. */
static void derive_window(struct collector *collector)
{
    const struct collector_options *options = &collector->options;
    struct measure_result *result = &collector->result;
    result->window_start_ns = options->window_start_ns;
    result->window_end_ns = options->window_end_ns;
    if (options->window_end_ns != INT64_MAX)
        return;
    bool has_warmup = options->window_start_ns != options->start_ns;
    if (!has_warmup && result->first_start_ns > options->start_ns)
        result->window_start_ns = result->first_start_ns;
    result->window_end_ns =
        result->last_end_ns > result->window_start_ns ? result->last_end_ns : result->window_start_ns;
}

const struct measure_result *collector_result(struct collector *collector)
{
    struct measure_result *result = &collector->result;
    bool is_empty = result->samples == result->malformed;
    result->first_start_ns = is_empty ? 0 : collector->first_start_ns;
    result->last_end_ns = is_empty ? 0 : collector->last_end_ns;
    result->bytes = result->records * collector->options.record_size_bytes;
    derive_window(collector);
    free(result->seconds.points);
    free(result->tenths.points);
    series_recorder_read(&collector->series, collector->options.record_size_bytes, &result->seconds, &result->tenths);
    return result;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "reader.h"

#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"

#include "base/banned.h"

/* How long to wait in one go for records; progress and the harness are looked after in between. */
#define WAIT_MS 100
#define SEQUENCE_BYTES 8

/* ---- ranges ---- */

static int by_partition(const void *left, const void *right)
{
    const struct range *a = left, *b = right;
    return (a->partition > b->partition) - (a->partition < b->partition);
}

static struct range *find_range(const struct reader *reader, int32_t partition)
{
    const struct range key = {.partition = partition};
    return bsearch(&key, reader->ranges, reader->count, sizeof(*reader->ranges), by_partition);
}

static bool read_ranges(struct reader *reader, struct error *error)
{
    size_t index;
    json_t *item;
    reader->ranges = memory_zeroed(json_array_size(reader->job->partitions) + 1, sizeof(*reader->ranges));
    json_array_foreach(reader->job->partitions, index, item)
    {
        int64_t partition = json_get_integer(item, "partition", -1);
        int64_t begin = json_get_integer(item, "begin", -1), end = json_get_integer(item, "end", -1);
        if (partition < 0 || partition > INT32_MAX || begin < 0 || end < begin)
            return error_set(error, ERROR_INPUT, "job: item %zu of partitions has no partition, begin and end", index);
        if (begin < end)
            reader->ranges[reader->count++] =
                (struct range){.partition = (int32_t)partition, .next = begin, .end = end};
    }
    qsort(reader->ranges, reader->count, sizeof(*reader->ranges), by_partition);
    return true;
}

/* ---- records ---- */

static void add_item(struct reader *reader, const rd_kafka_message_t *message)
{
    uint64_t sequence = 0;
    const unsigned char *value = message->payload;
    bool is_short = message->len < SEQUENCE_BYTES;
    for (size_t i = 0; i < SEQUENCE_BYTES && !is_short; i++)
        sequence = sequence << 8 | value[i];
    samples_add_item(&reader->samples, (int64_t)sequence, message->offset, message->partition, is_short);
    reader->read++;
}

/* Offsets have gaps (a transaction's marks, what a compaction took): what stands at the end need not be a record, so a range
 * ends as well with whatever lies behind it, or with the partition itself. */
static void take_message(rd_kafka_message_t *message, void *opaque)
{
    struct reader *reader = opaque;
    struct range *range = find_range(reader, message->partition);
    if (message->err && message->err != RD_KAFKA_RESP_ERR__PARTITION_EOF) {
        reader->has_failed = true;
        error_set(&reader->problem, ERROR_UNAVAILABLE, "partition %" PRId32 ": %s", message->partition,
                  rd_kafka_message_errstr(message));
        return;
    }
    if (!range || range->is_done)
        return;
    if (!message->err && message->offset < range->end) {
        add_item(reader, message);
        range->next = message->offset + 1;
        reader->progress_ns = clock_monotonic_ns();
    }
    if (message->offset >= range->end || range->next == range->end) {
        range->is_done = true;
        reader->open--;
    }
}

/* ---- the conversation ---- */

/* Large fetches; everything that is stored, also of transactions that were aborted; no other offset than the one asked for. */
static rd_kafka_conf_t *configuration(void)
{
    static const char *const settings[][2] = {{"enable.partition.eof", "true"},
                                              {"auto.offset.reset", "error"},
                                              {"isolation.level", "read_uncommitted"},
                                              {"fetch.message.max.bytes", "8388608"},
                                              {"fetch.wait.max.ms", "100"}};
    rd_kafka_conf_t *made = rd_kafka_conf_new();
    for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++)
        rd_kafka_conf_set(made, settings[i][0], settings[i][1], NULL, 0);
    return made;
}

bool reader_open(struct reader *reader, const struct job *job, const struct control *control, struct error *error)
{
    *reader = (struct reader){.job = job, .control = control};
    reader->samples.fifo = -1;
    if (!read_ranges(reader, error) || !samples_open(&reader->samples, job->fifo, error) ||
        !client_open(&reader->client, RD_KAFKA_CONSUMER, configuration(), job, error))
        return false;
    reader->open = reader->count;
    reader->queue = rd_kafka_queue_new(reader->client.handle);
    return true;
}

static bool start(struct reader *reader, struct error *error)
{
    for (size_t i = 0; i < reader->count; i++) {
        const struct range *range = &reader->ranges[i];
        if (rd_kafka_consume_start_queue(reader->client.topic, range->partition, range->next, reader->queue) < 0)
            return error_set(error, ERROR_INPUT, "partition %" PRId32 ": %s", range->partition,
                             rd_kafka_err2str(rd_kafka_last_error()));
    }
    return true;
}

static bool refuse_standstill(const struct reader *reader, struct error *error)
{
    const struct range *range = reader->ranges;
    while (range->is_done)
        range++;
    return error_set(error, ERROR_UNAVAILABLE,
                     "no record came for %" PRId64 " ms: %zu partitions are not read to their end, partition %" PRId32
                     " only to offset %" PRId64 " of %" PRId64,
                     reader->job->patience_ms, reader->open, range->partition, range->next, range->end);
}

/* Wait for records once, and take them. */
static bool step(struct reader *reader, struct error *error)
{
    rd_kafka_consume_callback_queue(reader->queue, WAIT_MS, take_message, reader);
    rd_kafka_poll(reader->client.handle, 0);
    if (reader->has_failed) {
        *error = reader->problem;
        return false;
    }
    if (reader->samples.write_error)
        return error_set_errno(error, reader->samples.write_error, "writing items");
    if (control_says_stop(reader->control))
        return error_set(error, ERROR_INTERRUPTED, "stopped before the topic was read");
    bool is_late = clock_monotonic_ns() - reader->progress_ns >= reader->job->patience_ms * NS_PER_MS;
    return !is_late || !reader->open || refuse_standstill(reader, error);
}

bool reader_run(struct reader *reader, struct error *error)
{
    reader->progress_ns = clock_monotonic_ns();
    if (!start(reader, error))
        return false;
    while (reader->open > 0)
        if (!step(reader, error))
            return false;
    return samples_close(&reader->samples, error);
}

void reader_release(struct reader *reader)
{
    for (size_t i = 0; reader->queue && i < reader->count; i++)
        rd_kafka_consume_stop(reader->client.topic, reader->ranges[i].partition);
    if (reader->queue)
        rd_kafka_queue_destroy(reader->queue);
    client_release(&reader->client);
    if (reader->samples.fifo >= 0)
        close(reader->samples.fifo);
    free(reader->ranges);
}

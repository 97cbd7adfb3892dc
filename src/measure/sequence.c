/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/sequence.h"

#include <endian.h>

#include "base/text.h"

#include "base/banned.h"

#define BITS_OF_WORD 64

struct producer {
    int64_t sent;
    uint64_t *seen;     /* one bit for each number; memory that was never touched costs nothing */
    int64_t *last_plus; /* by partition: the number of its last item + 1; 0: none yet */
};

struct sequence_counter {
    struct producer *producers;
    size_t producer_count, partition_count;
    int64_t *next_offsets; /* by partition: the least that the next item may have */
    struct sequence_counts counts;
    unsigned char rest[SEQUENCE_ITEM_BYTES];
    size_t rest_length;
};

struct sequence_counter *sequence_counter_new(const int64_t *sent, size_t producers, size_t partitions)
{
    struct sequence_counter *counter = memory_zeroed(1, sizeof *counter);
    counter->producers = memory_zeroed(producers, sizeof *counter->producers);
    counter->producer_count = producers;
    counter->partition_count = partitions;
    counter->next_offsets = memory_zeroed(partitions, sizeof *counter->next_offsets);
    for (size_t i = 0; i < producers; i++) {
        struct producer *producer = &counter->producers[i];
        producer->sent = sent[i];
        producer->seen = memory_zeroed((size_t)sent[i] / BITS_OF_WORD + 1, sizeof *producer->seen);
        producer->last_plus = memory_zeroed(partitions, sizeof *producer->last_plus);
    }
    return counter;
}

void sequence_counter_free(struct sequence_counter *counter)
{
    if (!counter)
        return;
    for (size_t i = 0; i < counter->producer_count; i++) {
        free(counter->producers[i].seen);
        free(counter->producers[i].last_plus);
    }
    free(counter->producers);
    free(counter->next_offsets);
    free(counter);
}

/* Whether it was there before. */
static bool mark_seen(struct producer *producer, int64_t number)
{
    uint64_t *word = &producer->seen[number / BITS_OF_WORD];
    uint64_t bit = UINT64_C(1) << (number % BITS_OF_WORD);
    bool was_seen = (*word & bit) != 0;
    *word |= bit;
    return was_seen;
}

static void count_number(struct sequence_counter *counter, int64_t sequence, size_t partition, int32_t status)
{
    struct sequence_counts *counts = &counter->counts;
    uint64_t index = (uint64_t)sequence >> SEQUENCE_PRODUCER_SHIFT;
    int64_t number = sequence & ((INT64_C(1) << SEQUENCE_PRODUCER_SHIFT) - 1);
    counts->items++;
    if (status != 0 || index >= counter->producer_count || number >= counter->producers[index].sent) {
        counts->foreign++;
        return;
    }
    struct producer *producer = &counter->producers[index];
    if (mark_seen(producer, number))
        counts->copies++;
    else
        counts->distinct++;
    if (number + 1 < producer->last_plus[partition])
        counts->disordered++;
    producer->last_plus[partition] = number + 1;
}

static void take_item(struct sequence_counter *counter, const unsigned char *bytes)
{
    int64_t sequence, offset;
    int32_t partition, status;
    memcpy(&sequence, bytes, 8);
    memcpy(&offset, bytes + 8, 8);
    memcpy(&partition, bytes + 16, 4);
    memcpy(&status, bytes + 20, 4);
    sequence = (int64_t)le64toh((uint64_t)sequence);
    offset = (int64_t)le64toh((uint64_t)offset);
    partition = (int32_t)le32toh((uint32_t)partition);
    status = (int32_t)le32toh((uint32_t)status);
    if (partition < 0 || (size_t)partition >= counter->partition_count || offset == INT64_MAX ||
        offset < counter->next_offsets[partition]) {
        counter->counts.misread++;
        return;
    }
    counter->next_offsets[partition] = offset + 1;
    count_number(counter, sequence, (size_t)partition, status);
}

void sequence_counter_feed(struct sequence_counter *counter, const unsigned char *bytes, size_t length)
{
    if (counter->rest_length > 0) {
        size_t missing = SEQUENCE_ITEM_BYTES - counter->rest_length;
        size_t taken = length < missing ? length : missing;
        memcpy(counter->rest + counter->rest_length, bytes, taken);
        counter->rest_length += taken;
        bytes += taken;
        length -= taken;
        if (counter->rest_length < SEQUENCE_ITEM_BYTES)
            return;
        take_item(counter, counter->rest);
    }
    for (; length >= SEQUENCE_ITEM_BYTES; bytes += SEQUENCE_ITEM_BYTES, length -= SEQUENCE_ITEM_BYTES)
        take_item(counter, bytes);
    memcpy(counter->rest, bytes, length);
    counter->rest_length = length;
}

size_t sequence_counter_rest(const struct sequence_counter *counter)
{
    return counter->rest_length;
}

const struct sequence_counts *sequence_counter_counts(const struct sequence_counter *counter)
{
    return &counter->counts;
}

void sequence_loss(int64_t sent, int64_t acknowledged, int64_t distinct, struct sequence_loss *loss)
{
    int64_t missing = sent - distinct;
    loss->least = acknowledged > distinct ? acknowledged - distinct : 0;
    loss->most = missing < acknowledged ? missing : acknowledged;
}

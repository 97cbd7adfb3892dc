/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What became of the records of a trial, by the sequence numbers in them: counts distinct ones, copies, steps back and strangers
 * in one pass over what a topic holds.
 *
 * Record i of producer k carries the number (k << 48) + i. A reader gives one item for each stored record, 24 bytes,
 * little-endian: int64 sequence, int64 offset, int32 partition, int32 status. The items of a partition come in the order of
 * their offsets; partitions may be mixed. Memory is one bit for each record sent and two numbers for each partition and
 * producer, however many copies there are.
 */
#ifndef KBENCH_MEASURE_SEQUENCE_H
#define KBENCH_MEASURE_SEQUENCE_H

#include <stddef.h>
#include <stdint.h>

#define SEQUENCE_ITEM_BYTES 24
#define SEQUENCE_PRODUCER_SHIFT 48
/* Status of an item: a record that is too short to hold a number. */
#define SEQUENCE_TOO_SHORT 1

struct sequence_counts {
    int64_t items;    /* all that were read: the sum of distinct, copies and foreign */
    int64_t distinct; /* numbers that are there at least once */
    int64_t copies;   /* beyond the first of a number, in whatever partition */
    int64_t
        disordered; /* items whose number is lower than that of the item before them of the same producer and partition */
    int64_t foreign; /* items with a number that nobody sent, or with none */
    /* Items that a reader should not have given: of no partition of the topic, or with an offset that is not above that of the
     * item before it. They are counted nowhere else: what a reader reads twice is not stored twice. */
    int64_t misread;
};

struct sequence_counter;

/* Producer k has sent the numbers (k << 48) to (k << 48) + sent[k] − 1. `sent` is copied. Free with sequence_counter_free(). */
struct sequence_counter *sequence_counter_new(const int64_t *sent, size_t producers, size_t partitions);
void sequence_counter_free(struct sequence_counter *counter);
/* Take bytes as they come: a block may end inside an item. */
void sequence_counter_feed(struct sequence_counter *counter, const unsigned char *bytes, size_t length);
/* Bytes of an item that is not whole yet; 0 at a good end. */
size_t sequence_counter_rest(const struct sequence_counter *counter);
/* The counts so far; borrowed. */
const struct sequence_counts *sequence_counter_counts(const struct sequence_counter *counter);

/*
 * How many acknowledged records are not stored. A producer counts its acknowledgements, it does not say which records they
 * were for, so where some failed only bounds are known: `missing` = sent − distinct records are not there; as many as
 * failed may be among them, and any number of the failed may be stored all the same.
 */
struct sequence_loss {
    int64_t least; /* acknowledged − distinct, 0 when that is negative: certainly lost */
    int64_t
        most; /* all that are missing, at most the acknowledged; equal to `least` when none failed or none is missing */
};
void sequence_loss(int64_t sent, int64_t acknowledged, int64_t distinct, struct sequence_loss *loss);

#endif

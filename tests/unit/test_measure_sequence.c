/* SPDX-License-Identifier: Apache-2.0 */
#include <endian.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "base/text.h"
#include "measure/sequence.h"

#define NUMBER(producer, i) (((int64_t)(producer) << SEQUENCE_PRODUCER_SHIFT) + (i))

/* A topic as it grows: items in the order in which they are read. */
struct topic {
    struct text items;
    int64_t ends[3];
};

static void put_item(struct topic *topic, int64_t sequence, int64_t offset, int32_t partition, int32_t status)
{
    uint64_t longs[] = {htole64((uint64_t)sequence), htole64((uint64_t)offset)};
    uint32_t shorts[] = {htole32((uint32_t)partition), htole32((uint32_t)status)};
    text_append_bytes(&topic->items, longs, sizeof longs);
    text_append_bytes(&topic->items, shorts, sizeof shorts);
}

static void put(struct topic *topic, int32_t partition, int64_t sequence)
{
    put_item(topic, sequence, topic->ends[partition]++, partition, 0);
}

/* Fed in blocks of `block` bytes. */
static struct sequence_counts count(struct topic *topic, const int64_t *sent, size_t producers, size_t block)
{
    struct sequence_counter *counter = sequence_counter_new(sent, producers, 3);
    const unsigned char *bytes = (const unsigned char *)topic->items.bytes;
    for (size_t at = 0; at < topic->items.length; at += block)
        sequence_counter_feed(counter, bytes + at, topic->items.length - at < block ? topic->items.length - at : block);
    assert_int_equal(sequence_counter_rest(counter), 0);
    struct sequence_counts counts = *sequence_counter_counts(counter);
    sequence_counter_free(counter);
    text_release(&topic->items);
    return counts;
}

static void check(const struct sequence_counts *counts, int64_t distinct, int64_t copies, int64_t disordered,
                  int64_t foreign, int64_t misread)
{
    assert_int_equal(counts->distinct, distinct);
    assert_int_equal(counts->copies, copies);
    assert_int_equal(counts->disordered, disordered);
    assert_int_equal(counts->foreign, foreign);
    assert_int_equal(counts->misread, misread);
    assert_int_equal(counts->items, distinct + copies + foreign);
}

#define ALL_OF(topic, sent) count(topic, sent, sizeof(sent) / sizeof *(sent), SIZE_MAX)

static void test_all_there_in_order(void **state)
{
    (void)state;
    struct topic topic = {.items = TEXT_INIT};
    for (int64_t i = 0; i < 1000; i++)
        put(&topic, (int32_t)(i % 3), i);
    struct sequence_counts counts = ALL_OF(&topic, ((const int64_t[]){1000}));
    check(&counts, 1000, 0, 0, 0, 0);
}

static void test_gaps_are_not_distinct(void **state)
{
    (void)state;
    struct topic topic = {.items = TEXT_INIT};
    for (int64_t i = 0; i < 1000; i++)
        if (i != 0 && i != 63 && i != 64 && i != 999)
            put(&topic, 0, i);
    struct sequence_counts counts = ALL_OF(&topic, ((const int64_t[]){1000}));
    check(&counts, 996, 0, 0, 0, 0);
}

/* A batch that was sent again: its first record steps back, each record is a copy. */
static void test_a_batch_again(void **state)
{
    (void)state;
    struct topic topic = {.items = TEXT_INIT};
    static const int64_t numbers[] = {0, 1, 2, 3, 1, 2, 3, 4, 4};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        put(&topic, 1, numbers[i]);
    struct sequence_counts counts = ALL_OF(&topic, ((const int64_t[]){5}));
    check(&counts, 5, 4, 1, 0, 0);
}

static void test_a_copy_in_another_partition(void **state)
{
    (void)state;
    struct topic topic = {.items = TEXT_INIT};
    put(&topic, 0, 7);
    put(&topic, 1, 7);
    put(&topic, 2, 7);
    struct sequence_counts counts = ALL_OF(&topic, ((const int64_t[]){8}));
    check(&counts, 1, 2, 0, 0, 0);
}

/* Two batches that changed places step back once; the order between partitions says nothing. */
static void test_disorder_is_of_one_partition(void **state)
{
    (void)state;
    struct topic topic = {.items = TEXT_INIT};
    static const int64_t first[] = {0, 1, 4, 5, 2, 3, 6};
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        put(&topic, 0, first[i]);
    put(&topic, 1, 8);
    put(&topic, 0, 7);
    struct sequence_counts counts = ALL_OF(&topic, ((const int64_t[]){9}));
    check(&counts, 9, 0, 1, 0, 0);
}

static void test_producers_have_numbers_of_their_own(void **state)
{
    (void)state;
    struct topic topic = {.items = TEXT_INIT};
    put(&topic, 0, NUMBER(0, 5));
    put(&topic, 0, NUMBER(1, 3)); /* lower, but another producer's */
    put(&topic, 0, NUMBER(0, 6));
    put(&topic, 0, NUMBER(1, 2));
    put(&topic, 0, NUMBER(2, 0));
    put(&topic, 0, NUMBER(1, 3));
    struct sequence_counts counts = ALL_OF(&topic, ((const int64_t[]){7, 4, 1}));
    check(&counts, 5, 1, 1, 0, 0);
}

static void test_strangers(void **state)
{
    (void)state;
    struct topic topic = {.items = TEXT_INIT};
    put(&topic, 0, NUMBER(0, 9));
    put(&topic, 0, NUMBER(0, 10)); /* one more than was sent */
    put(&topic, 0, NUMBER(1, 0));  /* sent nothing */
    put(&topic, 0, NUMBER(2, 0));  /* is nobody */
    put(&topic, 0, -1);
    put_item(&topic, 0, topic.ends[0], 0, SEQUENCE_TOO_SHORT);
    struct sequence_counts counts = ALL_OF(&topic, ((const int64_t[]){10, 0}));
    check(&counts, 1, 0, 0, 5, 0);
}

/* What the reader reads twice is not stored twice. */
static void test_misread_items(void **state)
{
    (void)state;
    struct topic topic = {.items = TEXT_INIT};
    put_item(&topic, 0, 40, 0, 0);
    put_item(&topic, 0, 40, 0, 0);
    put_item(&topic, 1, 39, 0, 0);
    put_item(&topic, 1, 41, 0, 0);
    put_item(&topic, 2, 0, 3, 0);
    put_item(&topic, 2, 0, -1, 0);
    put_item(&topic, 2, -1, 1, 0);
    put_item(&topic, 2, INT64_MAX, 1, 0);
    struct sequence_counts counts = ALL_OF(&topic, ((const int64_t[]){3}));
    check(&counts, 2, 0, 0, 0, 6);
}

#define MANY 200000

/* Against a count of each number, in blocks that end inside items. */
static void test_against_plain_counting(void **state)
{
    (void)state;
    static const size_t blocks[] = {1, 7, 24, 25, 65536};
    static const int64_t sent[] = {MANY, MANY / 2};
    for (size_t b = 0; b < sizeof blocks / sizeof *blocks; b++) {
        struct topic topic = {.items = TEXT_INIT};
        gsl_rng *stream = random_stream(b, "sequence");
        int *seen = memory_zeroed(2 * MANY, sizeof *seen);
        int64_t distinct = 0, copies = 0, disordered = 0, last[2][3] = {{-1, -1, -1}, {-1, -1, -1}};
        for (int i = 0; i < MANY; i++) {
            size_t producer = gsl_rng_uniform_int(stream, 2), partition = gsl_rng_uniform_int(stream, 3);
            int64_t number = (int64_t)gsl_rng_uniform_int(stream, (unsigned long)sent[producer]);
            put(&topic, (int32_t)partition, NUMBER(producer, number));
            if (seen[producer * MANY + (size_t)number]++)
                copies++;
            else
                distinct++;
            disordered += number < last[producer][partition];
            last[producer][partition] = number;
        }
        struct sequence_counts counts = count(&topic, sent, 2, blocks[b]);
        check(&counts, distinct, copies, disordered, 0, 0);
        gsl_rng_free(stream);
        free(seen);
    }
}

static void test_an_unfinished_item_is_seen(void **state)
{
    (void)state;
    static const unsigned char bytes[30] = {0};
    struct sequence_counter *counter = sequence_counter_new(&(int64_t){1}, 1, 1);
    sequence_counter_feed(counter, bytes, 30);
    assert_int_equal(sequence_counter_rest(counter), 6);
    sequence_counter_feed(counter, bytes, 2);
    assert_int_equal(sequence_counter_rest(counter), 8);
    assert_int_equal(sequence_counter_counts(counter)->items, 1);
    sequence_counter_free(counter);
}

static void check_loss(int64_t sent, int64_t acknowledged, int64_t distinct, int64_t least, int64_t most)
{
    struct sequence_loss loss;
    sequence_loss(sent, acknowledged, distinct, &loss);
    assert_int_equal(loss.least, least);
    assert_int_equal(loss.most, most);
}

static void test_bounds_of_loss(void **state)
{
    (void)state;
    check_loss(100, 100, 100, 0, 0);
    check_loss(100, 100, 97, 3, 3);
    check_loss(100, 90, 90, 0, 10); /* the missing may be the failed, or others while the failed are stored */
    check_loss(100, 90, 95, 0, 5);
    check_loss(100, 90, 100, 0, 0);
    check_loss(100, 90, 80, 10, 20);
    check_loss(100, 5, 0, 5, 5);
    check_loss(100, 0, 50, 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_there_in_order),
        cmocka_unit_test(test_gaps_are_not_distinct),
        cmocka_unit_test(test_a_batch_again),
        cmocka_unit_test(test_a_copy_in_another_partition),
        cmocka_unit_test(test_disorder_is_of_one_partition),
        cmocka_unit_test(test_producers_have_numbers_of_their_own),
        cmocka_unit_test(test_strangers),
        cmocka_unit_test(test_misread_items),
        cmocka_unit_test(test_against_plain_counting),
        cmocka_unit_test(test_an_unfinished_item_is_seen),
        cmocka_unit_test(test_bounds_of_loss),
    };
    return cmocka_run_group_tests_name("sequence", tests, NULL, NULL);
}

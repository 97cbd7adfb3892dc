/* SPDX-License-Identifier: Apache-2.0 */
/* Payloads: what goes out comes back; Java's is read; what is broken or hostile is an error and nothing else. */
#include <endian.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/evp.h>
#include <zlib.h>

#include "base/file.h"
#include "measure/histogram.h"
#include "measure/histogram_v2.h"

/* All that a payload says of itself, to be set to anything. */
struct forgery {
    uint32_t outer_cookie, inner_cookie, digits;
    int64_t lowest, highest;
    uint64_t ratio_bits;
    int32_t index_offset;
    int64_t extra_outer_length, extra_inner_length; /* the lengths told are wrong by this */
    const char *counts;
    size_t counts_length;
    size_t flipped; /* this byte of the compressed ones, from the end, is another; 0: none */
};

static const struct forgery honest = {
    .outer_cookie = 0x1c849314,
    .inner_cookie = 0x1c849313,
    .digits = 3,
    .lowest = 1000,
    .highest = INT64_C(3600000000000),
    .ratio_bits = V2_RATIO_BITS,
    .counts = "\x05\x02", /* two empty counters less one: -3, then 1 */
    .counts_length = 2,
};

static char *forge(const struct forgery *forgery)
{
    unsigned char payload[512], compressed[1024];
    struct v2_header header = {
        .cookie = htobe32(forgery->inner_cookie),
        .length = htobe32((uint32_t)((int64_t)forgery->counts_length + forgery->extra_inner_length)),
        .index_offset = htobe32((uint32_t)forgery->index_offset),
        .digits = htobe32(forgery->digits),
        .lowest = htobe64((uint64_t)forgery->lowest),
        .highest = htobe64((uint64_t)forgery->highest),
        .ratio_bits = htobe64(forgery->ratio_bits),
    };
    memcpy(payload, &header, sizeof header);
    memcpy(payload + sizeof header, forgery->counts, forgery->counts_length);
    uLongf length = sizeof compressed - 8;
    assert_int_equal(compress2(compressed + 8, &length, payload, sizeof header + forgery->counts_length, 9), Z_OK);
    uint32_t outer[] = {htobe32(forgery->outer_cookie),
                        htobe32((uint32_t)((int64_t)length + forgery->extra_outer_length))};
    memcpy(compressed, outer, sizeof outer);
    if (forgery->flipped > 0)
        compressed[8 + length - forgery->flipped] ^= 1;
    char *base64 = calloc(1, 2048);
    EVP_EncodeBlock((unsigned char *)base64, compressed, (int)(length + 8));
    return base64;
}

static void assert_refused(const char *base64)
{
    struct error error = ERROR_INIT;
    struct histogram *histogram = histogram_decode(base64, &error);
    assert_null(histogram);
    assert_int_equal(error.category, ERROR_INPUT);
    assert_memory_equal(error.message, "not an HdrHistogram V2 payload: ", 32);
}

static void assert_forgery_refused(struct forgery forgery)
{
    char *base64 = forge(&forgery);
    assert_refused(base64);
    free(base64);
}

static void test_an_honest_one_is_read(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    char *base64 = forge(&honest);
    struct histogram *histogram = histogram_decode(base64, &error);
    assert_non_null(histogram);
    assert_int_equal(histogram_count(histogram), 1);
    assert_int_equal(histogram_min(histogram), 3 * 512);
    histogram_free(histogram);
    free(base64);
}

static void test_forgeries_are_refused(void **state)
{
    (void)state;
#define FORGERY(...)                                                                                                   \
    do {                                                                                                               \
        struct forgery forgery = honest;                                                                               \
        __VA_ARGS__;                                                                                                   \
        assert_forgery_refused(forgery);                                                                               \
    } while (0)
    FORGERY(forgery.outer_cookie = 0x1c849313);
    FORGERY(forgery.outer_cookie = 0x1c849304 - 1);
    FORGERY(forgery.inner_cookie = 0x1c849301);
    FORGERY(forgery.inner_cookie = 0);
    FORGERY(forgery.digits = 0);
    FORGERY(forgery.digits = 6);
    FORGERY(forgery.digits = UINT32_MAX);
    FORGERY(forgery.lowest = 0);
    FORGERY(forgery.lowest = INT64_MIN);
    FORGERY(forgery.highest = 1);
    FORGERY(forgery.highest = -1);
    FORGERY(forgery.ratio_bits = 0);
    FORGERY(forgery.index_offset = 1);
    FORGERY(forgery.extra_outer_length = 1);
    FORGERY(forgery.extra_outer_length = -1);
    FORGERY(forgery.extra_outer_length = INT32_MAX);
    FORGERY(forgery.extra_inner_length = 1);
    FORGERY(forgery.extra_inner_length = -1);
    FORGERY(forgery.extra_inner_length = INT32_MAX);
    FORGERY(forgery.extra_inner_length = -3); /* 2^32 - 1 */
    FORGERY(forgery.flipped = 1);             /* zlib's checksum */
    FORGERY(forgery.flipped = 12);
#undef FORGERY
}

/* The length that is told is looked at before memory is taken for it. */
static void test_a_huge_length_takes_no_memory(void **state)
{
    (void)state;
    struct forgery forgery = honest;
    forgery.extra_inner_length = INT32_MAX;
    char *base64 = forge(&forgery);
    struct error error = ERROR_INIT;
    assert_null(histogram_decode(base64, &error));
    assert_string_equal(error.message, "not an HdrHistogram V2 payload: it has more counts than its range");
    free(base64);
}

static void test_impossible_counts_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t length;
    } counts[] = {
        {"\x80", 1},                                      /* ends inside a number */
        {"\x02\xff\xff", 3},                              /* the same, later */
        {"\xff\xff\xff\xff\xff\xff\xff\xff\xff", 9},      /* a run of 2^63 empty counters */
        {"\xff\xff\xff\xff\x0f\x02", 6},                  /* a run of 2^31 */
        {"\x81\x80\x03\x02", 4},                          /* a run of 24,577: one more than there are */
        {"\xff\xff\x02\x02\x02\x02", 6},                  /* counts beyond the last counter, after a run that fits */
        {"\xfe\xff\xff\xff\xff\xff\xff\xff\xff\x02", 10}, /* 2^63 - 1 and 1: more than can be counted */
    };
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        struct forgery forgery = honest;
        forgery.counts = counts[i].bytes;
        forgery.counts_length = counts[i].length;
        assert_forgery_refused(forgery);
    }
}

static void test_damaged_text_is_refused(void **state)
{
    (void)state;
    static const char *const broken[] = {"",
                                         "A",
                                         "====",
                                         "A===",
                                         "AAAA",
                                         "not base64 at all",
                                         "HIST",
                                         "HISTF",
                                         "HISTFAAAACh4nJNpmSzMwMDAzgABzFDqBRC7GexYwGD/ASLCtF9O5C8/FwCL3gd",
                                         "HISTFAAAACh4nJNp\nmSzMwMDAzgABzFDqBRC7GexYwGD/ASLCtF9O5C8/FwCL3gdF",
                                         "HISTFAAAACh4nJNp=SzMwMDAzgABzFDqBRC7GexYwGD/ASLCtF9O5C8/FwCL3gdF",
                                         "HISTFAAAACh4nJNp\xc3\xa9zMwMDAzgABzFDqBRC7GexYwGD/ASLCtF9O5C8/FwCL3gdF"};
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++)
        assert_refused(broken[i]);
}

/*
 * Every prefix of a payload, and the payload with any one character changed, gives an error or a histogram, never a
 * crash.
 */
static void test_every_prefix_and_every_change(void **state)
{
    (void)state;
    char *base64 = forge(&honest);
    size_t length = strlen(base64);
    for (size_t i = 0; i < length; i++) {
        char *changed = strdup(base64);
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        histogram_free(histogram_decode(changed, NULL));
        changed[i] = '\0';
        assert_refused(changed);
        free(changed);
    }
    free(base64);
}

static void check_round_trip(const struct histogram *histogram)
{
    struct error error = ERROR_INIT;
    char *payload = histogram_encode(histogram, &error);
    assert_non_null(payload);
    struct histogram *back = histogram_decode(payload, &error);
    assert_non_null(back);
    assert_int_equal(histogram_count(back), histogram_count(histogram));
    assert_int_equal(histogram_min(back), histogram_min(histogram));
    assert_int_equal(histogram_max(back), histogram_max(histogram));
    assert_true(histogram_mean(back) == histogram_mean(histogram));
    for (double percentile = 0; percentile <= 100; percentile += 0.25)
        assert_int_equal(histogram_percentile(back, percentile), histogram_percentile(histogram, percentile));
    struct histogram *merged = histogram_decode(payload, &error);
    assert_true(histogram_count(histogram) > INT64_MAX / 2 ||
                histogram_merge(merged, histogram)); /* still its configuration */
    histogram_free(merged);
    histogram_free(back);
    free(payload);
}

static void test_round_trip(void **state)
{
    (void)state;
    struct histogram *histogram = histogram_new_latency();
    check_round_trip(histogram); /* empty */
    histogram_record(histogram, 0, 1);
    check_round_trip(histogram);
    for (int64_t value = 1000; value < INT64_C(3600000000000); value += 1 + value / 7)
        histogram_record(histogram, value, value % 1000 + 1);
    check_round_trip(histogram);
    histogram_record(histogram, 5000, INT64_MAX - histogram_count(histogram)); /* the largest number there is */
    check_round_trip(histogram);
    histogram_free(histogram);

    histogram = histogram_new(1, INT64_MAX, 2);
    histogram_record(histogram, INT64_MAX, 5);
    check_round_trip(histogram);
    histogram_free(histogram);
}

/* The expected figures are what the Java library printed when it made the file. */
static void test_javas_payload(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    struct text payload = TEXT_INIT;
    assert_true(file_read("tests/data/histogram/log-normal.payload", 1 << 20, &payload, &error));
    struct histogram *histogram = histogram_decode(payload.bytes, &error);
    assert_non_null(histogram);
    assert_int_equal(histogram_count(histogram), 20000);
    assert_int_equal(histogram_min(histogram), 0);
    assert_int_equal(histogram_max(histogram), 3663724543);
    assert_int_equal(histogram_percentile(histogram, 1), 9215);
    assert_int_equal(histogram_percentile(histogram, 50), 994815);
    assert_int_equal(histogram_percentile(histogram, 95), 26443775);
    assert_int_equal(histogram_percentile(histogram, 99), 101515263);
    assert_int_equal(histogram_percentile(histogram, 99.9), 467402751);
    assert_int_equal(histogram_percentile(histogram, 99.99), 1356857343);

    struct histogram *again = histogram_new_latency(); /* it has the configuration of our own */
    assert_true(histogram_merge(again, histogram));
    histogram_free(again);
    histogram_free(histogram);
    text_release(&payload);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_honest_one_is_read),
        cmocka_unit_test(test_forgeries_are_refused),
        cmocka_unit_test(test_a_huge_length_takes_no_memory),
        cmocka_unit_test(test_impossible_counts_are_refused),
        cmocka_unit_test(test_damaged_text_is_refused),
        cmocka_unit_test(test_every_prefix_and_every_change),
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_javas_payload),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The payload may be broken or hostile: every length is checked before memory is taken for it, and what is decompressed
 * is bounded by what the histogram that the header describes could need.
 */
#include <openssl/evp.h>
#include <zlib.h>

#include "base/text.h"
#include "measure/histogram.h"
#include "measure/histogram_counts.h"
#include "measure/histogram_v2.h"

#include "base/banned.h"

#define BASE64_LIMIT ((size_t)64 << 20)

static bool broken(struct error *error, const char *what)
{
    return error_set(error, ERROR_INPUT, "not an HdrHistogram V2 payload: %s", what);
}

static bool cookie_is(uint32_t big_endian, uint32_t cookie)
{
    return (be32toh(big_endian) & ~V2_COOKIE_WORD_MASK) == cookie;
}

/* The bytes that `base64` stands for; the caller frees. */
static unsigned char *base64_decode(const char *base64, size_t *length, struct error *error)
{
    size_t characters = strlen(base64);
    if (characters == 0 || characters % 4 != 0 || characters > BASE64_LIMIT)
        return broken(error, "the length of its base64 is not possible"), NULL;
    size_t padding = (base64[characters - 1] == '=') + (size_t)(base64[characters - 2] == '=');
    bool clean =
        strspn(base64, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") == characters - padding;
    unsigned char *bytes = memory_zeroed(characters / 4, 3);
    if (!clean || EVP_DecodeBlock(bytes, (const unsigned char *)base64, (int)characters) < 0)
        return free(bytes), broken(error, "it is not base64"), NULL;
    *length = characters / 4 * 3 - padding;
    return bytes;
}

/* Decompress exactly `length` bytes. */
static bool inflate_bytes(z_stream *stream, void *bytes, size_t length)
{
    stream->next_out = bytes;
    stream->avail_out = (uInt)length;
    int status = length > 0 ? inflate(stream, Z_NO_FLUSH) : Z_OK;
    return (status == Z_OK || status == Z_STREAM_END) && stream->avail_out == 0;
}

/* Nothing more comes, and zlib's checksum is right. There has to be room for one byte behind the last ones. */
static bool inflate_ends(z_stream *stream)
{
    stream->avail_out = 1;
    return inflate(stream, Z_FINISH) == Z_STREAM_END && stream->avail_out == 1 && stream->avail_in == 0;
}

static bool read_number(const unsigned char **at, const unsigned char *end, int64_t *number)
{
    uint64_t zigzag = 0;
    for (int i = 0; *at < end; i++) {
        uint64_t byte = *(*at)++;
        bool is_ninth = i == V2_NUMBER_BYTES - 1;
        zigzag |= (is_ninth ? byte : byte & 0x7f) << (7 * i);
        if (is_ninth || byte < 0x80) {
            *number = (int64_t)(zigzag >> 1) ^ -(int64_t)(zigzag & 1);
            return true;
        }
    }
    return false;
}

static bool read_counts(struct histogram *histogram, const unsigned char *at, size_t length, struct error *error)
{
    const unsigned char *end = at + length;
    uint32_t index = 0;
    while (at < end) {
        int64_t number, sum;
        if (!read_number(&at, end, &number))
            return broken(error, "it ends inside a count");
        /* A negative number is a run of so many empty counters. */
        uint64_t counters = number < 0 ? -(uint64_t)number : 1;
        if (counters > histogram->length - index)
            return broken(error, "it has more counts than its range");
        if (number > 0) {
            if (__builtin_add_overflow(histogram->total, number, &sum))
                return broken(error, "its counts are too many");
            histogram_add(histogram, index, number);
        }
        index += (uint32_t)counters;
    }
    return true;
}

static struct histogram *read_payload(z_stream *stream, struct error *error)
{
    struct v2_header header;
    if (!inflate_bytes(stream, &header, sizeof header))
        return broken(error, "it cannot be decompressed"), NULL;
    if (!cookie_is(header.cookie, V2_COOKIE))
        return broken(error, "the inner cookie is another one"), NULL;
    if (header.index_offset != 0 || be64toh(header.ratio_bits) != V2_RATIO_BITS)
        return broken(error, "shifted and floating-point histograms are not supported"), NULL;
    uint32_t digits = be32toh(header.digits);
    struct histogram *histogram =
        histogram_new((int64_t)be64toh(header.lowest), (int64_t)be64toh(header.highest), digits <= 5 ? (int)digits : 0);
    if (!histogram)
        return broken(error, "its range or its digits are not possible"), NULL;

    size_t length = be32toh(header.length);
    unsigned char *counts = NULL;
    bool ok = false;
    if (length > (size_t)histogram->length * V2_NUMBER_BYTES) {
        broken(error, "it has more counts than its range");
        goto done;
    }
    counts = memory_zeroed(length + 1, 1);
    if (!inflate_bytes(stream, counts, length) || !inflate_ends(stream)) {
        broken(error, "it is not as long as it says, or damaged");
        goto done;
    }
    ok = read_counts(histogram, counts, length, error);
done:
    free(counts);
    if (!ok)
        histogram_free(histogram);
    return ok ? histogram : NULL;
}

struct histogram *histogram_decode(const char *base64, struct error *error)
{
    size_t length;
    unsigned char *bytes = base64_decode(base64, &length, error);
    if (!bytes)
        return NULL;

    struct histogram *histogram = NULL;
    struct v2_compressed_header header = {0};
    z_stream stream = {0};
    if (length >= sizeof header)
        memcpy(&header, bytes, sizeof header);
    if (length < sizeof header || !cookie_is(header.cookie, V2_COOKIE_COMPRESSED)) {
        broken(error, "the outer cookie is another one");
        goto done;
    }
    if (be32toh(header.length) != length - sizeof header) {
        broken(error, "it is not as long as it says");
        goto done;
    }
    stream.next_in = bytes + sizeof header;
    stream.avail_in = (uInt)(length - sizeof header);
    if (inflateInit(&stream) != Z_OK) {
        error_set(error, ERROR_UNAVAILABLE, "zlib cannot be initialised");
        goto done;
    }
    histogram = read_payload(&stream, error);
    inflateEnd(&stream);
done:
    free(bytes);
    return histogram;
}

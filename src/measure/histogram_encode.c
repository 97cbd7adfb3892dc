/* SPDX-License-Identifier: Apache-2.0 */
#include <openssl/evp.h>
#include <zlib.h>

#include "base/text.h"
#include "measure/histogram.h"
#include "measure/histogram_counts.h"
#include "measure/histogram_v2.h"

#include "base/banned.h"

/*
 * Seven bits a byte, the lowest first, the highest bit saying that more follow; the ninth byte is the last and has all
 * eight.
 */
static void append_number(struct text *payload, int64_t number)
{
    uint64_t rest = ((uint64_t)number << 1) ^ (number < 0 ? UINT64_MAX : 0);
    for (int i = 1; i < V2_NUMBER_BYTES && rest >= 0x80; i++) {
        text_append_char(payload, (char)((rest & 0x7f) | 0x80));
        rest >>= 7;
    }
    text_append_char(payload, (char)rest);
}

static void append_counts(struct text *payload, const struct histogram *histogram)
{
    int64_t zeros = 0;
    for (uint32_t i = 0; i <= histogram->last; i++) {
        if (histogram->counts[i] == 0) {
            zeros++;
            continue;
        }
        if (zeros > 0)
            append_number(payload, zeros == 1 ? 0 : -zeros);
        append_number(payload, histogram->counts[i]);
        zeros = 0;
    }
    if (zeros > 0) /* an empty histogram: the first counter alone */
        append_number(payload, 0);
}

static void append_payload(struct text *payload, const struct histogram *histogram)
{
    struct text counts = TEXT_INIT;
    append_counts(&counts, histogram);
    struct v2_header header = {
        .cookie = htobe32(V2_COOKIE | V2_COOKIE_WORD_SIZE),
        .length = htobe32((uint32_t)counts.length),
        .digits = htobe32((uint32_t)histogram->digits),
        .lowest = htobe64((uint64_t)histogram->lowest),
        .highest = htobe64((uint64_t)histogram->highest),
        .ratio_bits = htobe64(V2_RATIO_BITS),
    };
    text_append_bytes(payload, &header, sizeof header);
    text_append_bytes(payload, counts.bytes, counts.length);
    text_release(&counts);
}

char *histogram_encode(const struct histogram *histogram, struct error *error)
{
    struct text payload = TEXT_INIT;
    append_payload(&payload, histogram);

    struct v2_compressed_header header = {.cookie = htobe32(V2_COOKIE_COMPRESSED | V2_COOKIE_WORD_SIZE)};
    uLongf length = compressBound(payload.length);
    unsigned char *compressed = memory_zeroed(1, sizeof header + length);
    char *base64 = NULL;
    int status = compress2(compressed + sizeof header, &length, (const Bytef *)payload.bytes, payload.length,
                           Z_DEFAULT_COMPRESSION);
    if (status != Z_OK) {
        error_set(error, ERROR_UNAVAILABLE, "a histogram cannot be compressed: %s", zError(status));
        goto done;
    }
    header.length = htobe32((uint32_t)length);
    memcpy(compressed, &header, sizeof header);
    length += sizeof header;
    base64 = memory_zeroed(1, (length + 2) / 3 * 4 + 1);
    EVP_EncodeBlock((unsigned char *)base64, compressed, (int)length);
done:
    free(compressed);
    text_release(&payload);
    return base64;
}

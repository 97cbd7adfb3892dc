/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/sample_carry.h"

#include "base/banned.h"

void sample_carry_feed(struct sample_carry *carry, struct collector *collector, const unsigned char *bytes,
                       size_t length)
{
    if (carry->length > 0) {
        size_t missing = SAMPLE_BYTES - carry->length;
        size_t taken = length < missing ? length : missing;
        memcpy(carry->bytes + carry->length, bytes, taken);
        carry->length += taken;
        bytes += taken;
        length -= taken;
        if (carry->length < SAMPLE_BYTES)
            return;
        collector_consume(collector, carry->bytes, 1);
    }
    size_t whole = length / SAMPLE_BYTES;
    collector_consume(collector, bytes, whole);
    carry->length = length % SAMPLE_BYTES;
    memcpy(carry->bytes, bytes + whole * SAMPLE_BYTES, carry->length);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * HdrHistogram's V2 format, for this room alone. All numbers of the headers are big-endian.
 *
 *   compressed:  int32 cookie (0x1c849304), int32 length, then zlib's stream of
 *   payload:     int32 cookie (0x1c849303), int32 length of the counts, int32 normalizing index offset (0), int32
 *                digits, int64 lowest, int64 highest, double conversion ratio (1.0), then the
 *   counts:      from the first counter to the last one in use, ZigZag LEB128, at most 9 bytes each; a run of n > 1
 *                empty counters is the one number -n.
 *
 * Bits 4 to 7 of a cookie hold the word size, which this version writes as 1 and does not read.
 */
#ifndef KBENCH_MEASURE_HISTOGRAM_V2_H
#define KBENCH_MEASURE_HISTOGRAM_V2_H

#include <endian.h>
#include <stdint.h>

#define V2_COOKIE UINT32_C(0x1c849303)
#define V2_COOKIE_COMPRESSED UINT32_C(0x1c849304)
#define V2_COOKIE_WORD_SIZE UINT32_C(0x10)
#define V2_COOKIE_WORD_MASK UINT32_C(0xf0)
#define V2_NUMBER_BYTES 9
#define V2_RATIO_BITS UINT64_C(0x3ff0000000000000) /* 1.0 */

struct v2_compressed_header {
    uint32_t cookie, length;
};

struct v2_header {
    uint32_t cookie, length, index_offset, digits;
    uint64_t lowest, highest, ratio_bits;
};
_Static_assert(sizeof(struct v2_header) == 40, "the header has no padding");

#endif

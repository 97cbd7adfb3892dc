/* SPDX-License-Identifier: Apache-2.0 */
/* What is sent: the payload file, mapped for the driver's whole life, and keys. Alike in every language. */
#ifndef KBENCH_DRIVERS_C_RECORDS_H
#define KBENCH_DRIVERS_C_RECORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "job.h"

#define RECORD_KEY_BYTES 8

struct records {
    unsigned char *payload;
    size_t payload_bytes;
    size_t record_size;
    size_t next; /* offset of the next record in the payload */
    enum job_key key;
    uint64_t seed;
};

bool records_open(struct records *records, const struct job *job, struct error *error);
/* The value of the next record, `record_size` bytes; after the payload's last record comes its first. */
unsigned char *records_next(struct records *records);
/* The key of record `i` into `key`, 8 bytes big-endian: i itself, or splitmix64's output for the state seed + i.
 * Returns its length: 0 when records have no key. */
size_t records_key(const struct records *records, int64_t i, unsigned char key[RECORD_KEY_BYTES]);
void records_release(struct records *records);

#endif

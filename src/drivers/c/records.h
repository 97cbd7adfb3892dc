/* SPDX-License-Identifier: Apache-2.0 */
/* What is sent: the payload file, mapped for the driver's whole life, and keys. Alike in every language. */
#ifndef KBENCH_DRIVERS_C_RECORDS_H
#define KBENCH_DRIVERS_C_RECORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "file_map.h"
#include "job.h"

#define RECORD_KEY_BYTES 8

struct records {
    struct file_map payload;
    size_t record_size;
    size_t next; /* offset of the next record in the payload */
    unsigned char
        *numbered; /* where a record gets its number: the payload is shared by records in flight. NULL: none does */
    uint64_t sequence_base;
    enum job_key key;
    uint64_t seed;
};

bool records_open(struct records *records, const struct job *job, struct error *error);
/* The value of the next record, which is record `i`: `record_size` bytes; after the payload's last record comes its first. It
 * stays as it is, unless records are numbered: then the next call overwrites it. */
unsigned char *records_next(struct records *records, int64_t i);
/* The key of record `i` into `key`, 8 bytes big-endian: i itself, or splitmix64's output for the state seed + i.
 * Returns its length: 0 when records have no key. */
size_t records_key(const struct records *records, int64_t i, unsigned char key[RECORD_KEY_BYTES]);
void records_release(struct records *records);

#endif

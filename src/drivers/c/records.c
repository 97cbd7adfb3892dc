/* SPDX-License-Identifier: Apache-2.0 */
#include "records.h"

#include <endian.h>
#include <stdlib.h>

#include "base/text.h"

#include "base/banned.h"

bool records_open(struct records *records, const struct job *job, struct error *error)
{
    *records = (struct records){.record_size = (size_t)job->record_size,
                                .sequence_base = (uint64_t)job->sequence_base,
                                .key = job->key,
                                .seed = job->seed};
    if (!file_map_open(&records->payload, "payload", job->payload_file, job->payload_records, job->record_size, error))
        return false;
    if (job->is_numbered)
        records->numbered = memory_zeroed(1, records->record_size);
    return true;
}

unsigned char *records_next(struct records *records, int64_t i)
{
    unsigned char *value = records->payload.bytes + records->next;
    records->next += records->record_size;
    if (records->next == records->payload.length)
        records->next = 0;
    if (!records->numbered)
        return value;
    const uint64_t number = htobe64(records->sequence_base + (uint64_t)i);
    memcpy(records->numbered, value, records->record_size);
    memcpy(records->numbered, &number, sizeof(number));
    return records->numbered;
}

/* Steele, Lea and Flood's generator: one step from `state`. */
static uint64_t splitmix64(uint64_t state)
{
    uint64_t z = state + UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

size_t records_key(const struct records *records, int64_t i, unsigned char key[RECORD_KEY_BYTES])
{
    if (records->key == KEY_NONE)
        return 0;
    uint64_t number = (uint64_t)i;
    if (records->key == KEY_RANDOM)
        number = splitmix64(records->seed + number);
    number = htobe64(number);
    memcpy(key, &number, RECORD_KEY_BYTES);
    return RECORD_KEY_BYTES;
}

void records_release(struct records *records)
{
    file_map_release(&records->payload);
    free(records->numbered);
    *records = (struct records){0};
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "records.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

bool records_open(struct records *records, const struct job *job, struct error *error)
{
    *records = (struct records){.record_size = (size_t)job->record_size, .key = job->key, .seed = job->seed};
    int file = open(job->payload_file, O_RDONLY | O_CLOEXEC);
    struct stat status;
    if (file < 0 || fstat(file, &status) < 0) {
        error_set_errno(error, errno, "payload \"%s\"", job->payload_file);
        goto done;
    }
    if (__builtin_mul_overflow(records->record_size, (size_t)job->payload_records, &records->payload_bytes) ||
        (uint64_t)status.st_size < records->payload_bytes) {
        error_set(error, ERROR_INPUT, "payload \"%s\" has %lld bytes, fewer than %lld records of %lld",
                  job->payload_file, (long long)status.st_size, (long long)job->payload_records,
                  (long long)job->record_size);
        goto done;
    }
    /* Populated now: a page fault within the window would be measured as the client's. */
    void *mapping = mmap(NULL, records->payload_bytes, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
    if (mapping == MAP_FAILED)
        error_set_errno(error, errno, "payload \"%s\"", job->payload_file);
    else
        records->payload = mapping;
done:
    if (file >= 0)
        close(file);
    return records->payload != NULL;
}

unsigned char *records_next(struct records *records)
{
    unsigned char *value = records->payload + records->next;
    records->next += records->record_size;
    if (records->next == records->payload_bytes)
        records->next = 0;
    return value;
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
    if (records->payload)
        munmap(records->payload, records->payload_bytes);
    *records = (struct records){0};
}

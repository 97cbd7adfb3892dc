/* SPDX-License-Identifier: Apache-2.0 */
#include "runner/payload.h"

#include "base/file.h"
#include "base/random.h"
#include "base/text.h"

#include "base/banned.h"

#define PAYLOAD_BYTES (INT64_C(8) << 20)
#define PAYLOAD_MIN_RECORDS 16

static void fill(gsl_rng *stream, const struct experiment_case *c, int64_t records, unsigned char *bytes)
{
    int64_t size = c->record_size_bytes;
    int64_t random_bytes = size - (int64_t)((double)size * c->record_compressibility);
    memset(bytes, 'k', (size_t)(records * size));
    for (int64_t record = 0; record < records; record++)
        for (int64_t i = 0; i < random_bytes; i++)
            bytes[record * size + i] = (unsigned char)gsl_rng_uniform_int(stream, 256);
}

bool payload_make(const struct experiment *experiment, const struct experiment_case *c, const char *folder,
                  struct payload *payload, struct error *error)
{
    int64_t size = c->record_size_bytes;
    payload->records = PAYLOAD_BYTES / size > PAYLOAD_MIN_RECORDS ? PAYLOAD_BYTES / size : PAYLOAD_MIN_RECORDS;
    payload->file = string_format("%s/payload-%llu-%lld-%g.bin", folder, (unsigned long long)experiment->design.seed,
                                  (long long)size, c->record_compressibility);
    if (file_exists(payload->file))
        return true;
    char *label = string_format("payload:%lld:%g", (long long)size, c->record_compressibility);
    gsl_rng *stream = random_stream(experiment->design.seed, label);
    unsigned char *bytes = memory_zeroed((size_t)payload->records, (size_t)size);
    fill(stream, c, payload->records, bytes);
    bool ok = file_write(payload->file, bytes, (size_t)(payload->records * size), error);
    free(bytes);
    gsl_rng_free(stream);
    free(label);
    return ok;
}

void payload_release(struct payload *payload)
{
    free(payload->file);
    payload->file = NULL;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "base/random.h"

#include <gsl/gsl_randist.h>

#include "base/banned.h"

/* FNV-1a (Fowler, Noll, Vo), 64 bits: folds seed and label into one start value. */
static uint64_t fnv1a(uint64_t hash, const void *bytes, size_t length)
{
    const unsigned char *byte = bytes;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ byte[i]) * UINT64_C(0x100000001b3);
    return hash;
}

gsl_rng *random_stream(uint64_t seed, const char *label)
{
    gsl_rng *stream = gsl_rng_alloc(gsl_rng_mt19937);
    if (!stream)
        abort();
    uint64_t hash = fnv1a(UINT64_C(0xcbf29ce484222325), &seed, sizeof seed);
    hash = fnv1a(hash, label, strlen(label));
    /* MT19937 of GSL takes 32 bits of seed. */
    gsl_rng_set(stream, (unsigned long)((hash ^ (hash >> 32)) & UINT32_MAX));
    return stream;
}

void random_shuffle(gsl_rng *stream, int *items, size_t count)
{
    if (count > 1)
        gsl_ran_shuffle(stream, items, count, sizeof *items);
}

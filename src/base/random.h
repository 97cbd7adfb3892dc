/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reproducible random streams, by the GNU Scientific Library's MT19937 (Matsumoto & Nishimura 1998): the same seed gives
 * the same stream on every machine. Streams for different purposes of one experiment are told apart by a label.
 */
#ifndef KBENCH_BASE_RANDOM_H
#define KBENCH_BASE_RANDOM_H

#include <gsl/gsl_rng.h>
#include <stddef.h>
#include <stdint.h>

/* A stream for `seed` and `label` ("order", "payload", "bootstrap:…"); free with gsl_rng_free(). */
gsl_rng *random_stream(uint64_t seed, const char *label);
/* Fisher–Yates shuffle of the numbers in `items`. */
void random_shuffle(gsl_rng *stream, int *items, size_t count);

#endif

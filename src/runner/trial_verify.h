/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the topic holds against what the drivers said of it. Internal to this room.
 *
 *                      verified 'count'                      verified 'content'
 * records_stored       all records of the topic, copies included, by the brokers' offsets
 * records_lost         acknowledged − stored                 acknowledged − distinct (0 when negative)
 * records_duplicated   stored − sent (0 when negative)       records beyond the first with their number
 * records_disordered   not known                             steps back in the order of a producer in a partition
 *
 * Counts alone cannot tell one lost and one stored twice from none of both. With contents the loss is exact where no record failed,
 * or none is missing. Else it is the least that is certain, and a warning says the most that it can be: a driver counts its
 * acknowledgements, it does not say which records failed.
 */
#ifndef KBENCH_RUNNER_TRIAL_VERIFY_H
#define KBENCH_RUNNER_TRIAL_VERIFY_H

#include "measure/sequence.h"
#include "runner/trial.h"

/* Fill these four of the row. A driver that does not deliver is not verified, a warm-up by its count only. False when the
 * topic could not be read, or holds what nobody of this trial has sent. */
bool trial_verify(const struct trial_request *request, struct trial *trial, struct error *error);

/* The figures alone. */
void trial_verify_take_count(struct trial *trial, int64_t stored);
void trial_verify_take_content(struct trial *trial, int64_t stored, const struct sequence_counts *counts);

#endif

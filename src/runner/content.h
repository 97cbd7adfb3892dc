/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a trial's topic back, by a client library that did not write it. Internal to this room. */
#ifndef KBENCH_RUNNER_CONTENT_H
#define KBENCH_RUNNER_CONTENT_H

#include "measure/sequence.h"
#include "runner/trial.h"

/* The first driver that can read, is set up here, can be used with such a cluster, and has another client library below it than
 * `writer`. NULL: there is none. */
const struct driver *content_choose_reader(const struct driver_list *drivers, const struct driver *writer,
                                           enum cluster_kind kind);

/* Give the `stored` records of the request's topic to the counter, all of them and each once: anything else is an error. Gives
 * up when no record has come for as long as the design's timeout. */
bool content_read_back(const struct trial_request *request, int64_t stored, struct sequence_counter *counter,
                       struct error *error);

#endif

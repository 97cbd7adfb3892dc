/* SPDX-License-Identifier: Apache-2.0 */
/* The records that all clients of a case send: one file, made from the experiment's seed, the same for every run. */
#ifndef KBENCH_RUNNER_PAYLOAD_H
#define KBENCH_RUNNER_PAYLOAD_H

#include <stdint.h>

#include "base/error.h"
#include "experiment/experiment.h"

struct payload {
    char *file;      /* absolute path; owned */
    int64_t records; /* distinct records in it */
};

/*
 * Make `folder`/payload-….bin for the case unless it is there: about 8 MiB of distinct records, since one repeated record would
 * compress as no real data does. A share `record.compressibility` of each record is constant, the rest random bytes.
 */
bool payload_make(const struct experiment *experiment, const struct experiment_case *c, const char *folder,
                  struct payload *payload, struct error *error);
void payload_release(struct payload *payload);

#endif

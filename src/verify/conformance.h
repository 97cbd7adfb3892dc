/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Does a driver keep the protocol (README, "Clients")? It is played with against a broker that stands still and goes away (the mock, where
 * the client can be used with it, else a local one),
 * and what it hands over is held against what it must hand over: by counts and by order, not by speed.
 */
#ifndef KBENCH_VERIFY_CONFORMANCE_H
#define KBENCH_VERIFY_CONFORMANCE_H

#include "base/error.h"
#include "base/text.h"
#include "driver/driver.h"

enum conformance_verdict { CONFORMANCE_PASS, CONFORMANCE_FAIL, CONFORMANCE_NOT_APPLICABLE };
const char *conformance_verdict_name(enum conformance_verdict verdict);

struct conformance_result {
    const char *name, *truth; /* static */
    enum conformance_verdict verdict;
    char *detail; /* what is wrong, or what was seen; owned */
};

struct conformance {
    struct conformance_result *results;
    size_t count;
    bool passed; /* no point failed */
};

/* `work_folder` is for scratch: made, and removed at the end. False when the test itself could not be done: no such driver
 * (ERROR_INPUT), a client that is not set up, no cluster, interrupted. conformance_release() in any case. */
bool conformance_run(const struct driver_list *drivers, const char *name, const char *work_folder,
                     struct conformance *conformance, struct error *error);
void conformance_release(struct conformance *conformance);

#endif

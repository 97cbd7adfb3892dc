/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A bundle's version measured again: what came out alike, and what did not. Ratios to the baseline and verdicts of claims are
 * judged; absolute figures belong to a machine and are only shown.
 */
#ifndef KBENCH_BUNDLE_REPRODUCTION_H
#define KBENCH_BUNDLE_REPRODUCTION_H

#include "report/compare.h"

enum ratio_outcome {
    RATIO_ALIKE, /* the interval of the quotient holds 1 */
    RATIO_OTHER,
    RATIO_NOT_JUDGED, /* no interval */
};

/* Of a pair and a metric: its ratio to the baseline in the bundle and here, and how the second compares to the first. */
struct reproduced_ratio {
    const struct report_pair *pair; /* of the bundle */
    enum report_metric metric;
    struct interval then, now, quotient;
    enum ratio_outcome outcome;
};

struct reproduced_claim {
    const struct report_claim *then, *now; /* now NULL: this definition has no such claim */
    bool flipped;                          /* holds <-> fails; what is undecided on one side is no flip */
};

struct reproduction {
    struct comparison comparison; /* a: the bundle, b: here; of the throughput */
    struct reproduced_ratio *ratios;
    size_t ratio_count;
    struct reproduced_claim *claims;
    size_t claim_count;
};

/* Both stores have the version; the stores must outlive it. Releases what it has when it fails. */
bool reproduction_judge(struct store *bundle, struct store *here, const char *version,
                        struct reproduction *reproduction, struct error *error);
void reproduction_release(struct reproduction *reproduction);
size_t reproduction_flips(const struct reproduction *reproduction);

/* For people. */
void reproduction_text(const struct reproduction *reproduction, struct text *text);

#endif

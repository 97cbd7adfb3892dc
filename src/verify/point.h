/* SPDX-License-Identifier: Apache-2.0 */
/* A point of the verification, and how it tells its verdicts. Internal to this room. */
#ifndef KBENCH_VERIFY_POINT_H
#define KBENCH_VERIFY_POINT_H

#include "verify/verify.h"

/* The verification while it runs. */
struct verification {
    const struct verify_options *options;
    const char *work_folder; /* for scratch; absolute */
    struct store_verification *found;
    const struct verification_point *point; /* the one that is being checked */
    int position;                           /* of its next part */
};

struct verification_point {
    const char *name;
    const char *truth; /* in a few words: for the table when it could not be checked */
    /* Tells at least one verdict. False with `error` when the point could not be checked, or not further. */
    bool (*check)(struct verification *verification, struct error *error);
};

enum point_verdict { POINT_PASS, POINT_FAIL, POINT_NOT_RUN };
enum point_verdict point_verdict(bool passes);

/*
 * One row of the table: `part` names it within its point (NULL: the point is one). The three texts are taken over (heap);
 * `measured` and `detail` may be NULL.
 */
void verification_tell(struct verification *verification, const char *part, enum point_verdict verdict, char *truth,
                       char *measured, char *detail);

extern const struct verification_point point_known_samples, point_statistics, point_mock_rtt, point_hdrhistogram,
    point_fidelity, point_rate, point_coordinated_omission, point_loss, point_driver_test;

#endif

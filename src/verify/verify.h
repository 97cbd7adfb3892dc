/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Is the instrument true? Each point has a truth that is known in advance (by arithmetic, by construction, or from another program)
 * and compares what kbench measures with it. Trials are run by the ordinary campaign, from the definitions in
 * experiments/verify, into scratch databases, and read back as every report reads them: there is no second way.
 */
#ifndef KBENCH_VERIFY_VERIFY_H
#define KBENCH_VERIFY_VERIFY_H

#include "base/error.h"
#include "driver/driver.h"
#include "store/store.h"

struct verify_options {
    const struct driver_list *drivers;
    const char *only;   /* names of points with commas between them; NULL: all */
    const char *folder; /* of the database: scratch is made and removed below it, and its lock keeps campaigns out */
    int verbosity;
    const char *command_line; /* for the record */
};

/*
 * Check the points one after the other. `found` gets points, seconds and passed; it is the caller's to release in any case, with
 * store_verification_release(). True when all were checked, whatever the verdicts; a point that could not be checked is
 * 'not run', with the reason. False: a name in `only` is none (ERROR_INPUT), or interrupted.
 */
bool verify_run(const struct verify_options *options, struct store_verification *found, struct error *error);

/* The table of points: what is true, what kbench measured, the verdict; then the details of those that did not pass. */
void verify_print(const struct store_verification *found, void *file /* FILE * */);

/* What the verdicts mean for the exit status: true when all passed; else ERROR_ANSWER_NO when one failed, ERROR_UNAVAILABLE when one
 * was not run. */
bool verify_judge(const struct store_verification *found, struct error *error);

#endif

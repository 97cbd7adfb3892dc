/* SPDX-License-Identifier: Apache-2.0 */
/* Trials of a point: run by the ordinary campaign, read back from the database. Internal to this room. */
#ifndef KBENCH_VERIFY_TRIALS_H
#define KBENCH_VERIFY_TRIALS_H

#include "runner/runner.h"
#include "verify/point.h"

struct trials {
    struct experiment *experiment;
    struct store *store;
    struct store_result_rows rows;
};

/*
 * Run what is left of experiments/verify/`definition`.yaml (nothing, when another point has run it before) and read the results.
 * True also when trials have failed: they are in the results. trials_release() in either case.
 */
bool trials_run(struct verification *verification, const char *definition, struct trials *trials, struct error *error);
/* The same with somebody who looks at each trial's topic. */
bool trials_run_inspected(struct verification *verification, const char *definition,
                          const struct trial_inspector *inspector, struct trials *trials, struct error *error);
/* The trial that counts of a pair's block (1, 2, …), or NULL. */
const struct store_result_row *trials_find(const struct trials *trials, const char *case_name, const char *run_name,
                                           int block);
/* The same of block 1. When there is none that says so in the table: a client that is not set up was not run, a trial that failed is
 * a failure. `part` names the row. */
const struct store_result_row *trials_need(struct verification *verification, const struct trials *trials,
                                           const char *case_name, const char *run_name, const char *part);
/*
 * A verdict on one trial, as verification_tell(). Where it does not pass and other work disturbed the trial, by the definition's
 * rules and in every repetition, nothing was found out about the instrument: that is 'not run', with what disturbed it.
 */
void trials_tell(struct verification *verification, const struct store_result_row *row, const char *part, bool passes,
                 char *truth, char *measured, char *detail);
void trials_release(struct trials *trials);

#endif

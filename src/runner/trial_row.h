/* SPDX-License-Identifier: Apache-2.0 */
/* Turns what an execution has found into the row of the database. Internal to this room. */
#ifndef KBENCH_RUNNER_TRIAL_ROW_H
#define KBENCH_RUNNER_TRIAL_ROW_H

#include "runner/execution.h"

/* Who, what and when: everything that is known before the trial runs. */
void trial_row_begin(struct trial *trial, const struct trial_request *request);
/* What the drivers said, whole or not: counts, versions, settings, errors, stderr, memory. */
void trial_row_take_drivers(struct trial *trial, const struct execution *execution);
/* The figures of a whole trial: from the samples, from the counts when there are none, or from the tool itself. False when they
 * cannot be believed; `error` says why. */
bool trial_row_take_figures(struct trial *trial, const struct execution *execution, struct error *error);
/* An event of the trial: `kind` is static, `message` is copied and must be free of secrets; the offset is from the trial's start, or
 * STORE_ABSENT. */
void trial_row_add_event(struct trial *trial, int64_t offset_ms, const char *kind, const char *message);
/* Why it is no result. `status` is static. */
void trial_row_fail(struct trial *trial, const struct trial_request *request, const char *status, const char *cause);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The warm-up of the cluster: fresh broker JVMs serve the first trials at a fraction of their later speed, so they are driven until
 * their throughput is steady, before anything counts. Nothing of it is a result; its curve is kept with the campaign.
 */
#ifndef KBENCH_RUNNER_WARMUP_H
#define KBENCH_RUNNER_WARMUP_H

#include "base/json.h"
#include "runner/trial.h"

/*
 * Drive the request's case until its throughput is steady, 8 s against the 8 s before them within 3 %, for
 * `design.warmup` at most. `notes` gets what it took: run, case, seconds, rates of the windows, steady. The request's
 * `until` is set here. False when it failed or was interrupted.
 */
bool warmup_run(struct trial_request *request, json_t *notes, double *seconds, struct error *error);

#endif

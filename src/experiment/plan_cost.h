/* SPDX-License-Identifier: Apache-2.0 */
/* What a plan will take of time, disk and memory. Internal to this room. */
#ifndef KBENCH_EXPERIMENT_PLAN_COST_H
#define KBENCH_EXPERIMENT_PLAN_COST_H

#include "experiment/plan.h"

/* Fill expected_s, least_expected_s, disk_bytes and memory_bytes from the steps. */
void plan_cost(const struct experiment *experiment, struct plan *plan);

#endif

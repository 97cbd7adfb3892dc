/* SPDX-License-Identifier: Apache-2.0 */
/* The course of a trial, second by second and tenth by tenth, with what the machine did in each, and whether its window has a
 * trend. Internal to this room. */
#ifndef KBENCH_RUNNER_TRIAL_INTERVALS_H
#define KBENCH_RUNNER_TRIAL_INTERVALS_H

#include "environment/sampler.h"
#include "measure/collector.h"
#include "runner/trial.h"

void trial_intervals_take(struct trial *trial, const struct measure_result *measured, const struct sampler *sampler);

#endif

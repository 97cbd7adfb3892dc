/* SPDX-License-Identifier: Apache-2.0 */
/* What clients, brokers and the machine were busy with during a trial's window, for its row. Internal to this room. */
#ifndef KBENCH_RUNNER_TRIAL_USAGE_H
#define KBENCH_RUNNER_TRIAL_USAGE_H

#include "runner/execution.h"

/* Waits until local brokers have told of the window's end, a second at most. */
void trial_usage_take(struct trial *trial, const struct execution *execution, int64_t from_ns, int64_t to_ns);

#endif

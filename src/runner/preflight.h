/* SPDX-License-Identifier: Apache-2.0 */
/* What must be there before anything starts; all that is missing is said at once. Internal to this room. */
#ifndef KBENCH_RUNNER_PREFLIGHT_H
#define KBENCH_RUNNER_PREFLIGHT_H

#include "driver/driver.h"
#include "experiment/plan.h"

struct preflight {
    const struct experiment *experiment;
    const struct driver_list *drivers;
    const struct plan *plan;
    const char *folder; /* for brokers' data, logs and the report: that of the database */
    bool *selected;     /* by pair; those of clients that are not set up on this machine are taken out */
};

/* Refuse what the runner cannot do yet. ERROR_INPUT. */
bool preflight_check_workloads(const struct experiment *experiment, struct error *error);
/* Take out the pairs whose client is not set up here, one line for each run into `left_out`. */
void preflight_leave_out(struct preflight *preflight, struct string_list *left_out);
/* ERROR_UNAVAILABLE with everything that is missing. `versions` (an object) gets what each driver answered, by run. */
bool preflight_check(const struct preflight *preflight, json_t *versions, struct error *error);

#endif

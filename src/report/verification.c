/* SPDX-License-Identifier: Apache-2.0 */
/* The last `kbench verify` of this database, and whether it was of the machine that the trials ran on. */
#include "report/model.h"

#include "base/banned.h"

/* What makes a machine another one for the instrument; the clients that are installed do not. */
static const char *const machine[] = {"host_hash", "cpu_model", "cpu_cores", "kernel", "clock_source"};

static bool is_same_machine(const struct report_environment *a, const struct report_environment *b)
{
    for (size_t i = 0; i < sizeof machine / sizeof *machine; i++)
        if (!string_equal(report_environment_value(a, machine[i]), report_environment_value(b, machine[i])))
            return false;
    return true;
}

bool report_verification_load(struct store *store, struct report_model *model, struct error *error)
{
    if (!store_read_verification(store, &model->verification, error))
        return false;
    model->verified_here = -1;
    if (model->verification.id == STORE_ABSENT || model->verification.environment_id == STORE_ABSENT)
        return true;
    struct report_environment environment;
    if (!report_environment_load(store, model->verification.environment_id, &environment, error))
        return false;
    model->verified_here = 1;
    for (size_t i = 0; i < model->environment_count; i++)
        if (!is_same_machine(&environment, &model->environments[i]))
            model->verified_here = 0;
    report_environment_release(&environment);
    return true;
}

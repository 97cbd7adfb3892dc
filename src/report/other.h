/* SPDX-License-Identifier: Apache-2.0 */
/* Which other version a report shows beside its own. */
#ifndef KBENCH_REPORT_OTHER_H
#define KBENCH_REPORT_OTHER_H

#include "report/model.h"

/*
 * The version that this one supersedes, else its revision before; of them the first that was measured in this database. None: an
 * empty model, whose `experiment` is NULL. The caller releases it with report_model_release().
 */
bool report_other_load(struct store *store, const struct report_model *model, struct report_model *other,
                       struct error *error);

#endif

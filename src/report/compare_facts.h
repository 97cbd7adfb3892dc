/* SPDX-License-Identifier: Apache-2.0 */
/* What is known of one side of a comparison: names, and the distinct values that each has. */
#ifndef KBENCH_REPORT_COMPARE_FACTS_H
#define KBENCH_REPORT_COMPARE_FACTS_H

#include "report/model.h"

struct facts {
    struct fact {
        char *name;
        struct string_list values;
    } * items;
    size_t count;
};

/* What there is to know of a side, in the groups in which the sides are held against each other. */
enum facts_group {
    FACTS_DEFINITION,
    FACTS_ENVIRONMENT,
    FACTS_CLIENTS,         /* by run */
    FACTS_BROKERS,         /* their version */
    FACTS_CLIENT_SETTINGS, /* "<run> <setting> in <case>" */
    FACTS_BROKER_SETTINGS,
    FACTS_GROUPS
};

/* Of `model`; cases and runs that only one side has are left out. The caller releases each group. */
void facts_collect(const struct report_model *model, const struct report_model *other,
                   struct facts facts[FACTS_GROUPS]);
/* The values of a name, or NULL. */
const struct string_list *facts_get(const struct facts *facts, const char *name);
void facts_release(struct facts *facts);

#endif

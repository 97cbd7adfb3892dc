/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the validity section share. Each validity_state_…() appends its sentences to the model's. */
#ifndef KBENCH_REPORT_VALIDITY_H
#define KBENCH_REPORT_VALIDITY_H

#include "report/model.h"

#define EACH_PAIR(model, pair)                                                                                         \
    for (size_t case_at = 0; case_at < (model)->case_count; case_at++)                                                 \
        for (struct report_pair *pair = (model)->cases[case_at].pairs,                                                 \
                                *end_ = pair + (model)->cases[case_at].pair_count;                                     \
             pair < end_; pair++)

/* "case/run", after a comma when the list has something. */
void validity_append_pair(struct text *list, const struct report_pair *pair);

/* validity_delivery.c: what arrived, and samples that are not what they should be. */
void validity_state_delivery(struct report_model *model);
/* validity_trials.c: which trials count, what disturbed them, whether a conclusion hangs on the disturbed ones. */
void validity_state_trials(struct report_model *model);
/* validity_precision.c: intervals, and how narrow they became. */
void validity_state_precision(struct report_model *model);
/* validity_steady.c: within windows and from block to block. */
void validity_state_steadiness(struct report_model *model);
/* validity_instrument.c: what the instrument costs, and whether it is true. */
void validity_state_instrument(struct report_model *model);

#endif

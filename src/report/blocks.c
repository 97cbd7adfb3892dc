/* SPDX-License-Identifier: Apache-2.0 */
/* The throughput of all pairs from block to block. */
#include <math.h>

#include "report/model.h"

#include "base/banned.h"

static size_t count_blocks(const struct report_model *model)
{
    int blocks = 0;
    for (size_t i = 0; i < model->results.count; i++)
        if (!string_equal(model->results.items[i].source, "published") && model->results.items[i].block > blocks)
            blocks = model->results.items[i].block;
    return (size_t)blocks;
}

void report_drift_measure(struct report_model *model)
{
    size_t blocks = count_blocks(model), pairs = 0;
    double *rates = memory_zeroed(model->experiment->pair_count * blocks + 1, sizeof *rates);
    for (size_t i = 0; i < model->experiment->pair_count * blocks; i++)
        rates[i] = NAN;
    for (size_t i = 0; i < model->case_count; i++)
        for (size_t j = 0; j < model->cases[i].pair_count; j++, pairs++) {
            const struct report_pair *pair = &model->cases[i].pairs[j];
            for (size_t k = 0; k < pair->trial_count; k++)
                rates[pairs * blocks + (size_t)pair->trials[k].row->block - 1] = pair->trials[k].row->records_per_sec;
        }
    drift_measure(rates, pairs, blocks, &model->drift);
    free(rates);
}

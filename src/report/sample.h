/* SPDX-License-Identifier: Apache-2.0 */
/* The values of one metric, by its name, over the trials of a pair that count: what claims and comparisons are computed from. */
#ifndef KBENCH_REPORT_SAMPLE_H
#define KBENCH_REPORT_SAMPLE_H

#include "report/model.h"

struct sample {
    double *values; /* of the blocks that have one; of several trials in a block their median */
    int *blocks;    /* rising */
    size_t count;
};

/* `metric` as metric_is_known() knows it; a percentile that is no column is read from the trials' histograms. */
bool sample_read(struct store *store, const struct report_pair *pair, const char *metric, struct sample *sample,
                 struct error *error);
void sample_release(struct sample *sample);
/* A row's value of a metric that is a column; NAN: absent, or no column. */
double sample_value_of_row(const struct store_result_row *row, const char *metric);

/* The median with its interval; n 0: no value. */
void sample_median(const struct sample *sample, uint64_t seed, const char *label, struct interval *interval);
/* b to a within the blocks in which both have a value above 0 (paired), or over all values above 0 (nothing pairs them). */
void sample_ratio_paired(const struct sample *a, const struct sample *b, uint64_t seed, const char *label,
                         struct interval *interval);
void sample_ratio_independent(const struct sample *a, const struct sample *b, struct interval *interval);

#endif

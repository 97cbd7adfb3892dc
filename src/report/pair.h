/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of a pair share: which trials count, what each brings, the figures over all of them. */
#ifndef KBENCH_REPORT_PAIR_H
#define KBENCH_REPORT_PAIR_H

#include "report/model.h"

#define REPORT_NS_IN_MS 1e6
/* Where all trials of a pair are shorter than this the finer series is shown, else the chart would be a handful of points. */
#define REPORT_FINE_SERIES_BELOW_S 8.0

/* pair.c: whether a row is a trial of the pair, whatever became of it. */
bool report_pair_has(const struct report_pair *pair, const struct store_result_row *row);
/* The trials of the pair that count, and what is counted over them and over those that do not. */
void report_pair_select(const struct report_model *model, bool include_disturbed, struct report_pair *pair);

/* pair_trial.c: a percentile that the row holds itself; NAN: none. */
double report_row_percentile(const struct store_result_row *row, double percentile);
/* The percentiles of a trial; its histogram is merged into the pair's. */
bool report_trial_load_latency(struct store *store, const struct report_model *model, struct report_pair *pair,
                               struct report_trial *trial, struct error *error);
/* One for all trials of a pair, or their points would not be of the same times. */
int64_t report_series_interval_ms(const struct report_pair *pair);
bool report_trial_load_series(struct store *store, struct report_trial *trial, int64_t interval_ms,
                              struct error *error);

/* pair_setting.c: adds what the trial's client said of its settings. */
bool report_pair_load_settings(struct store *store, struct report_pair *pair, int64_t trial_id, struct error *error);

/* pair_figures.c: medians and intervals of all metrics and percentiles, from trials that are loaded. */
void report_pair_figures(const struct report_model *model, struct report_pair *pair);
/* The blocks in which both pairs have a value above 0, and the values there; each array has room for the pair's trials. */
size_t report_pair_blocks(const struct report_pair *pair, const struct report_pair *other, enum report_metric metric,
                          int *numbers, double *of_pair, double *of_other);
/* The ratio of a metric between two pairs: within each block in which both have a value, then over the blocks. */
void report_pair_ratio(const struct report_model *model, const struct report_pair *pair,
                       const struct report_pair *other, enum report_metric metric, struct interval *ratio);

#endif

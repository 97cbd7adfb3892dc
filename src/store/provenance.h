/* SPDX-License-Identifier: Apache-2.0 */
/* What tells where a figure comes from beside the rows of the results. */
#ifndef KBENCH_STORE_PROVENANCE_H
#define KBENCH_STORE_PROVENANCE_H

#include "store/store.h"

/* How the clients of an experiment's trials were started; redacted when they were written. */
struct store_command_lines {
    struct store_command_line {
        int64_t trial_id;
        char *command_line; /* NULL: not recorded */
    } * items;
    size_t count;
};
/* In the order of trials. */
bool store_read_command_lines(struct store *store, int64_t experiment_id, const char *case_name, const char *run_name,
                              struct store_command_lines *lines, struct error *error);
void store_command_lines_release(struct store_command_lines *lines);

/*
 * The query that gives the trials of a pair that make a figure, from the view results: one per block, or with the disturbed ones
 * every whole trial. `column` is the metric's, or NULL for the trials' latency histograms. The caller frees.
 */
char *store_trials_sql(const struct store_experiment_row *experiment, const char *case_name, const char *run_name,
                       const char *column, bool include_disturbed);

/* The definition as its author wrote it. The caller frees; NULL: `error`. */
char *store_read_as_written(struct store *store, int64_t experiment_id, struct error *error);

#endif

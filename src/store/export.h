/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows of the database for other programs' files, one at a time: memory does not grow with their number. Trials come in the order of
 * their ids, then what others published or a tool printed. Ctrl-C ends a long export with ERROR_INTERRUPTED.
 */
#ifndef KBENCH_STORE_EXPORT_H
#define KBENCH_STORE_EXPORT_H

#include "store/store.h"

/* Which rows; a member that is NULL or 0 leaves nothing out. */
struct store_filter {
    const char *version; /* its newest revision, and what was published under this name */
    int revision;        /* this one of the version instead, and no published number: those are of no revision */
    const char *case_name, *run_name;
};

/* The functions below refuse a version, revision, case or run that is not there (ERROR_INPUT), and write nothing then. `file` is a
 * FILE *, whose own errors are the caller's to look for. */

/* The rows of the view `results` with all its columns: RFC 4180, reals with as many digits as bring the same number back. */
bool store_export_csv(struct store *store, const struct store_filter *filter, void *file, struct error *error);

/* The same rows, an object a line. That of a trial holds its rows of trial_setting, trial_disturbance, trial_event and, with
 * `intervals`, trial_interval in arrays of these names. */
bool store_export_json_lines(struct store *store, const struct store_filter *filter, bool intervals, void *file,
                             struct error *error);

/* A trial's latencies. Texts are borrowed until the next row. */
struct store_histogram_row {
    int64_t trial_id;
    const char *case_name, *run_name, *status, *started_at, *role; /* role: 'producer' | 'consumer' */
    int block, attempt;
    double setup_s, warmup_s, duration_s; /* the window begins setup_s + warmup_s after started_at; NAN: not known */
    const char *payload;                  /* HdrHistogram V2 compressed, base64 */
};
typedef bool store_histogram_taker(void *context, const struct store_histogram_row *row, struct error *error);
/* Give every histogram to `take`, in the order in which the trials were started; it returns false to end with its error. */
bool store_export_histograms(struct store *store, const struct store_filter *filter, store_histogram_taker *take,
                             void *context, struct error *error);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The report of one version: report_model_load() reads the database into one model; each writer (Markdown, HTML, CSV, JSON,
 * charts) sees only that model. The same database gives the same bytes: no clock, no host state, seeded resampling.
 */
#ifndef KBENCH_REPORT_REPORT_H
#define KBENCH_REPORT_REPORT_H

#include "base/error.h"
#include "store/store.h"

struct report_options {
    const char *version;
    const char *out_folder; /* "results/<version>" by default */
    bool markdown, html, csv, json, charts;
    bool include_disturbed; /* trials that a rule of the definition marks as disturbed make figures too */
};

/* Write everything; files are replaced by rename. Also stores the summaries when the store is writable (`writable`), but never
 * those with the disturbed trials: the view cannot tell them apart. */
bool report_write(struct store *store, bool writable, const struct report_options *options, struct error *error);

/* <folder>/index.html over all versions of the database, with links to the pages that lie in <folder>/<version>/. */
bool report_write_index(struct store *store, const char *folder, struct error *error);

#endif

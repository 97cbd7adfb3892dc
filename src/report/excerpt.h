/* SPDX-License-Identifier: Apache-2.0 */
/* A database of one version alone from which the report says the same as from the whole one. */
#ifndef KBENCH_REPORT_EXCERPT_H
#define KBENCH_REPORT_EXCERPT_H

#include "store/store.h"

/*
 * A new database at `path`, which must not be there: the version (of all revisions when `revision` is 0), what its definition
 * names, what samples cost, the last verification. `compact`: without the intervals that no chart of this version is drawn from.
 */
bool report_excerpt(struct store *store, const char *version, int revision, bool compact, const char *path,
                    struct error *error);

#endif

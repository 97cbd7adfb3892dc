/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows from one database into another, and a database as text. What tells rows apart is what they are about, never their id: an
 * experiment's version and revision, a campaign's start and process, a trial's case, run, block and attempt. Ids are kept where
 * they are free, so that a number traced to "campaign 3" is of campaign 3 in an excerpt and in its text, too.
 */
#ifndef KBENCH_STORE_TRANSFER_H
#define KBENCH_STORE_TRANSFER_H

#include <stdio.h>

#include "store/store.h"

struct store_merged {
    int64_t experiments, campaigns, trials, published, verifications; /* new rows */
    int64_t rows;                                                     /* new rows of all tables, those included */
};
/*
 * Take all rows of another database, or of the text of one ("….sql", see store_dump()), that are not here yet; in one transaction.
 * The other one is only read; an older schema is brought up to date in a copy. Another definition under the same version and
 * revision, and other numbers in the same place, are errors (ERROR_INPUT) that say what and where: then nothing has changed.
 */
bool store_merge(struct store *store, const char *path, struct store_merged *merged, struct error *error);

/* The published numbers of another database alone. */
bool store_merge_published(struct store *store, const char *path, struct error *error);

struct store_excerpt {
    const char *version;
    int revision;              /* 0: all there are */
    const char *const *beside; /* versions that go along where they are there; NULL-terminated */
    /* Leave out the intervals of 100 ms of trials that took at least `fine_below_s`, and all intervals of other versions. */
    bool compact;
    double fine_below_s;
};
/*
 * A new database at `path` (which must not be there) with one version, all that it names (what it supersedes, what its claims are
 * about, published tables) and the last verification. The same rows give the same bytes.
 */
bool store_extract(struct store *source, const struct store_excerpt *excerpt, const char *path, struct error *error);

/* The whole database as SQL that `sqlite3 new.db < file` reads: rows in a fixed order, one a line; the same rows give the same
 * bytes. Whether the file took them all is for the caller to find. */
bool store_dump(struct store *store, FILE *file, struct error *error);

#endif

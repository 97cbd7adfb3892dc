/* SPDX-License-Identifier: Apache-2.0 */
/* Reading what the history of versions is made of: every revision with its campaigns in short, and where published tables are from. */
#ifndef KBENCH_STORE_REVISION_H
#define KBENCH_STORE_REVISION_H

#include "store/store.h"

/* One revision of a version. Texts are NULL where absent. */
struct store_revision {
    int64_t id; /* of the experiment's row */
    char *version, *title, *supersedes, *sha256, *git_commit, *canonical, *registered_at;
    int revision, git_dirty;           /* git_dirty -1: not known */
    char *first_started, *last_ended;  /* of its campaigns, UTC; NULL: none, or none has ended */
    char *campaigns, *kbench_versions; /* "1, 2, 5" and "0.4.0, 0.5.0"; NULL: there was no campaign */
    int64_t campaign_count, trials, trials_ok;
};
struct store_revision_rows {
    struct store_revision *items;
    size_t count;
};
/* All of the database: versions in the order in which they were registered, their revisions rising. `canonical` is
 * left out (NULL). */
bool store_read_revisions(struct store *store, struct store_revision_rows *rows, struct error *error);
/* In the same order those of a version, of what it supersedes and of what supersedes it, at most STORE_REVISION_REACH versions away
 * in either direction: a version that is made anew for each change of a client may have thousands behind it. */
#define STORE_REVISION_REACH 10
bool store_read_related_revisions(struct store *store, const char *version, struct store_revision_rows *rows,
                                  struct error *error);
void store_revision_rows_release(struct store_revision_rows *rows);
/* Frees the texts of one. */
void store_revision_release(struct store_revision *row);

/* Where numbers of a published table are from. */
struct store_publication {
    char *title, *version, *date, *repository, *commit, *source; /* source: 'published' | 'tool' */
    int64_t numbers;                                             /* rows of the table that are from it */
};
struct store_publication_rows {
    struct store_publication *items;
    size_t count;
};
/* Of the table that goes by this version; none: count 0. */
bool store_read_publications(struct store *store, const char *version, struct store_publication_rows *rows,
                             struct error *error);
void store_publication_rows_release(struct store_publication_rows *rows);

#endif

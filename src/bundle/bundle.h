/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One archive of a version: what was asked, what was measured, what is said of it, and what made it, for anybody who has tar and
 * SQLite. The same database, post and kbench give the same bytes. What is in it is told in its README.md (readme.c).
 */
#ifndef KBENCH_BUNDLE_BUNDLE_H
#define KBENCH_BUNDLE_BUNDLE_H

#include "base/error.h"
#include "store/store.h"

struct bundle_request {
    struct store *store;
    const char *version;
    int revision;                   /* 0: all there are; the report is of the newest */
    const char *post;               /* a document that goes along with the folder of its charts, or NULL */
    const char *path;               /* of the archive */
    const char *const *environment; /* "NAME=value": whose secrets are looked for */
    bool say;                       /* what is left out and what a reader could mind, to standard error */
};

/* A secret in what would be given away is ERROR_ANSWER_NO, and then nothing is written. */
bool bundle_write(const struct bundle_request *request, struct error *error);

#endif

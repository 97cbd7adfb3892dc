/* SPDX-License-Identifier: Apache-2.0 */
/* What the markers of one document are filled from: the version, and what is loaded or drawn only because a marker asks for it. */
#ifndef KBENCH_PUBLISH_PUBLICATION_H
#define KBENCH_PUBLISH_PUBLICATION_H

#include "publish/charts.h"
#include "publish/document.h"
#include "report/history.h"
#include "report/model.h"

struct publication {
    struct store *store;
    const struct document *document;
    struct report_model model; /* its claims judged */
    struct history history;
    bool has_history;
    struct publication_charts charts;
};

/* Loads the version; `path` is that of the document itself, no link to it. publication_release() only after it has returned true. */
bool publication_load(struct publication *publication, struct store *store, const char *version,
                      const struct document *document, const char *path, struct error *error);
void publication_release(struct publication *publication);

/* The history of the version, loaded at the first call. NULL: `error`. */
const struct history *publication_history(struct publication *publication, struct error *error);
/* The case of a name. NULL and `error` with the nearest name when there is none. */
const struct report_case *publication_case(const struct publication *publication, const char *name,
                                           struct error *error);
/* The pair of "CASE/RUN"; the same. */
const struct report_pair *publication_pair(const struct publication *publication, const char *name,
                                           struct error *error);
/* The claim of a name; the same. */
const struct report_claim *publication_claim(const struct publication *publication, const char *name,
                                             struct error *error);

#endif

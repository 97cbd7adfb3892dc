/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kbench publish: what stands between kbench's markers in a document is made anew from the database, and nothing else of it.
 *
 *   <!-- kbench:table case=no-replication -->
 *   <!-- /kbench -->
 *
 * Charts are SVGs in a folder beside the document that has its name. The same database gives the same bytes, so that publishing
 * twice changes nothing.
 */
#ifndef KBENCH_PUBLISH_PUBLISH_H
#define KBENCH_PUBLISH_PUBLISH_H

#include "experiment/experiment.h"
#include "store/store.h"

struct publish_request {
    struct store *store;
    const char *version;
    const char *document; /* path */
    bool check;           /* write nothing, say what is stale */
};

struct publish_result {
    size_t markers, charts;
    struct string_list
        changed; /* what is stale, or was until now: "v2.md:12: table case=a", "v2/throughput-a.svg: missing" */
    struct text difference; /* with `check`: a unified diff of the document, empty when it is current */
};

/*
 * False: `error` says why, and nothing was written. All that is wrong with the document's markers is in `errors`, in the order of
 * its place; then `error` says how many there are. publish_result_release() frees, whatever it was.
 */
bool publish(const struct publish_request *request, struct publish_result *result, struct error_list *errors,
             struct error *error);
void publish_result_release(struct publish_result *result);

/* The markers that there are, with their attributes and the names of values: for people. */
void publish_describe_markers(struct text *text);

#endif

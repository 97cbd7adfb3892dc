/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers that were not measured here: what others published, and what a benchmark tool printed elsewhere. */
#ifndef KBENCH_STORE_PUBLISHED_H
#define KBENCH_STORE_PUBLISHED_H

#include "store/store.h"

/* One row of the table `published`. Texts are borrowed. */
struct store_published {
    const char *version, *case_name, *run_name, *source_title; /* these four are its identity */
    const char *source;                                        /* 'published' | 'tool' */
    int64_t record_size, records_sent, records_acked, records_failed;
    double duration_s, records_per_sec, mb_per_sec; /* 1 MB is 1,048,576 bytes */
    double latency_avg_ms, latency_p50_ms, latency_p95_ms, latency_p99_ms, latency_p999_ms, latency_max_ms;
    const char *client_library, *client_version, *broker_version, *runtime, *settings;
    const char *source_version, *source_date, *source_repository, *source_commit, *note;
};
void store_published_init(struct store_published *row); /* all absent, source 'published' */

/* Where in which file a row stands, for errors. */
struct store_place {
    const char *file;
    int line;
};
/* Put it in; one that is there already and says all the same changes nothing. One that says otherwise is an error with the place,
 * unless `replace`. `changed` is whether it is new or was replaced. */
bool store_put_published(struct store *store, const struct store_published *row, const struct store_place *place,
                         bool replace, bool *changed, struct error *error);

#endif

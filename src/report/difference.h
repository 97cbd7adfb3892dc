/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which settings are not the same for all clients of a case, whatever each client calls them and writes them: one client
 * tuned and another on its defaults is the commonest unfair benchmark. Pure.
 *
 * A client's value is what it says is in force; where it says nothing, what was asked of it and applied. A client that tells of a
 * setting and one that does not are not equal: the other's default is not known.
 */
#ifndef KBENCH_REPORT_DIFFERENCE_H
#define KBENCH_REPORT_DIFFERENCE_H

#include "report/model.h"

/* "-1" and "all", "5" and "5.0", "True" and "true", "inf" and the largest integer are the same. */
bool difference_same_value(const char *a, const char *b);

struct differences {
    /* Kafka's names, sorted. */
    struct string_list deciding; /* settings that decide throughput or latency, also where one client does not tell */
    struct string_list others;   /* the rest, where two clients tell different values */
};
/* Among the pairs that have trials. The caller releases. */
void differences_find(const struct report_case *report_case, struct differences *differences);
void differences_release(struct differences *differences);

/* The pair's setting of that name, or NULL. */
const struct report_setting *difference_setting(const struct report_pair *pair, const char *canonical);

#endif

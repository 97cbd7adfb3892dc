/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two versions, two revisions, or two databases, pair by pair. Nothing pairs their trials, so the ratio is of independent samples
 * (statistics/independent_ratio.h). What differs between the two sides besides the figures is found first: what the definitions
 * say is intended, everything else is not.
 */
#ifndef KBENCH_REPORT_COMPARE_H
#define KBENCH_REPORT_COMPARE_H

#include "report/model.h"

/* In the order in which they make a comparison doubtful. */
enum difference_kind {
    DIFFERENCE_MACHINE, /* of the environment: what tells one machine from another */
    DIFFERENCE_ENVIRONMENT,
    DIFFERENCE_BROKER, /* its version */
    DIFFERENCE_BROKER_SETTING,
    DIFFERENCE_CLIENT,         /* its version, or that of what it runs on */
    DIFFERENCE_CLIENT_SETTING, /* as the client says it is in force */
    DIFFERENCE_DEFINITION,
};
const char *difference_kind_name(enum difference_kind kind);

struct comparison_difference {
    enum difference_kind kind;
    char *name, *a, *b; /* "(none)" where one side lacks it */
    bool intended;      /* a definition asks for it */
};

struct comparison_pair {
    const struct report_pair *a, *b;
    struct interval median_a, median_b, ratio; /* b to a */
    double detectable;                         /* share; NAN: not known */
    bool regressed; /* the whole interval is beyond the tolerance in the bad direction, on one machine or by request */
};

struct comparison_request {
    struct store *store_a, *store_b; /* the same one twice, when both sides are in it */
    const char *version_a, *version_b;
    int revision_a, revision_b; /* 0: the newest */
    const char *metric;         /* of which a ratio can be formed */
    bool across_machines;       /* judge figures of different machines all the same */
    double tolerance;           /* share: how much worse is no regression yet; INFINITY: nothing is one */
    bool without_pairs;         /* no pair in common is no error: what differs besides is asked for too */
};

struct comparison {
    const char *metric;
    struct report_model a, b;
    struct comparison_difference *differences; /* what was not asked for first */
    size_t difference_count;
    bool other_machine; /* the sides are not known to be of one machine */
    bool judged;        /* false: of different machines, and nobody asked for a verdict all the same */
    struct comparison_pair *pairs;
    size_t pair_count;
    struct string_list only_a, only_b; /* pairs that the other side has no trial of */
};

/* Releases what it has when it fails. */
bool comparison_make(const struct comparison_request *request, struct comparison *comparison, struct error *error);
/* The pairs anew by the request's metric, of the models that are loaded; comparison_make() has done it once. */
bool comparison_measure(const struct comparison_request *request, struct comparison *comparison, struct error *error);
void comparison_release(struct comparison *comparison);
/* For whoever has taken the differences over from a comparison. */
void comparison_differences_free(struct comparison_difference *differences, size_t count);

/* "faster", "slower", "higher", "lower", "no difference shown", "n<5", "not judged". */
const char *comparison_verdict(const struct comparison *comparison, const struct comparison_pair *pair);
/* Pairs that have an interval, and those of them that regressed. */
size_t comparison_pairs_with_interval(const struct comparison *comparison);
size_t comparison_regressions(const struct comparison *comparison);

/* Part of comparison_make() with a file of its own; after both models are loaded. */
void comparison_find_differences(struct comparison *comparison);

/* Writers: for people; a row for each pair; the whole comparison. */
void comparison_text(const struct comparison *comparison, struct text *text);
/* Of it, for another text: what differs between the two besides the figures. */
void comparison_text_differences(const struct comparison *comparison, struct text *text);
void comparison_csv(const struct comparison *comparison, struct text *text);
json_t *comparison_json(const struct comparison *comparison);
json_t *comparison_difference_json(const struct comparison_difference *difference); /* new reference */

#endif

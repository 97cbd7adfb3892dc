/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the claims share: where a side has its figures from, and how two sides are judged. */
#ifndef KBENCH_REPORT_CLAIMS_PARTS_H
#define KBENCH_REPORT_CLAIMS_PARTS_H

#include "report/claims.h"
#include "report/sample.h"

/* The figures of one side of a claim. */
struct claim_figures {
    enum { FIGURES_NONE, FIGURES_TRIALS, FIGURES_POINT } kind;
    char *why;                        /* there are none */
    const struct report_model *model; /* whose trials they are: two sides of the same one are paired by block */
    size_t trials;                    /* that count, whether they have the metric or not */
    struct sample sample;
    double point; /* published, or printed by a tool elsewhere */
    bool is_printed;
};

struct claim_side {
    const char *case_name, *run_name, *version, *published;
};

/* Everything that claims have been looked up in so far. */
struct claim_sources {
    struct store *store;
    const struct report_model *own;
    struct claim_version {
        char *version;
        struct report_model *model; /* NULL: not in the database */
    } * versions;
    size_t version_count;
    struct claim_table {
        char *version;
        struct store_result_rows rows;
    } * tables;
    size_t table_count;
};
void claim_sources_release(struct claim_sources *sources);

/* claims_figures.c. What was measured: of the side's version, or the point of its published table. */
bool claim_figures_measured(struct claim_sources *sources, const struct claim_side *side, const char *metric,
                            struct claim_figures *figures, struct error *error);
/* What was published: in the side's table, or of a side of this version in that of the post. */
bool claim_figures_published(struct claim_sources *sources, const struct claim_side *side, const char *metric,
                             struct claim_figures *figures, struct error *error);
void claim_figures_release(struct claim_figures *figures);

/* claims_judge.c. `to` NULL: `of` itself is judged. Pure. */
void claim_judge(const struct claim *claim, const struct claim_figures *of, const struct claim_figures *to,
                 uint64_t seed, struct report_judgement *judgement);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is found of a version's claims. Each is judged on what was measured, and where the definition names a published table
 * (`report.published`) on that table's figures too: point values without a spread, of another machine.
 */
#ifndef KBENCH_REPORT_CLAIMS_H
#define KBENCH_REPORT_CLAIMS_H

#include "base/text.h"
#include "experiment/experiment.h"
#include "report/format.h"
#include "statistics/verdict.h"
#include "store/store.h"

struct report_model;

struct report_judgement {
    bool judged; /* false: nothing of this basis to judge by */
    enum verdict verdict;
    struct interval value; /* the ratio, or the figure; `n` blocks or, of a count, trials; 0: all of it was published */
    char *note;            /* what a reader must know of it, such as why it is undecided; or NULL */
};

struct report_claim {
    const struct claim *claim;
    struct report_judgement measured, published;
    struct string_list differences; /* of the cases of its sides, those of `to` first; when both are of this version */
};

/* Judge all claims of the model's definition into model->claims. A version or a published table that is not in the database
 * leaves its claims undecided; only a database that cannot be read is an error. */
bool report_claims_load(struct store *store, struct report_model *model, struct error *error);
void report_claims_release(struct report_model *model);
/* Keep the verdicts in the database. */
bool report_claims_store(struct store *store, const struct report_model *model, struct error *error);

/* How many claims have the verdict by what was measured; one that is about published numbers alone has none. */
size_t report_claims_count(const struct report_model *model, enum verdict verdict);
/* The low and high bound that the claim holds within, of a ratio or of the figure. */
const double *report_claim_bounds(const struct claim *claim);
/* By the numbers of its own post the sentence does not hold. */
bool report_claim_contradicts_post(const struct report_claim *claim);
/* Of the claims with the quote of the one at `first`, some hold and some fail: measured here, or by the published numbers. */
bool report_claims_disagree(const struct report_model *model, size_t first, bool published);
/* Whether an earlier claim has the same quote. */
bool report_claim_is_quoted_before(const struct report_model *model, size_t index);

/* "no-replication/pure-java", with the version or table that it is of where that is not this one; "" when there is no such
 * side. The caller frees. */
char *report_claim_side(const char *case_name, const char *run_name, const char *version, const char *published);
/* What writes a value of the claim, or a bound of its interval, for people: as a ratio, a count or a figure. */
format_function *report_claim_format(const struct claim *claim);

#endif

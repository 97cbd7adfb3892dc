/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sentences that more than one writer says: plain text, not escaped. Strings are the caller's to free, lists to release.
 */
#ifndef KBENCH_REPORT_WORDING_H
#define KBENCH_REPORT_WORDING_H

#include "report/model.h"

/* "Case a: 6 partitions, replication factor 1; records of 100 bytes, …" */
char *wording_case(const struct experiment_case *c);
/* " (97 % for records/s and MB/s)", to stand behind "95 % interval"; "" where all are made at that. */
char *wording_other_confidence(const struct report_model *model);
/* What the tables' figures are. */
void wording_how_to_read(const struct report_model *model, struct string_list *sentences);
/* The figures that the rules of the bottleneck looked at, where they are known; "" when none is. */
char *wording_evidence(const struct bottleneck_evidence *evidence);
/* The runs of a case that met one limit, "A, B and C"; "" when there are none. */
char *wording_at_ceiling(const struct report_case *report_case);
extern const char wording_ceiling[]; /* what follows from it */
/* The versions that the trials of a run named, over all cases. */
void wording_versions(const struct report_model *model, const struct experiment_run *run, struct string_list *clients,
                      struct string_list *brokers);

/* wording_settings.c: a footnote where a setting is not what was asked for, else NULL. */
char *wording_setting_note(const struct report_pair *pair, const struct report_setting *setting);
/* What is in force; else what was asked for and whether the client has it; else that nothing is known. `setting` NULL: nothing. */
char *wording_setting_value(const struct report_setting *setting);
/* What was given to single clients under names that Kafka does not have; "" when nothing was. */
char *wording_own_settings(const struct report_case *report_case);

/* wording_claims.c: how claims are judged; what must be known of one; of a sentence whose claims disagree. */
void wording_claims(const struct report_model *model, struct string_list *sentences);
void wording_claim_notes(const struct report_claim *found, struct string_list *sentences);
void wording_claims_disagree(const struct report_model *model, size_t first, struct string_list *sentences);

/* wording_summary.c: what was measured, how sure it is and what came of it, in a few sentences. */
void wording_summary(const struct report_model *model, struct string_list *sentences);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* The claims of a model, judged, for the terminal and for programs. */
#ifndef KBENCH_REPORT_CLAIMS_WRITE_H
#define KBENCH_REPORT_CLAIMS_WRITE_H

#include "base/json.h"
#include "report/model.h"

/* For people: below each quoted sentence a row for each of its claims, and what must be known of them. */
void report_claims_text(const struct report_model *model, struct text *text);
/* One row for each claim and basis. */
void report_claims_csv(const struct report_model *model, struct text *text);
/* An array of one object for each claim. New reference. */
json_t *report_claims_json(const struct report_model *model);

#endif

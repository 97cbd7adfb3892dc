/* SPDX-License-Identifier: Apache-2.0 */
/* What a report and a post say at their head of where they come from. Plain text, not escaped. */
#ifndef KBENCH_REPORT_HEAD_H
#define KBENCH_REPORT_HEAD_H

#include "report/model.h"

/* Names and values, as many of the one as of the other; what is not known is left out. The caller releases both. */
void report_head(const struct report_model *model, struct string_list *names, struct string_list *values);

/* Parts of it; NULL: not known, or there was no campaign. The caller frees. */
char *report_head_campaigns(const struct report_model *model); /* their numbers in the database: "1, 2" */
char *report_head_dates(const struct report_model *model);     /* "2026-11-25", or "2026-11-25 to 2026-11-27" */
char *report_head_kbench(const struct report_model *model);    /* "0.1.0" */

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Parts of report.json; each is a new reference. Absent is null. */
#ifndef KBENCH_REPORT_JSON_PARTS_H
#define KBENCH_REPORT_JSON_PARTS_H

#include "base/json.h"
#include "report/model.h"

/* json_parts.c */
json_t *report_json_string(const char *value);
json_t *report_json_real(double value);
json_t *report_json_integer(int64_t value);
json_t *report_json_strings(const struct string_list *list);
json_t *report_json_interval(const struct interval *value);

/* json_context.c: what stood around the trials */
json_t *report_json_setting(const struct report_setting *setting);
json_t *report_json_campaign(const struct store_campaign_row *row);
json_t *report_json_environment(const struct report_environment *environment);
json_t *report_json_published(const struct store_result_row *row); /* a row of a published table */

/* json_trust.c: what says how far the figures can be trusted */
json_t *report_json_broken_rules(const struct report_pair *pair);
json_t *report_json_bottleneck(const struct report_pair *pair);
json_t *report_json_differences(const struct report_case *report_case);
json_t *report_json_changed(const struct report_model *model);
json_t *report_json_drift(const struct drift *drift);
json_t *report_json_warmups(const struct report_model *model);
json_t *report_json_verification(const struct report_model *model);

#endif

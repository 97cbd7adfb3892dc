/* SPDX-License-Identifier: Apache-2.0 */
/* The parts that fragments are made of, by the report's own writers of the document's format. None has a heading. */
#ifndef KBENCH_PUBLISH_PARTS_H
#define KBENCH_PUBLISH_PARTS_H

#include "publish/document.h"
#include "report/history.h"

/* Of the version. */
enum model_part {
    PART_HEAD,
    PART_GLANCE,
    PART_CLAIMS,
    PART_SENTENCES, /* of the claims, without how they are judged */
    PART_ENVIRONMENT,
    PART_BROKERS,
    PART_CAMPAIGNS,
    PART_READING,
    PART_VALIDITY,
    MODEL_PARTS
};
void parts_write_model(enum document_format format, enum model_part part, const struct report_model *model,
                       struct text *text);

/* Of a case. */
enum case_part { PART_RESULTS, PART_RATIOS, PART_EFFICIENCY, PART_SETTINGS, CASE_PARTS };
void parts_write_case(enum document_format format, enum case_part part, const struct report_model *model,
                      const struct report_case *report_case, struct text *text);

/* Of the history. */
enum history_part { PART_VERSIONS, PART_CHANGES, PART_PUBLISHED, HISTORY_PARTS };
void parts_write_history(enum document_format format, enum history_part part, const struct history *history,
                         struct text *text);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* The parts that fragments are made of, in each format a document can have: the report's own writers, behind one table of them. */
#ifndef KBENCH_PUBLISH_PARTS_H
#define KBENCH_PUBLISH_PARTS_H

#include "publish/document.h"
#include "report/history.h"

typedef void model_writer(const struct report_model *model, struct text *text);
typedef void case_writer(const struct report_model *model, const struct report_case *report_case, struct text *text);
typedef void history_writer(const struct history *history, struct text *text);

struct part_writers {
    model_writer *head, *claims, *environment;
    case_writer *results, *ratios, *efficiency, *settings;
    history_writer *versions, *changes, *published;
};

/* Those of a format. */
const struct part_writers *parts_of(enum document_format format);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* The few pieces of Markdown and HTML that only a document has, the report not. All text from outside is escaped here. */
#ifndef KBENCH_PUBLISH_MARKUP_H
#define KBENCH_PUBLISH_MARKUP_H

#include "publish/document.h"
#include "report/model.h"

/* A piece of a line in which nothing is markup. */
void markup_text(enum document_format format, const char *string, struct text *text);
/* An image; `path` needs no escaping (format_file_name()). */
void markup_image(enum document_format format, const char *path, const char *alternative, struct text *text);
/* Where the numbers of a case's table come from. */
void markup_trace(enum document_format format, const struct report_model *model, const struct report_case *report_case,
                  struct text *text);

#endif

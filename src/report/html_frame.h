/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The document around a page's content. Style and script (src/report/page/ below file_home()) stand in it as they are; its
 * Content-Security-Policy names their hashes and allows nothing else, so that no request goes out and nothing runs that stands in
 * the content.
 */
#ifndef KBENCH_REPORT_HTML_FRAME_H
#define KBENCH_REPORT_HTML_FRAME_H

#include "base/error.h"
#include "base/text.h"

struct html_frame {
    struct text style, script;
};

bool html_frame_load(struct html_frame *frame, struct error *error);
void html_frame_release(struct html_frame *frame);
/* Up to and with the link that skips what stands before the element "content". */
void html_frame_begin(const struct html_frame *frame, const char *title, struct text *text);
void html_frame_end(const struct html_frame *frame, struct text *text);

#endif

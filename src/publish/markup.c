/* SPDX-License-Identifier: Apache-2.0 */
#include "publish/markup.h"

#include "report/format.h"

#include "base/banned.h"

#define HASH_DIGITS 12 /* enough to tell definitions apart; the head has all of it */

void markup_text(enum document_format format, const char *string, struct text *text)
{
    if (format == DOCUMENT_HTML)
        format_html(text, string);
    else
        format_markdown(text, string);
}

void markup_image(enum document_format format, const char *path, const char *alternative, struct text *text)
{
    if (format == DOCUMENT_HTML) {
        text_append_format(text, "<p><img src=\"%s\" alt=\"", path);
        format_html(text, alternative);
        text_append(text, "\"></p>\n");
        return;
    }
    text_append(text, "![");
    format_markdown(text, alternative);
    text_append_format(text, "](%s)\n", path);
}

/* The command stands in <code> and not between backticks, where nothing could be escaped. */
void markup_trace(enum document_format format, const struct report_model *model, const struct report_case *report_case,
                  struct text *text)
{
    size_t trials = 0;
    for (size_t i = 0; i < report_case->pair_count; i++)
        trials += report_case->pairs[i].trial_count;
    char *origin =
        string_format("%zu trial%s of %s, revision %d, definition %.*s. Where a number comes from:", trials,
                      trials == 1 ? "" : "s", model->row.version, model->row.revision, HASH_DIGITS, model->row.sha256);
    char *command = string_format("kbench explain %s %s/RUN METRIC", model->row.version, report_case->c->name);
    text_append(text, format == DOCUMENT_HTML ? "<p><small>" : "<sub>");
    markup_text(format, origin, text);
    text_append(text, " <code>");
    markup_text(format, command, text);
    text_append(text, format == DOCUMENT_HTML ? "</code></small></p>\n" : "</code></sub>\n");
    free(command);
    free(origin);
}

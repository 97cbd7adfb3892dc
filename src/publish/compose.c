/* SPDX-License-Identifier: Apache-2.0 */
/* The document with new bytes between its markers. */
#include "publish/document.h"
#include "publish/kinds.h"

#include "base/banned.h"

static size_t without_last_newlines(const struct text *text)
{
    size_t length = text->length;
    while (length > 0 && text->bytes[length - 1] == '\n')
        length--;
    return length;
}

static void append_line(const struct document *document, const struct marker *marker, const char *line, size_t length,
                        struct text *text)
{
    if (length)
        text_append_bytes(text, document->bytes.bytes + marker->indent, marker->indent_length);
    text_append_bytes(text, line, length);
    text_append(text, marker->line_ending);
}

static void append_block(const struct document *document, const struct marker *marker, const struct text *fragment,
                         struct text *text)
{
    bool is_markdown = document->format == DOCUMENT_MARKDOWN;
    size_t length = without_last_newlines(fragment);
    if (is_markdown)
        text_append(text, marker->line_ending);
    for (size_t at = 0; at < length;) {
        const char *line = fragment->bytes + at;
        const char *end = memchr(line, '\n', length - at);
        size_t line_length = end ? (size_t)(end - line) : length - at;
        append_line(document, marker, line, line_length, text);
        at += line_length + 1;
    }
    if (is_markdown && length)
        text_append(text, marker->line_ending);
}

void document_fragment(const struct document *document, const struct marker *marker, const struct text *fragment,
                       struct text *text)
{
    if (marker->kind->is_inline)
        text_append_bytes(text, fragment->bytes, fragment->length);
    else
        append_block(document, marker, fragment, text);
}

void document_compose(const struct document *document, const struct text *fragments, struct text *text)
{
    size_t at = 0;
    for (size_t i = 0; i < document->marker_count; i++) {
        const struct marker *marker = &document->markers[i];
        text_append_bytes(text, document->bytes.bytes + at, marker->begin - at);
        document_fragment(document, marker, &fragments[i], text);
        at = marker->end;
    }
    text_append_bytes(text, document->bytes.bytes + at, document->bytes.length - at);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of at most 120 columns, of a character each: near enough. */
#include "base/utf8.h"
#include "report/explain_parts.h"
#include "report/format.h"

#include "base/banned.h"

#define COLUMNS_MAX 120
#define ITEM_INDENT 2

static void append_blanks(struct text *text, int count)
{
    for (int i = 0; i < count; i++)
        text_append_char(text, ' ');
}

void explain_paragraph(struct text *text, int indent, const char *string)
{
    struct text clean = TEXT_INIT;
    format_clean(&clean, string);
    size_t column = 0;
    for (const char *word = clean.bytes; *word;) {
        size_t length = strcspn(word, " "), width = utf8_count(word, length);
        if (column && column + 1 + width > COLUMNS_MAX) {
            text_append_char(text, '\n');
            column = 0;
        }
        if (column) {
            text_append_char(text, ' ');
            column++;
        } else {
            append_blanks(text, indent);
            column = (size_t)indent;
        }
        text_append_bytes(text, word, length);
        column += width;
        word += length;
        word += strspn(word, " ");
    }
    text_append_char(text, '\n');
    text_release(&clean);
}

void explain_heading(struct text *text, const char *format, ...)
{
    va_list arguments;
    struct text line = TEXT_INIT;
    va_start(arguments, format);
    text_append_vformat(&line, format, arguments);
    va_end(arguments);
    text_append_char(text, '\n');
    explain_paragraph(text, 0, line.bytes);
    text_release(&line);
}

void explain_item(struct text *text, const char *name, const char *format, ...)
{
    va_list arguments;
    struct text line = TEXT_INIT;
    text_append_format(&line, "%s: ", name);
    va_start(arguments, format);
    text_append_vformat(&line, format, arguments);
    va_end(arguments);
    explain_paragraph(text, ITEM_INDENT, line.bytes);
    text_release(&line);
}

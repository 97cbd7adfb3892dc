/* SPDX-License-Identifier: Apache-2.0 */
#include "publish/layout.h"

#include <cmark.h>

#include "base/text.h"

#include "base/banned.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"
#define FOOTNOTE_AS_ITEM "1.  " /* as wide as what belongs to a footnote is indented */

static void add_line(struct layout *layout, size_t begin, size_t end)
{
    layout->lines = memory_resized(layout->lines, layout->count + 1, sizeof *layout->lines);
    layout->lines[layout->count++] =
        (struct layout_line){.begin = begin, .end = end, .kind = LAYOUT_TEXT, .block_begin = begin, .block_end = end};
}

/* As cmark ends lines, so that its numbers are the index here, counted from 1. */
static void split(const char *bytes, size_t length, struct layout *layout)
{
    *layout = (struct layout){0};
    size_t mark = strlen(BYTE_ORDER_MARK);
    size_t begin = length >= mark && memcmp(bytes, BYTE_ORDER_MARK, mark) == 0 ? mark : 0;
    for (size_t at = begin; at < length; at++) {
        bool crlf = bytes[at] == '\r' && at + 1 < length && bytes[at + 1] == '\n';
        if (bytes[at] != '\n' && (bytes[at] != '\r' || crlf))
            continue;
        add_line(layout, begin, at + 1);
        begin = at + 1;
    }
    if (begin < length || layout->count == 0)
        add_line(layout, begin, length);
}

/* The lines from `first` to `last`, counted from 1, are one block. */
static void mark_block(struct layout *layout, int first, int last, enum layout_kind kind)
{
    if (last < first)
        return;
    size_t end = (size_t)last < layout->count ? (size_t)last : layout->count;
    for (size_t i = (size_t)first - 1; i < end; i++) {
        layout->lines[i].kind = kind;
        layout->lines[i].block_begin = layout->lines[first - 1].begin;
        layout->lines[i].block_end = layout->lines[end - 1].end;
    }
}

/* cmark 0.30 counts the line that ends a comment out of its block; the text of the block has it. */
static int last_line_of_html(cmark_node *node)
{
    int last = cmark_node_get_start_line(node) - 1;
    for (const char *c = cmark_node_get_literal(node); c && *c; c++)
        last += *c == '\n';
    return last;
}

static void mark_node(struct layout *layout, cmark_node *node)
{
    int first = cmark_node_get_start_line(node), last = cmark_node_get_end_line(node);
    cmark_node_type type = cmark_node_get_type(node);
    if (first < 1)
        return;
    if (type == CMARK_NODE_HTML_BLOCK)
        mark_block(layout, first, last_line_of_html(node), LAYOUT_HTML);
    else if (type == CMARK_NODE_CODE_BLOCK)
        mark_block(layout, first, last, LAYOUT_CODE);
    else if (type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING)
        mark_block(layout, first, last, LAYOUT_TEXT);
}

/* The length of "[^label]:" at the beginning of a line, with its indent; 0: there is none. */
static size_t footnote_length(const char *line, size_t length)
{
    size_t begin = 0;
    while (begin < length && begin < 3 && line[begin] == ' ')
        begin++;
    size_t at = begin + 2;
    if (at >= length || memcmp(line + begin, "[^", 2) != 0)
        return 0;
    while (at < length && !strchr("] \t\r\n", line[at]))
        at++;
    return at > begin + 2 && at + 1 < length && line[at] == ']' && line[at + 1] == ':' ? at + 2 : 0;
}

/* CommonMark has no footnotes, GitHub and others have. What belongs to one is indented by four, which CommonMark takes for code: so
 * cmark reads an item of a list in its place. */
static void write_for_cmark(const char *bytes, const struct layout *layout, struct text *text)
{
    for (size_t i = 0; i < layout->count; i++) {
        const char *line = bytes + layout->lines[i].begin;
        size_t length = layout->lines[i].end - layout->lines[i].begin, footnote = footnote_length(line, length);
        text_append(text, footnote ? FOOTNOTE_AS_ITEM : "");
        footnote += strspn(line + footnote, footnote ? " " : "");
        text_append_bytes(text, line + footnote, length - footnote);
    }
}

void layout_markdown(const char *bytes, size_t length, struct layout *layout)
{
    struct text text = TEXT_INIT;
    split(bytes, length, layout);
    write_for_cmark(bytes, layout, &text);
    cmark_node *root = cmark_parse_document(text.bytes, text.length, CMARK_OPT_DEFAULT);
    cmark_iter *iterator = cmark_iter_new(root);
    for (cmark_event_type event; (event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE;)
        if (event == CMARK_EVENT_ENTER)
            mark_node(layout, cmark_iter_get_node(iterator));
    cmark_iter_free(iterator);
    cmark_node_free(root);
    text_release(&text);
}

void layout_html(const char *bytes, size_t length, struct layout *layout)
{
    split(bytes, length, layout);
    mark_block(layout, 1, (int)layout->count, LAYOUT_HTML);
}

void layout_release(struct layout *layout)
{
    free(layout->lines);
    *layout = (struct layout){0};
}

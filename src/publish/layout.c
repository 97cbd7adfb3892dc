/* SPDX-License-Identifier: Apache-2.0 */
#include "publish/layout.h"

#include <cmark.h>

#include "base/text.h"

#include "base/banned.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

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

void layout_markdown(const char *bytes, size_t length, struct layout *layout)
{
    split(bytes, length, layout);
    cmark_node *root = cmark_parse_document(bytes, length, CMARK_OPT_DEFAULT);
    cmark_iter *iterator = cmark_iter_new(root);
    for (cmark_event_type event; (event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE;)
        if (event == CMARK_EVENT_ENTER)
            mark_node(layout, cmark_iter_get_node(iterator));
    cmark_iter_free(iterator);
    cmark_node_free(root);
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

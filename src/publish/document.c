/* SPDX-License-Identifier: Apache-2.0 */
#include "publish/document.h"

#include <strings.h>

#include "publish/comments.h"
#include "publish/kinds.h"

#include "base/banned.h"

#define BLANKS " \t"

/* The markers of a document while they are matched. */
struct matching {
    struct document *document;
    const struct layout *layout;
    struct error_list *errors;
    bool is_open;       /* there is an opening marker without a closing one so far */
    bool is_wrong;      /* it is, and that has been said */
    struct marker open; /* `kind` NULL: there is none of that name */
    struct comment opening;
};

enum document_format document_format_of(const char *name)
{
    const char *ending = strrchr(name, '.');
    bool is_html = ending && (strcasecmp(ending, ".html") == 0 || strcasecmp(ending, ".htm") == 0);
    return is_html ? DOCUMENT_HTML : DOCUMENT_MARKDOWN;
}

static struct position position_of(const struct matching *matching, const struct comment *comment)
{
    size_t column = comment->begin - matching->layout->lines[comment->line].begin;
    return (struct position){.line = (int)comment->line + 1, .column = (int)column + 1};
}

static void complain(struct matching *matching, struct position position, const char *message)
{
    struct error error = ERROR_INIT;
    error_set_at(&error, matching->document->name, position.line, position.column, "%s", message);
    error_list_add(matching->errors, &error);
}

/* Where the line that the comment ends on ends, and its line ending. */
static size_t end_of_line(const struct matching *matching, const struct comment *comment, const char **ending)
{
    const struct layout_line *line = &matching->layout->lines[comment->last_line];
    const char *bytes = matching->document->bytes.bytes;
    static const char *const endings[] = {"\r\n", "\n", "\r"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t length = strlen(endings[i]);
        if (line->end - line->begin >= length && memcmp(bytes + line->end - length, endings[i], length) == 0) {
            *ending = endings[i];
            return line->end - length;
        }
    }
    *ending = "";
    return line->end;
}

/* Nothing but white space stands on the lines of the comment beside it. */
static bool is_alone(const struct matching *matching, const struct comment *comment)
{
    const char *bytes = matching->document->bytes.bytes;
    size_t begin = matching->layout->lines[comment->line].begin;
    const char *ending;
    size_t end = end_of_line(matching, comment, &ending);
    return begin + strspn(bytes + begin, BLANKS) == comment->begin &&
           comment->end + strspn(bytes + comment->end, BLANKS) == end;
}

/* Markdown takes a line that begins with a comment for HTML and shows what else is on it as it is written (CommonMark, 4.6). */
static bool makes_html_of_its_line(const struct matching *matching, const struct comment *comment)
{
    const struct layout_line *line = &matching->layout->lines[comment->line];
    if (matching->document->format != DOCUMENT_MARKDOWN || line->kind != LAYOUT_HTML ||
        line->block_begin != line->begin)
        return false;
    const char *at = matching->document->bytes.bytes + line->begin;
    return at + strcspn(at, "<") == matching->document->bytes.bytes + comment->begin;
}

static void check_place(struct matching *matching, const struct marker *marker, const struct comment *comment)
{
    struct error error = ERROR_INIT;
    if (!marker->kind->is_inline && !is_alone(matching, comment))
        error_set(&error, ERROR_INPUT, "a '%s' marker stands on a line of its own", marker->kind->name);
    else if (marker->kind->is_inline && makes_html_of_its_line(matching, comment))
        error_set(
            &error, ERROR_INPUT,
            "a '%s' marker at the beginning of a line makes HTML of the whole line, which Markdown then shows as it is "
            "written: put a word in front",
            marker->kind->name);
    if (error.category != ERROR_NONE)
        complain(matching, marker->position, error.message);
}

static void set_block(const struct matching *matching, const struct comment *comment, struct marker *marker)
{
    marker->indent = matching->layout->lines[comment->line].begin;
    marker->indent_length = comment->begin - marker->indent;
    marker->begin = end_of_line(matching, comment, &marker->line_ending) + strlen(marker->line_ending);
}

static bool check_opening(struct matching *matching, const struct comment *comment, const char *kind)
{
    struct error error = ERROR_INIT;
    struct marker *marker = &matching->open;
    size_t errors = matching->errors->count;
    marker->kind = marker_kind_find(kind, &error);
    if (!marker->kind || !marker_kind_check(marker->kind, &marker->attributes, &error))
        complain(matching, marker->position, error.message);
    if (marker->kind)
        check_place(matching, marker, comment);
    return matching->errors->count == errors;
}

/* `wrong` NULL, or what is wrong with the tag: it opens all the same, or its closing marker would seem wrong, too. */
static void take_opening(struct matching *matching, const struct comment *comment, struct tag *tag, const char *wrong)
{
    struct error error = ERROR_INIT;
    struct marker *marker = &matching->open;
    if (matching->is_open) {
        error_set(&error, ERROR_INPUT,
                  "a '%s' marker inside the one of line %d, which is not closed before: <!-- /kbench --> is missing",
                  tag->kind, marker->position.line);
        complain(matching, position_of(matching, comment), error.message);
        attributes_release(&marker->attributes);
    }
    *marker = (struct marker){.position = position_of(matching, comment),
                              .attributes = tag->attributes,
                              .begin = comment->end};
    tag->attributes = (struct attributes){0};
    matching->is_open = true;
    matching->opening = *comment;
    if (wrong)
        complain(matching, marker->position, wrong);
    matching->is_wrong = wrong || !check_opening(matching, comment, tag->kind);
    marker->format = matching->document->format;
    if (marker->kind && !marker->kind->is_inline)
        set_block(matching, comment, marker);
    else if (matching->layout->lines[comment->line].kind == LAYOUT_HTML)
        marker->format = DOCUMENT_HTML;
}

/* A sentence does not go over an empty line: where one stands between, the closing marker is another's. */
static bool has_empty_line(const struct matching *matching, size_t begin, const struct comment *closing)
{
    for (size_t i = matching->opening.line; i < closing->line; i++) {
        const struct layout_line *line = &matching->layout->lines[i];
        size_t blanks = strspn(matching->document->bytes.bytes + line->begin, BLANKS "\r\n");
        if (line->begin >= begin && line->begin + blanks >= line->end)
            return true;
    }
    return false;
}

static void forget_open(struct matching *matching)
{
    matching->open = (struct marker){0};
    matching->is_open = matching->is_wrong = false;
}

/* What is wrong with the place of a closing marker, or NULL. */
static const char *wrong_closing(const struct matching *matching, const struct comment *comment)
{
    const struct marker *marker = &matching->open;
    if (!marker->kind)
        return NULL;
    if (!marker->kind->is_inline)
        return is_alone(matching, comment) ? NULL : "the closing marker of a block stands on a line of its own";
    return has_empty_line(matching, marker->begin, comment)
               ? "a marker within a sentence is closed in the same paragraph: a <!-- /kbench --> before is missing"
               : NULL;
}

static void take_closing(struct matching *matching, const struct comment *comment)
{
    struct document *document = matching->document;
    struct marker *marker = &matching->open;
    const char *wrong =
        matching->is_open ? wrong_closing(matching, comment) : "a closing marker without an opening one";
    if (wrong)
        complain(matching, position_of(matching, comment), wrong);
    if (wrong || matching->is_wrong) {
        attributes_release(&marker->attributes);
    } else {
        marker->end = marker->kind->is_inline ? comment->begin : matching->layout->lines[comment->line].begin;
        document->markers = memory_resized(document->markers, document->marker_count + 1, sizeof *document->markers);
        document->markers[document->marker_count++] = *marker;
    }
    forget_open(matching);
}

static void take_comment(struct matching *matching, const struct comment *comment)
{
    struct tag tag;
    struct error error = ERROR_INIT;
    size_t begin = comment->begin + strlen("<!--"), end = comment->end - (comment->closed ? strlen("-->") : 0);
    enum tag_type type = tag_read(matching->document->bytes.bytes + begin, end > begin ? end - begin : 0, &tag, &error);
    if (type != TAG_NONE && !comment->closed)
        complain(matching, position_of(matching, comment), "the comment is not closed: '-->' is missing");
    else if (tag.kind)
        take_opening(matching, comment, &tag, type == TAG_WRONG ? error.message : NULL);
    else if (type == TAG_CLOSING)
        take_closing(matching, comment);
    else if (type == TAG_WRONG) { /* a closing one: that something closes here is plain */
        complain(matching, position_of(matching, comment), error.message);
        attributes_release(&matching->open.attributes);
        forget_open(matching);
    }
    tag_release(&tag);
}

void document_parse(const char *name, const char *bytes, size_t length, struct document *document,
                    struct error_list *errors)
{
    struct layout layout;
    struct comments comments;
    *document = (struct document){.name = name, .format = document_format_of(name), .bytes = TEXT_INIT};
    text_append_bytes(&document->bytes, bytes, length);
    if (document->format == DOCUMENT_HTML)
        layout_html(bytes, length, &layout);
    else
        layout_markdown(bytes, length, &layout);
    comments_find(bytes, &layout, &comments);
    struct matching matching = {.document = document, .layout = &layout, .errors = errors};
    for (size_t i = 0; i < comments.count; i++)
        take_comment(&matching, &comments.items[i]);
    if (matching.is_open)
        complain(&matching, matching.open.position, "the marker is not closed: <!-- /kbench --> is missing");
    attributes_release(&matching.open.attributes);
    comments_release(&comments);
    layout_release(&layout);
}

void document_release(struct document *document)
{
    for (size_t i = 0; i < document->marker_count; i++)
        attributes_release(&document->markers[i].attributes);
    free(document->markers);
    text_release(&document->bytes);
}

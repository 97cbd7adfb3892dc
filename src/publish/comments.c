/* SPDX-License-Identifier: Apache-2.0 */
#include "publish/comments.h"

#include <ctype.h>

#include "base/text.h"

#include "base/banned.h"

static const char opening[] = "<!--", closing[] = "-->";

struct scanner {
    const char *bytes;
    const struct layout *layout;
    size_t at, line;
    size_t
        unclosed_end; /* of a block whose rest has no "-->", so that many openings in it are not searched from one by one */
};

static size_t backticks(const char *bytes, size_t at, size_t end)
{
    size_t count = 0;
    while (at + count < end && bytes[at + count] == '`')
        count++;
    return count;
}

/* A code span ends with as many backticks as it began with, in the same block; where there are none it is no code span (CommonMark,
 * 6.1). */
static void skip_backticks(struct scanner *scanner)
{
    size_t end = scanner->layout->lines[scanner->line].block_end;
    size_t count = backticks(scanner->bytes, scanner->at, end);
    scanner->at += count;
    for (size_t at = scanner->at; at < end;) {
        size_t found = backticks(scanner->bytes, at, end);
        at += found ? found : 1;
        if (found == count) {
            scanner->at = at;
            return;
        }
    }
}

/* NULL: the comment does not end in its block. */
static const char *find_closing(struct scanner *scanner, size_t inside)
{
    size_t block_end = scanner->layout->lines[scanner->line].block_end;
    if (block_end == scanner->unclosed_end)
        return NULL;
    const char *found = memmem(scanner->bytes + inside, block_end - inside, closing, strlen(closing));
    if (!found)
        scanner->unclosed_end = block_end;
    return found;
}

static void take_comment(struct scanner *scanner, struct comments *comments)
{
    const struct layout_line *line = &scanner->layout->lines[scanner->line];
    size_t inside = scanner->at + strlen(opening);
    const char *end = find_closing(scanner, inside);
    struct comment comment = {.begin = scanner->at,
                              .closed = end != NULL,
                              .line = scanner->line,
                              .last_line = scanner->line};
    comment.end = end ? (size_t)(end - scanner->bytes) + strlen(closing) : line->end;
    while (scanner->layout->lines[comment.last_line].end < comment.end)
        comment.last_line++;
    comments->items = memory_resized(comments->items, comments->count + 1, sizeof *comments->items);
    comments->items[comments->count++] = comment;
    scanner->at = end ? comment.end : inside;
}

static bool is_escape(const struct scanner *scanner, const struct layout_line *line)
{
    return scanner->bytes[scanner->at] == '\\' && scanner->at + 1 < line->end &&
           ispunct((unsigned char)scanner->bytes[scanner->at + 1]);
}

static void step(struct scanner *scanner, struct comments *comments)
{
    const struct layout_line *line = &scanner->layout->lines[scanner->line];
    size_t left = line->end - scanner->at;
    if (line->kind == LAYOUT_CODE)
        scanner->at = line->end;
    else if (line->kind == LAYOUT_TEXT && is_escape(scanner, line))
        scanner->at += 2;
    else if (line->kind == LAYOUT_TEXT && scanner->bytes[scanner->at] == '`')
        skip_backticks(scanner);
    else if (left >= strlen(opening) && memcmp(scanner->bytes + scanner->at, opening, strlen(opening)) == 0)
        take_comment(scanner, comments);
    else
        scanner->at++;
}

void comments_find(const char *bytes, const struct layout *layout, struct comments *comments)
{
    struct scanner scanner = {.bytes = bytes, .layout = layout, .at = layout->lines[0].begin};
    *comments = (struct comments){0};
    while (scanner.line < layout->count) {
        if (scanner.at >= layout->lines[scanner.line].end)
            scanner.line++;
        else
            step(&scanner, comments);
    }
}

void comments_release(struct comments *comments)
{
    free(comments->items);
    *comments = (struct comments){0};
}

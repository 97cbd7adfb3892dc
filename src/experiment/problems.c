/* SPDX-License-Identifier: Apache-2.0 */
#include "experiment/problems.h"

#include "base/text.h"

#include "base/banned.h"

static bool is_known(const struct error_list *list, const struct error *error)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct error *other = &list->items[i];
        if (other->line == error->line && other->column == error->column &&
            string_equal(other->message, error->message))
            return true;
    }
    return false;
}

void problems_add(struct problems *problems, struct position position, const char *format, ...)
{
    struct text text = TEXT_INIT;
    va_list arguments;
    va_start(arguments, format);
    text_append_vformat(&text, format, arguments);
    va_end(arguments);
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.bytes[i];
        if (c < 0x20 || c == 0x7f)
            text.bytes[i] = '?';
    }
    struct error error = ERROR_INIT;
    error_set_at(&error, problems->file, position.line, position.column, "%s", text.bytes);
    text_release(&text);
    if (is_known(problems->list, &error))
        return;
    if (problems->list->count < PROBLEMS_MAX)
        error_list_add(problems->list, &error);
    else
        problems->cut = true;
}

void problems_finish(struct problems *problems)
{
    struct error_list *list = problems->list;
    error_list_sort(list);
    if (problems->cut) {
        struct error error = ERROR_INIT;
        error_set_at(&error, problems->file, 0, 0, "there are more errors than these %d", PROBLEMS_MAX);
        error_list_add(list, &error);
    }
}

char *problems_suggestion(const char *word, const char *const *candidates, size_t count)
{
    const char *nearest = string_nearest(word, candidates, count);
    return nearest ? string_format(" (did you mean '%s'?)", nearest) : string_copy("");
}

void error_list_add(struct error_list *errors, const struct error *error)
{
    errors->items = memory_resized(errors->items, errors->count + 1, sizeof *errors->items);
    errors->items[errors->count++] = *error;
}

static int compare_places(const void *left, const void *right)
{
    const struct error *a = left, *b = right;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    if (a->column != b->column)
        return a->column < b->column ? -1 : 1;
    return strcmp(a->message, b->message);
}

void error_list_sort(struct error_list *errors)
{
    if (errors->count > 1)
        qsort(errors->items, errors->count, sizeof *errors->items, compare_places);
}

void error_list_release(struct error_list *errors)
{
    free(errors->items);
    *errors = (struct error_list){0};
}

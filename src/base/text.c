/* SPDX-License-Identifier: Apache-2.0 */
#include "base/text.h"

#include <stdint.h>

#include "base/banned.h"

char text_empty[1] = "";

void *memory_zeroed(size_t count, size_t size)
{
    void *block = calloc(count ? count : 1, size ? size : 1);
    if (!block)
        abort();
    return block;
}

void *memory_resized(void *block, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        abort();
    void *resized = realloc(block, bytes ? bytes : 1);
    if (!resized)
        abort();
    return resized;
}

static void text_reserve(struct text *text, size_t more)
{
    size_t needed = text->length + more + 1;
    if (needed <= text->capacity)
        return;
    size_t capacity = text->capacity ? text->capacity : 64;
    while (capacity < needed)
        capacity *= 2;
    char *bytes = memory_resized(text->capacity ? text->bytes : NULL, capacity, 1);
    bytes[text->length] = '\0';
    text->bytes = bytes;
    text->capacity = capacity;
}

void text_append_bytes(struct text *text, const void *bytes, size_t length)
{
    if (length == 0)
        return;
    text_reserve(text, length);
    memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
}

void text_append(struct text *text, const char *string)
{
    text_append_bytes(text, string, strlen(string));
}

void text_append_char(struct text *text, char c)
{
    text_append_bytes(text, &c, 1);
}

void text_append_vformat(struct text *text, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    if (length > 0) {
        text_reserve(text, (size_t)length);
        vsnprintf(text->bytes + text->length, (size_t)length + 1, format, again);
        text->length += (size_t)length;
    }
    va_end(again);
}

void text_append_format(struct text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    text_append_vformat(text, format, arguments);
    va_end(arguments);
}

void text_clear(struct text *text)
{
    text->length = 0;
    if (text->capacity)
        text->bytes[0] = '\0';
}

void text_release(struct text *text)
{
    if (text->capacity)
        free(text->bytes);
    *text = (struct text)TEXT_INIT;
}

char *text_detach(struct text *text)
{
    text_reserve(text, 0);
    char *bytes = text->bytes;
    *text = (struct text)TEXT_INIT;
    return bytes;
}

char *string_copy(const char *string)
{
    if (!string)
        return NULL;
    size_t size = strlen(string) + 1;
    return memcpy(memory_zeroed(size, 1), string, size);
}

char *string_format(const char *format, ...)
{
    struct text text = TEXT_INIT;
    va_list arguments;
    va_start(arguments, format);
    text_append_vformat(&text, format, arguments);
    va_end(arguments);
    return text_detach(&text);
}

bool string_equal(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

bool string_starts_with(const char *string, const char *prefix)
{
    return strncmp(string, prefix, strlen(prefix)) == 0;
}

bool string_ends_with(const char *string, const char *suffix)
{
    size_t length = strlen(string), suffix_length = strlen(suffix);
    return length >= suffix_length && strcmp(string + length - suffix_length, suffix) == 0;
}

void string_list_push(struct string_list *list, const char *string)
{
    list->items = memory_resized(list->items, list->count + 2, sizeof *list->items);
    list->items[list->count++] = string_copy(string);
    list->items[list->count] = NULL;
}

void string_list_push_format(struct string_list *list, const char *format, ...)
{
    struct text text = TEXT_INIT;
    va_list arguments;
    va_start(arguments, format);
    text_append_vformat(&text, format, arguments);
    va_end(arguments);
    string_list_push(list, text.bytes);
    text_release(&text);
}

bool string_list_contains(const struct string_list *list, const char *string)
{
    for (size_t i = 0; i < list->count; i++)
        if (string_equal(list->items[i], string))
            return true;
    return false;
}

void string_list_release(struct string_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i]);
    free(list->items);
    *list = (struct string_list){.items = NULL, .count = 0};
}

#define NEAREST_MAX_LENGTH 64

/* Levenshtein distance by two rows; longer words than the bound are never near. */
static size_t edit_distance(const char *a, const char *b)
{
    size_t a_length = strlen(a), b_length = strlen(b);
    if (a_length >= NEAREST_MAX_LENGTH || b_length >= NEAREST_MAX_LENGTH)
        return SIZE_MAX;
    size_t row[NEAREST_MAX_LENGTH];
    for (size_t j = 0; j <= b_length; j++)
        row[j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            size_t above = row[j];
            size_t best = diagonal + (a[i - 1] != b[j - 1]);
            if (above + 1 < best)
                best = above + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            row[j] = best;
            diagonal = above;
        }
    }
    return row[b_length];
}

const char *string_nearest(const char *word, const char *const *candidates, size_t count)
{
    const char *nearest = NULL;
    size_t bound = strlen(word) / 2;
    size_t best = (bound < 3 ? bound : 3) + 1;
    for (size_t i = 0; i < count; i++) {
        size_t distance = edit_distance(word, candidates[i]);
        if (distance < best) {
            best = distance;
            nearest = candidates[i];
        }
    }
    return nearest;
}

char *string_suggestion_or(const char *word, const char *const *names, size_t count, const char *otherwise)
{
    const char *nearest = string_nearest(word, names, count);
    return nearest ? string_format(", did you mean '%s'?", nearest) : string_copy(otherwise);
}

char *string_suggestion(const char *word, const char *const *names, size_t count)
{
    enum { NAMED_MAX = 10 };
    size_t named = count < NAMED_MAX ? count : NAMED_MAX;
    struct text list = TEXT_INIT;
    text_append(&list, count == 0 ? "; there are none" : count == 1 ? "; there is only " : "; there are ");
    for (size_t i = 0; i < named; i++)
        text_append_format(&list, "%s%s", i == 0 ? "" : i + 1 == count ? " and " : ", ", names[i]);
    if (named < count)
        text_append(&list, " and others");
    char *suggestion = string_suggestion_or(word, names, count, list.bytes);
    text_release(&list);
    return suggestion;
}

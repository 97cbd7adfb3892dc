/* SPDX-License-Identifier: Apache-2.0 */
#include "base/error.h"

#include "base/text.h"

#include "base/banned.h"

static void error_clear_place(struct error *error)
{
    error->file[0] = '\0';
    error->line = 0;
    error->column = 0;
}

bool error_set(struct error *error, enum error_category category, const char *format, ...)
{
    if (!error)
        return false;
    va_list arguments;
    va_start(arguments, format);
    error->category = category;
    error_clear_place(error);
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    return false;
}

bool error_set_at(struct error *error, const char *file, int line, int column, const char *format, ...)
{
    if (!error)
        return false;
    va_list arguments;
    va_start(arguments, format);
    error->category = ERROR_INPUT;
    snprintf(error->file, sizeof error->file, "%s", file);
    error->line = line;
    error->column = column;
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    return false;
}

bool error_set_errno(struct error *error, int errno_value, const char *format, ...)
{
    if (!error)
        return false;
    va_list arguments;
    va_start(arguments, format);
    error->category = ERROR_UNAVAILABLE;
    error_clear_place(error);
    int length = vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    if (length >= 0 && (size_t)length < sizeof error->message)
        snprintf(error->message + length, sizeof error->message - (size_t)length, ": %s", strerror(errno_value));
    return false;
}

bool error_prefix(struct error *error, const char *format, ...)
{
    if (!error)
        return false;
    struct text message = TEXT_INIT;
    va_list arguments;
    va_start(arguments, format);
    text_append_vformat(&message, format, arguments);
    va_end(arguments);
    text_append(&message, ": ");
    text_append(&message, error->message);
    /* Cut when both together are too long. */
    size_t length = message.length < sizeof error->message ? message.length : sizeof error->message - 1;
    memcpy(error->message, message.bytes, length);
    error->message[length] = '\0';
    text_release(&message);
    return false;
}

/* Frees `suggestion`. */
static bool append_suggestion(struct error *error, char *suggestion)
{
    if (error) {
        size_t length = strlen(error->message);
        snprintf(error->message + length, sizeof error->message - length, "%s", suggestion);
    }
    free(suggestion);
    return false;
}

bool error_suggest(struct error *error, const char *word, const char *const *names, size_t count)
{
    return append_suggestion(error, string_suggestion(word, names, count));
}

bool error_suggest_or(struct error *error, const char *word, const char *const *names, size_t count,
                      const char *otherwise)
{
    return append_suggestion(error, string_suggestion_or(word, names, count, otherwise));
}

bool error_suggest_from(struct error *error, const char *word, const struct string_list *names)
{
    return error_suggest(error, word, (const char *const *)names->items, names->count);
}

int error_exit_status(const struct error *error)
{
    switch (error->category) {
    case ERROR_NONE: return 0;
    case ERROR_ANSWER_NO: return 1;
    case ERROR_INPUT: return 2;
    case ERROR_UNAVAILABLE: return 3;
    case ERROR_INTERRUPTED: return 130;
    }
    return 3;
}

const char *error_text(const struct error *error, char *buffer, int buffer_size)
{
    if (error->file[0] && error->line > 0)
        snprintf(buffer, (size_t)buffer_size, "%s:%d:%d: %s", error->file, error->line, error->column, error->message);
    else if (error->file[0])
        snprintf(buffer, (size_t)buffer_size, "%s: %s", error->file, error->message);
    else
        snprintf(buffer, (size_t)buffer_size, "%s", error->message);
    return buffer;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "cluster/broker_log.h"

#include "base/file.h"

#include "base/banned.h"

#define LOG_BYTES_MAX (64 << 20)
#define TAIL_LINES 12
#define TAIL_BYTES 3000
#define COMPLAINTS 6
#define COMPLAINT_BYTES 300

/* The log from `start` on; empty when it cannot be read. */
static void read_from(const char *path, off_t start, struct text *log)
{
    if (!file_read(path, LOG_BYTES_MAX, log, NULL) || log->length < (size_t)start)
        text_clear(log);
    else
        memmove(log->bytes, log->bytes + start, log->length -= (size_t)start);
    if (log->capacity)
        log->bytes[log->length] = '\0';
}

bool broker_log_says(const char *path, off_t start, const char *words)
{
    struct text log = TEXT_INIT;
    read_from(path, start, &log);
    bool says = strstr(log.bytes, words) != NULL;
    text_release(&log);
    return says;
}

void broker_log_append_tail(const char *path, struct text *text)
{
    struct text tail = TEXT_INIT;
    file_tail(path, TAIL_LINES, &tail);
    while (tail.length > 0 && tail.bytes[tail.length - 1] == '\n')
        tail.bytes[--tail.length] = '\0';
    const char *begin = tail.bytes;
    if (tail.length > TAIL_BYTES) {
        begin += tail.length - TAIL_BYTES;
        const char *newline = strchr(begin, '\n');
        begin = newline ? newline + 1 : begin;
    }
    text_append(text, begin);
    text_release(&tail);
}

static bool is_complaint(const char *line)
{
    return string_starts_with(line, "Caused by: ") || strstr(line, "] ERROR ") || strstr(line, "] FATAL ");
}

void broker_log_append_complaints(const char *path, off_t start, struct text *text)
{
    struct text log = TEXT_INIT;
    struct string_list complaints = {.items = NULL};
    read_from(path, start, &log);
    for (char *line = log.bytes, *end; *line; line = end) {
        end = line + strcspn(line, "\n");
        if (*end)
            *end++ = '\0';
        /* The same cause is told again by each that met it. */
        if (is_complaint(line) && !string_list_contains(&complaints, line))
            string_list_push_format(&complaints, "%.*s", COMPLAINT_BYTES, line);
    }
    size_t first = complaints.count > COMPLAINTS ? complaints.count - COMPLAINTS : 0;
    for (size_t i = first; i < complaints.count; i++)
        text_append_format(text, "%s%s", i > first ? "\n" : "", complaints.items[i]);
    if (complaints.count == 0)
        broker_log_append_tail(path, text);
    string_list_release(&complaints);
    text_release(&log);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "driver/kept_text.h"

#include <inttypes.h>

#include "base/json.h"

#include "base/banned.h"

void kept_text_add(struct kept_text *kept, const char *bytes, size_t length)
{
    size_t room = KEPT_TEXT_HALF_BYTES - kept->head.length;
    size_t first = length < room ? length : room;
    if (!kept->head.bytes)
        kept->head = (struct text)TEXT_INIT;
    text_append_bytes(&kept->head, bytes, first);
    kept->total += (int64_t)first;
    if (first < length && !kept->tail)
        kept->tail = memory_zeroed(KEPT_TEXT_HALF_BYTES, 1);
    for (size_t i = first; i < length; i++, kept->total++)
        kept->tail[kept->total % KEPT_TEXT_HALF_BYTES] = bytes[i];
}

/* The ring, unrolled. */
static void append_tail(const struct kept_text *kept, struct text *text)
{
    int64_t behind_head = kept->total - KEPT_TEXT_HALF_BYTES;
    int64_t count = behind_head < KEPT_TEXT_HALF_BYTES ? behind_head : KEPT_TEXT_HALF_BYTES;
    for (int64_t at = kept->total - count; at < kept->total; at++)
        text_append_char(text, kept->tail[at % KEPT_TEXT_HALF_BYTES]);
}

static void append_raw(const struct kept_text *kept, bool tell_gap, struct text *text)
{
    int64_t left_out = kept->total - 2 * KEPT_TEXT_HALF_BYTES;
    text_append_bytes(text, kept->head.bytes, kept->head.length);
    if (left_out > 0 && tell_gap)
        text_append_format(text, "\n… %" PRId64 " bytes left out …\n", left_out);
    if (kept->tail)
        append_tail(kept, text);
}

void kept_text_append_to(const struct kept_text *kept, struct text *text)
{
    struct text raw = TEXT_INIT;
    append_raw(kept, true, &raw);
    text_append_clean(text, raw.bytes, raw.length);
    text_release(&raw);
}

void kept_text_append_end(const struct kept_text *kept, size_t limit, struct text *text)
{
    struct text raw = TEXT_INIT;
    append_raw(kept, false, &raw);
    size_t end = raw.length;
    while (end > 0 && strchr(" \t\r\n", raw.bytes[end - 1]))
        end--;
    size_t start = end > limit ? end - limit : 0;
    const char *line = start ? memchr(raw.bytes + start, '\n', end - start) : NULL;
    if (line)
        start = (size_t)(line - raw.bytes) + 1;
    text_append_clean(text, raw.bytes + start, end - start);
    text_release(&raw);
}

void kept_text_release(struct kept_text *kept)
{
    if (kept->head.bytes)
        text_release(&kept->head);
    free(kept->tail);
    *kept = (struct kept_text){0};
}

static bool is_utf8(const char *bytes, size_t length)
{
    json_t *string = json_stringn(bytes, length);
    json_decref(string);
    return string != NULL;
}

void text_append_clean(struct text *text, const char *bytes, size_t length)
{
    for (size_t at = 0; at < length;) {
        const char *end = memchr(bytes + at, '\n', length - at);
        size_t line = end ? (size_t)(end - bytes) + 1 - at : length - at;
        bool utf8 = is_utf8(bytes + at, line);
        for (size_t i = at; i < at + line; i++) {
            unsigned char c = (unsigned char)bytes[i];
            bool control = (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
            text_append_char(text, control || (c > 0x7f && !utf8) ? '?' : bytes[i]);
        }
        at += line;
    }
}

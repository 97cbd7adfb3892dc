/* SPDX-License-Identifier: Apache-2.0 */
/* The lines of /proc/self/mountinfo (proc(5)): id parent major:minor root point options [optional …] - type source … */
#include "environment/mount.h"

#include <stddef.h>

#include "base/text.h"

#include "base/banned.h"

/* Append `length` bytes, with the kernel's \ooo for blanks and backslashes undone. */
static void append_unescaped(struct text *text, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned int code;
        if (bytes[i] == '\\' && i + 3 < length && sscanf(bytes + i + 1, "%3o", &code) == 1) {
            text_append_char(text, (char)code);
            i += 3;
        } else {
            text_append_char(text, bytes[i]);
        }
    }
}

/* The `index`-th blank-separated word of [line, end), unescaped; false when there are fewer. */
static bool take_word(const char *line, const char *end, int index, struct text *word)
{
    text_clear(word);
    while (line < end) {
        const char *blank = memchr(line, ' ', (size_t)(end - line));
        const char *word_end = blank ? blank : end;
        if (index-- == 0) {
            append_unescaped(word, line, (size_t)(word_end - line));
            return true;
        }
        line = word_end + 1;
    }
    return false;
}

static bool lies_below(const char *path, const char *point)
{
    size_t length = strlen(point);
    if (string_equal(point, "/"))
        return path[0] == '/';
    return string_starts_with(path, point) && (path[length] == '/' || path[length] == '\0');
}

bool mount_find(const char *mountinfo, const char *path, struct mount *mount)
{
    *mount = (struct mount){.file_system = NULL};
    struct text point = TEXT_INIT, word = TEXT_INIT;
    size_t longest = 0;
    for (const char *line = mountinfo; *line;) {
        const char *end = line + strcspn(line, "\n");
        const char *rest = strstr(line, " - ");
        if (rest && rest < end && take_word(line, rest, 4, &point) && point.length >= longest &&
            lies_below(path, point.bytes)) {
            longest = point.length;
            mount_release(mount);
            if (take_word(rest + 3, end, 0, &word))
                mount->file_system = string_copy(word.bytes);
            if (take_word(rest + 3, end, 1, &word))
                mount->source = string_copy(word.bytes);
        }
        line = *end ? end + 1 : end;
    }
    text_release(&point);
    text_release(&word);
    return mount->file_system != NULL;
}

void mount_release(struct mount *mount)
{
    free(mount->file_system);
    free(mount->source);
    *mount = (struct mount){.file_system = NULL};
}

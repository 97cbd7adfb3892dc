/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/lines.h"

#include <errno.h>
#include <math.h>

#include "base/banned.h"

bool lines_next(struct lines *lines)
{
    if (!*lines->at)
        return false;
    size_t length = strcspn(lines->at, "\n");
    text_clear(&lines->line);
    text_append_bytes(&lines->line, lines->at, length);
    if (length && lines->line.bytes[length - 1] == '\r')
        lines->line.bytes[--lines->line.length] = '\0';
    lines->at += length + (lines->at[length] == '\n');
    lines->number++;
    return true;
}

void lines_release(struct lines *lines)
{
    text_release(&lines->line);
}

void pattern_compile(struct pattern *pattern, const char *expression)
{
    *pattern = (struct pattern){0};
    if (regcomp(&pattern->compiled, expression, REG_EXTENDED) != 0)
        abort();
}

void pattern_release(struct pattern *pattern)
{
    regfree(&pattern->compiled);
}

bool pattern_match(struct pattern *pattern, const char *line)
{
    pattern->subject = line;
    return regexec(&pattern->compiled, line, PATTERN_GROUPS, pattern->groups, 0) == 0;
}

bool pattern_has(const struct pattern *pattern, int group)
{
    return pattern->groups[group].rm_so >= 0;
}

void pattern_append(const struct pattern *pattern, int group, struct text *text)
{
    const regmatch_t *match = &pattern->groups[group];
    text_append_bytes(text, pattern->subject + match->rm_so, (size_t)(match->rm_eo - match->rm_so));
}

bool pattern_integer(const struct pattern *pattern, int group, int64_t *value)
{
    struct text digits = TEXT_INIT;
    pattern_append(pattern, group, &digits);
    errno = 0;
    *value = strtoll(digits.bytes, NULL, 10);
    text_release(&digits);
    return !errno;
}

bool pattern_real(const struct pattern *pattern, int group, double *value)
{
    struct text digits = TEXT_INIT;
    pattern_append(pattern, group, &digits);
    char *comma = strchr(digits.bytes, ',');
    if (comma)
        *comma = '.';
    *value = strtod(digits.bytes, NULL);
    text_release(&digits);
    return isfinite(*value);
}

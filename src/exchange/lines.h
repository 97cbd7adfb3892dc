/* SPDX-License-Identifier: Apache-2.0 */
/* The lines of a tool's output, and patterns (POSIX extended regular expressions) that take figures out of them. */
#ifndef KBENCH_EXCHANGE_LINES_H
#define KBENCH_EXCHANGE_LINES_H

#include <regex.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

struct lines {
    const char *at;   /* where the next line begins */
    int number;       /* of the line that was read last, from 1 */
    struct text line; /* without its end, LF or CRLF */
};
#define LINES_INIT(bytes)                                                                                              \
    {                                                                                                                  \
        .at = (bytes), .line = TEXT_INIT                                                                               \
    }
bool lines_next(struct lines *lines);
void lines_release(struct lines *lines);

#define PATTERN_GROUPS 16
struct pattern {
    regex_t compiled;
    regmatch_t groups[PATTERN_GROUPS]; /* of the last match */
    const char *subject;               /* borrowed: the line that matched */
};
void pattern_compile(struct pattern *pattern,
                     const char *expression); /* the expression is the program's own: it is right */
void pattern_release(struct pattern *pattern);
bool pattern_match(struct pattern *pattern, const char *line);
/* Group `group` of the last match. A whole number; a decimal number, whose point may be a comma (the tool prints in the locale of its
 * machine). False when it does not fit. */
bool pattern_integer(const struct pattern *pattern, int group, int64_t *value);
bool pattern_real(const struct pattern *pattern, int group, double *value);
bool pattern_has(const struct pattern *pattern, int group);
void pattern_append(const struct pattern *pattern, int group, struct text *text);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#include "report/format.h"

#include <inttypes.h>
#include <math.h>

#include "base/utf8.h"

#include "base/banned.h"

#define REPLACEMENT "\xef\xbf\xbd"
#define ELLIPSIS "\xe2\x80\xa6"
#define EN_DASH "\xe2\x80\x93"

/* Controls of both kinds, and the marks that reverse the direction of what stands behind them. */
static bool is_control(const unsigned char *s, size_t length)
{
    return (length == 1 && (s[0] < 0x20 || s[0] == 0x7f)) || (length == 2 && s[0] == 0xc2 && s[1] < 0xa0) ||
           (length == 3 && s[0] == 0xe2 && s[1] == 0x80 &&
            ((s[2] >= 0xa8 && s[2] <= 0xae) || s[2] == 0x8f || s[2] == 0x8e)) ||
           (length == 3 && s[0] == 0xe2 && s[1] == 0x81 && s[2] >= 0xa6 && s[2] <= 0xa9);
}

void format_clean(struct text *text, const char *string)
{
    const char *s = string ? string : "", *end = s + strlen(s);
    while (s < end) {
        size_t length = utf8_length(s, end);
        if (length == 0)
            text_append(text, REPLACEMENT);
        else if (is_control((const unsigned char *)s, length))
            text_append_char(text, ' ');
        else
            text_append_bytes(text, s, length);
        s += length ? length : 1;
    }
}

/* What stands for a character that opens or closes a tag or an entity, in HTML and in the HTML within Markdown; NULL: itself. */
static const char *entity_of(char c)
{
    return c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '&' ? "&amp;" : NULL;
}

void format_markdown(struct text *text, const char *string)
{
    struct text clean = TEXT_INIT;
    format_clean(&clean, string);
    for (const char *c = clean.bytes; *c; c++) {
        if (entity_of(*c))
            text_append(text, entity_of(*c));
        else if (*c == '$')
            text_append(text, "&#36;"); /* a backslash does not keep GitHub from reading mathematics */
        else if (strchr("\\`*_[]|~#!", *c))
            text_append_format(text, "\\%c", *c);
        else
            text_append_char(text, *c);
    }
    text_release(&clean);
}

void format_html(struct text *text, const char *string)
{
    struct text clean = TEXT_INIT;
    format_clean(&clean, string);
    for (const char *c = clean.bytes; *c; c++) {
        if (entity_of(*c))
            text_append(text, entity_of(*c));
        else if (*c == '"')
            text_append(text, "&quot;");
        else if (*c == '\'')
            text_append(text, "&#39;");
        else
            text_append_char(text, *c);
    }
    text_release(&clean);
}

void format_csv(struct text *text, const char *string)
{
    struct text clean = TEXT_INIT;
    format_clean(&clean, string);
    bool quoted =
        strpbrk(clean.bytes, ",\"") || string_starts_with(clean.bytes, " ") || string_ends_with(clean.bytes, " ");
    if (quoted)
        text_append_char(text, '"');
    for (const char *c = clean.bytes; *c; c++) {
        if (*c == '"')
            text_append_char(text, '"');
        text_append_char(text, *c);
    }
    if (quoted)
        text_append_char(text, '"');
    text_release(&clean);
}

void format_gnuplot(struct text *text, const char *string, size_t limit)
{
    struct text clean = TEXT_INIT;
    format_clean(&clean, string);
    size_t characters = utf8_count(clean.bytes, clean.length), written = 0;
    text_append_char(text, '"');
    for (const char *c = clean.bytes; *c; c++) {
        if (((unsigned char)*c & 0xc0) != 0x80 && limit && characters > limit && ++written >= limit)
            break;
        /* gnuplot has no way to write a quotation mark inside a quoted field, and reads a backslash as an escape. */
        text_append_char(text, *c == '"' ? '\'' : *c == '\\' ? '/' : *c);
    }
    if (limit && characters > limit)
        text_append(text, ELLIPSIS);
    text_append_char(text, '"');
    text_release(&clean);
}

char *format_file_name(const char *string)
{
    char *name = string_copy(string);
    for (char *c = name; *c; c++)
        if (!((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') || strchr("._-", *c)))
            *c = '_';
    return name;
}

static void append_grouped(struct text *text, const char *number)
{
    size_t sign = number[0] == '-', digits = strspn(number + sign, "0123456789");
    text_append_bytes(text, number, sign);
    for (size_t i = 0; i < digits; i++) {
        if (i > 0 && (digits - i) % 3 == 0)
            text_append_char(text, ',');
        text_append_char(text, number[sign + i]);
    }
    text_append(text, number + sign + digits);
}

void format_count(struct text *text, int64_t value)
{
    char number[32];
    snprintf(number, sizeof number, "%" PRId64, value);
    if (value == STORE_ABSENT)
        text_append(text, EN_DASH);
    else
        append_grouped(text, number);
}

void format_number(struct text *text, double value)
{
    char number[64];
    double size = fabs(value);
    if (!isfinite(value)) {
        text_append(text, EN_DASH);
        return;
    }
    snprintf(number, sizeof number, "%.*f", size >= 9999.5 ? 0 : size >= 99.95 ? 1 : size >= 0.9995 ? 2 : 3, value);
    append_grouped(text, number);
}

static void append_whole(struct text *text, double value)
{
    char number[64];
    snprintf(number, sizeof number, "%.0f", value);
    append_grouped(text, number);
}

void format_ratio(struct text *text, double value)
{
    if (!isfinite(value))
        text_append(text, EN_DASH);
    else if (value >= 0.1 && value < 10)
        text_append_format(text, "%.3f", value);
    else if (value >= 999.5)
        append_whole(text, value);
    else
        text_append_format(text, "%.3g", value);
}

void format_percentile(struct text *text, double percentile)
{
    text_append_format(text, "%gth", percentile);
}

void format_real(struct text *text, double value)
{
    char number[64];
    if (!isfinite(value))
        return;
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(number, sizeof number, "%.*g", digits, value);
        if (strtod(number, NULL) == value)
            break;
    }
    text_append(text, number);
}

void format_csv_reals(struct text *text, const double *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        text_append_char(text, ',');
        format_real(text, values[i]);
    }
}

void format_integer(struct text *text, int64_t value)
{
    if (value != STORE_ABSENT)
        text_append_format(text, "%" PRId64, value);
}

char *format_list(const struct string_list *list)
{
    struct text text = TEXT_INIT;
    for (size_t i = 0; i < list->count; i++)
        text_append_format(&text, "%s%s", i ? " / " : "", list->items[i]);
    return text_detach(&text);
}

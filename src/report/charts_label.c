/* SPDX-License-Identifier: Apache-2.0 */
/* Text in charts: how wide it is, where it is broken into lines, where it is cut. */
#include <limits.h>
#include <locale.h>
#include <math.h>
#include <wchar.h>

#include "report/charts_data.h"
#include "report/format.h"

#include "base/banned.h"

#define ELLIPSIS "\xe2\x80\xa6"
#define ELLIPSIS_WIDTH 1.0
#define LABEL_GAP_PX 14 /* between a row's label and the chart */

/* Of a character in Arial, Helvetica or DejaVu Sans. */
static double width_of(wchar_t c)
{
    int columns = wcwidth(c);
    if (columns == 0 || columns == 2)
        return columns == 2 ? 1.0 : 0.0;
    if (c < 128 && strchr("ijl.,;:'|!()[] ftrI", (int)c))
        return 0.32;
    if (c < 128 && strchr("mW@%", (int)c))
        return 1.0;
    if (c < 128 && strchr("wMOQ", (int)c))
        return 0.85;
    return c >= 'A' && c <= 'Z' ? 0.7 : c >= '0' && c <= '9' ? 0.64 : 0.6;
}

/* Bytes and width of the character at `s`. What is no character of the locale stands for one of middle width. */
static size_t measure(const char *s, double *width)
{
    wchar_t c;
    mbstate_t state = {0};
    size_t bytes = mbrtowc(&c, s, MB_LEN_MAX, &state);
    if (bytes == 0 || bytes > MB_LEN_MAX) {
        *width = 0.6;
        return 1;
    }
    *width = width_of(c);
    return bytes;
}

/* Where a line that begins at `s` ends: at the last blank before `width` is passed, or else where it is passed. */
static const char *line_end(const char *s, double width)
{
    const char *blank = NULL;
    double at = 0, character;
    for (const char *c = s; *c;) {
        size_t bytes = measure(c, &character);
        if (*c == ' ' && c > s)
            blank = c;
        if (at + character > width && c > s)
            return blank ? blank : c;
        at += character;
        c += bytes;
    }
    return s + strlen(s);
}

/* The last line: cut anywhere, with an ellipsis. */
static const char *cut_end(const char *s, double width)
{
    double at = 0, character;
    const char *c = s;
    while (*c) {
        size_t bytes = measure(c, &character);
        if (at + character > width - ELLIPSIS_WIDTH && c > s)
            break;
        at += character;
        c += bytes;
    }
    return c;
}

static double width_between(const char *from, const char *to)
{
    double sum = 0, character;
    while (from < to) {
        from += measure(from, &character);
        sum += character;
    }
    return sum;
}

static double append_lines(struct text *text, const char *s, double width, int lines)
{
    double widest = 0;
    for (int line = 1; *s; line++) {
        const char *end = line_end(s, width);
        bool cut = line == lines && *end;
        if (cut)
            end = cut_end(s, width);
        text_append_bytes(text, s, (size_t)(end - s));
        widest = fmax(widest, width_between(s, end) + (cut ? ELLIPSIS_WIDTH : 0));
        if (cut || !*end) {
            text_append(text, cut ? ELLIPSIS : "");
            break;
        }
        text_append(text, "\\n"); /* as gnuplot reads it */
        s = end + strspn(end, " ");
    }
    return widest;
}

double chart_label(struct text *text, const char *string, double width, int lines)
{
    struct text quoted = TEXT_INIT;
    format_gnuplot(&quoted, string, 0);
    quoted.bytes[--quoted.length] = '\0'; /* without the quotation marks */
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", NULL);
    locale_t before = utf8 ? uselocale(utf8) : NULL;
    text_append_char(text, '"');
    double widest = append_lines(text, quoted.bytes + 1, width, lines);
    text_append_char(text, '"');
    if (utf8) {
        uselocale(before);
        freelocale(utf8);
    }
    text_release(&quoted);
    return widest;
}

/* Two bytes hold what is below U+0800, of which Armenian ends at U+058F; three that begin with 0xe1 0xb8 to 0xe2 0xaf hold U+1E00 to
 * U+2BFF: more Latin and Greek, punctuation, arrows, mathematics and other symbols. */
bool chart_text_is_covered(const char *string)
{
    for (const unsigned char *c = (const unsigned char *)string; *c; c++) {
        bool is_first_of_more = *c >= 0xc0;
        unsigned two = is_first_of_more ? (unsigned)*c << 8 | c[1] : 0;
        if (is_first_of_more && two > 0xd68f && !(two >= 0xe1b8 && two <= 0xe2af))
            return false;
    }
    return true;
}

void chart_row_label(struct text *text, const struct report_pair *pair, double *widest)
{
    char *label = string_format("%s%s", pair->run->title, pair->is_tool ? " (tool)" : "");
    size_t start = text->length;
    *widest = fmax(*widest, chart_label(text, label, CHART_ROW_LABEL_WIDTH, 2));
    text_append(text, strstr(text->bytes + start, "\\n") ? " 2" : " 1");
    free(label);
}

void chart_data_add_label_room(struct chart_data *data, double widest)
{
    string_list_push_format(&data->arguments, "%.0f", ceil(widest * CHART_FONT_PX) + LABEL_GAP_PX);
}

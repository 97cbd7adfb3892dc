/* SPDX-License-Identifier: Apache-2.0 */
/*
 * gnuplot's SVG made fit for a page: ids of its own, so that several stand in one document; a text alternative in place of
 * gnuplot's titles, which a browser would show as tooltips; a viewBox and no size, so that the page decides on it; every colour as
 * #rrggbb, so that a dark page can give it another.
 */
#include <inttypes.h>

#include "report/charts_data.h"
#include "report/format.h"
#include "report/writers.h"

#include "base/banned.h"

/* The neutral colours of plots/, and black and blue, which runs have. The other colours of runs are seen on both grounds. */
static const struct shade {
    const char *light, *dark;
} shades[] = {
    {"#ffffff", "#161b22"}, {"#eeeeee", "#262c36"}, {"#dddddd", "#30363d"}, {"#c4c4c4", "#57606a"},
    {"#999999", "#8b949e"}, {"#888888", "#7d8590"}, {"#666666", "#a4adb8"}, {"#333333", "#e6edf3"},
    {"#000000", "#ffffff"}, {"#0072b2", "#3a96d8"},
};

void report_chart_dark_style(const char *scope, struct text *text)
{
    static const char *const properties[] = {"fill", "stroke", "color"};
    for (size_t i = 0; i < sizeof shades / sizeof *shades; i++)
        for (size_t j = 0; j < sizeof properties / sizeof *properties; j++)
            text_append_format(text, "%s svg.kbench-chart [%s=\"%s\"]{%s:%s}\n", scope, properties[j], shades[i].light,
                               properties[j], shades[i].dark);
}

/* "rgb( 51, 51,  51)" as "#333333"; false: it is no such colour. */
static bool append_colour(struct text *text, const char *value, size_t length)
{
    unsigned channels[3] = {0};
    size_t channel = 0;
    if (length < 5 || strncmp(value, "rgb(", 4) != 0)
        return false;
    for (const char *c = value + 4; c < value + length; c++) {
        if (*c >= '0' && *c <= '9' && channel < 3)
            channels[channel] = channels[channel] * 10 + (unsigned)(*c - '0');
        else if (*c == ',')
            channel++;
    }
    text_append_format(text, "#%02x%02x%02x", channels[0] & 0xff, channels[1] & 0xff, channels[2] & 0xff);
    return true;
}

static bool is_named(const char *name, size_t length, const char *expected)
{
    return length == strlen(expected) && memcmp(name, expected, length) == 0;
}

/* An attribute's value between its quotation marks. */
static void append_value(struct text *text, const char *attribute, size_t attribute_length, const char *value,
                         size_t length, const char *name)
{
    if (is_named(attribute, attribute_length, "id")) {
        text_append_format(text, "%s-", name);
    } else if (is_named(attribute, attribute_length, "xlink:href") && *value == '#') {
        text_append_format(text, "#%s-", name);
        value++, length--;
    } else if (length > 5 && strncmp(value, "url(#", 5) == 0) {
        text_append_format(text, "url(#%s-", name);
        value += 5, length -= 5;
    } else if (append_colour(text, value, length)) {
        return;
    }
    text_append_bytes(text, value, length);
}

/* From '<' to '>'; every value in double quotation marks. Returns what stands behind, or NULL where it does not end. */
static const char *append_tag(struct text *text, const char *tag, const char *name)
{
    const char *at = tag, *word = tag;
    for (; *at && *at != '>'; at++) {
        if (*at != '"' && *at != '\'') {
            if (strchr(" \t\n<", *at))
                word = at + 1;
            text_append_char(text, *at);
            continue;
        }
        const char *value = at + 1, *end = strchr(value, *at);
        if (!end)
            return NULL;
        text_append_char(text, '"');
        append_value(text, word, (size_t)(at - 1 - word), value, (size_t)(end - value), name);
        text_append_char(text, '"');
        at = end;
    }
    if (!*at)
        return NULL;
    text_append_char(text, '>');
    return at + 1;
}

static void append_root(struct text *text, const char *view_box, size_t length, const char *description)
{
    text_append(text, "<svg class=\"kbench-chart\" viewBox=\"");
    text_append_bytes(text, view_box, length);
    text_append(text,
                "\" xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" role=\"img\" "
                "aria-label=\"");
    format_html(text, description);
    text_append(text, "\">");
}

/* Where an element that is left out ends; NULL: it does not. */
static const char *behind(const char *element, const char *end_tag)
{
    const char *end = strstr(element, end_tag);
    return end ? end + strlen(end_tag) : NULL;
}

bool chart_svg_rewrite(const char *svg, const char *name, const char *description, struct text *text,
                       struct error *error)
{
    const char *root = strstr(svg, "<svg"), *box = root ? strstr(root, "viewBox=\"") : NULL,
               *box_end = box ? strchr(box + 9, '"') : NULL, *at = box_end ? strchr(box_end, '>') : NULL;
    if (!at)
        return error_set(error, ERROR_UNAVAILABLE, "gnuplot wrote no SVG");
    append_root(text, box + 9, (size_t)(box_end - box - 9), description);
    at++;
    while (at && *at) {
        const char *tag = strchr(at, '<');
        text_append_bytes(text, at, tag ? (size_t)(tag - at) : strlen(at));
        if (!tag)
            return true;
        at = string_starts_with(tag, "<title>")  ? behind(tag, "</title>")
             : string_starts_with(tag, "<desc>") ? behind(tag, "</desc>")
                                                 : append_tag(text, tag, name);
    }
    return at ? true : error_set(error, ERROR_UNAVAILABLE, "gnuplot wrote an SVG that is cut off");
}

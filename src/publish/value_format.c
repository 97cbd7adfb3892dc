/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <math.h>

#include "publish/value.h"
#include "report/format.h"

#include "base/banned.h"

#define MIB (1024.0 * 1024)
#define MINUS "\xe2\x88\x92"

enum {
    FORMAT_NUMBER,
    FORMAT_COUNT,
    FORMAT_PERCENT,
    FORMAT_CHANGE,
    FORMAT_MIB,
    FORMAT_GIB,
    FORMAT_PLAIN,
    FORMAT_OF_VALUE
};

const struct value_format value_formats[] = {
    [FORMAT_NUMBER] = {"number", "a number as the tables write one"},
    [FORMAT_COUNT] = {"count", "without decimals"},
    [FORMAT_PERCENT] = {"percent", "a ratio as a share: 0.352 is 35.2 %"},
    [FORMAT_CHANGE] = {"change", "a ratio as a difference: 0.352 is \xe2\x88\x92"
                                 "64.8 %, 1.2 is +20.0 %"},
    [FORMAT_MIB] = {"mib", "bytes as MiB"},
    [FORMAT_GIB] = {"gib", "bytes as GiB"},
    [FORMAT_PLAIN] = {"plain", "without commas between thousands"},
    [FORMAT_OF_VALUE] = {NULL, NULL},
};

static bool find_format(const char *name, int *format, struct error *error)
{
    struct string_list names = {0};
    bool found = name == NULL;
    *format = FORMAT_OF_VALUE;
    for (int i = 0; value_formats[i].name; i++) {
        if (string_equal(value_formats[i].name, name)) {
            *format = i;
            found = true;
        }
        string_list_push(&names, value_formats[i].name);
    }
    if (!found) {
        error_set(error, ERROR_INPUT, "there is no format '%s'", name);
        error_suggest_from(error, name, &names);
    }
    string_list_release(&names);
    return found;
}

static bool check_format(const struct value *value, int format, struct error *error)
{
    bool of_ratio = format == FORMAT_PERCENT || format == FORMAT_CHANGE;
    if (format == FORMAT_OF_VALUE)
        return true;
    if (value->type == VALUE_TEXT)
        return error_set(error, ERROR_INPUT, "format=%s is for numbers, and this is '%s'", value_formats[format].name,
                         value->text);
    if (of_ratio && value->type != VALUE_RATIO)
        return error_set(error, ERROR_INPUT, "format=%s is for ratios", value_formats[format].name);
    if ((format == FORMAT_MIB || format == FORMAT_GIB) && value->type != VALUE_COUNT && value->type != VALUE_METRIC)
        return error_set(error, ERROR_INPUT, "format=%s is for bytes", value_formats[format].name);
    return true;
}

/* A ratio's digits, a hundred times: "35.2 %" of 0.352, "2.98 %" of 0.0298, "2,620 %" of 26.2. */
static void append_percent(struct text *text, double ratio)
{
    if (ratio >= 0.1 && ratio < 10)
        text_append_format(text, "%.1f %%", 100 * ratio);
    else if (ratio < 10)
        text_append_format(text, "%.3g %%", 100 * ratio);
    else {
        double unit = pow(10, floor(log10(ratio)) - 2);
        format_count(text, llround(100 * unit * round(ratio / unit)));
        text_append(text, " %");
    }
}

/* "+20.0 %", and no sign where all digits are zero. */
static void append_signed_percent(struct text *text, double percent, int decimals)
{
    double size = fabs(percent);
    bool is_zero = size < 0.5 * pow(10, -decimals);
    text_append(text, is_zero ? "" : percent < 0 ? MINUS : "+");
    if (size >= 1000)
        format_count(text, llround(size));
    else
        text_append_format(text, "%.*f", decimals, size);
    text_append(text, " %");
}

static void append_as_itself(const struct value *value, double number, struct text *text)
{
    switch (value->type) {
    case VALUE_COUNT: format_count(text, llround(number)); break;
    case VALUE_METRIC: metric_show(value->document, number, text); break;
    case VALUE_RATIO: format_ratio(text, number); break;
    case VALUE_SHARE: text_append_format(text, "%.*f %%", fabs(number) < 0.1 ? 1 : 0, 100 * number); break;
    case VALUE_TREND: append_signed_percent(text, number, 0); break;
    case VALUE_NUMBER:
    case VALUE_TEXT: format_number(text, number); break;
    }
}

static void append_without_commas(const struct value *value, double number, struct text *text)
{
    struct text grouped = TEXT_INIT;
    append_as_itself(value, number, &grouped);
    for (const char *at = grouped.bytes; *at; at++)
        if (*at != ',')
            text_append_char(text, *at);
    text_release(&grouped);
}

static void append_number(const struct value *value, double number, int format, struct text *text)
{
    switch (format) {
    case FORMAT_NUMBER: format_number(text, number); break;
    case FORMAT_COUNT: format_count(text, llround(number)); break;
    case FORMAT_PERCENT: append_percent(text, number); break;
    case FORMAT_CHANGE: append_signed_percent(text, 100 * (number - 1), 1); break;
    case FORMAT_MIB: format_number(text, number / MIB); break;
    case FORMAT_GIB: format_number(text, number / (1024 * MIB)); break;
    case FORMAT_PLAIN: append_without_commas(value, number, text); break;
    default: append_as_itself(value, number, text); break;
    }
}

bool value_show(const struct value *value, const char *format_name, struct text *text, struct error *error)
{
    int format;
    if (!find_format(format_name, &format, error) || !check_format(value, format, error))
        return false;
    if (value->type == VALUE_TEXT) {
        text_append(text, value->text);
        return true;
    }
    text_append(text, value->shape == VALUE_INTERVAL ? "[" : "");
    append_number(value, value->numbers[0], format, text);
    if (value->shape != VALUE_ONE) {
        text_append(text, value->shape == VALUE_INTERVAL ? ", " : " to ");
        append_number(value, value->numbers[1], format, text);
    }
    text_append(text, value->shape == VALUE_INTERVAL ? "]" : "");
    return true;
}

void value_set_text(struct value *value, const char *string)
{
    *value = (struct value){.type = VALUE_TEXT, .text = string_copy(string)};
}

void value_set_word(struct value *value, const char *word)
{
    size_t digits = strspn(word, "0123456789");
    if (digits && !word[digits] && digits < 16)
        value_set_count(value, strtoll(word, NULL, 10));
    else
        value_set_text(value, word);
}

void value_set_count(struct value *value, int64_t count)
{
    *value = (struct value){.type = VALUE_COUNT, .numbers = {(double)count}};
}

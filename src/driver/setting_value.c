/* SPDX-License-Identifier: Apache-2.0 */
#include "driver/setting_value.h"

#include <errno.h>
#include <math.h>

#include "base/banned.h"

static bool read_integer(const char *text, int64_t *value)
{
    char *end;
    errno = 0;
    long long number = strtoll(text, &end, 10);
    *value = number;
    return errno == 0 && end != text && !*end && !strchr(" \t\n+", text[0]);
}

static bool read_real(const char *text, double *value)
{
    char *end;
    *value = strtod(text, &end);
    return end != text && !*end && isfinite(*value) && !strpbrk(text, " \t\nxXpP");
}

/* Rounded up, so that a bound in the client's coarser unit is never below the one asked for. Kafka's negative numbers are
 * words ("no limit"), which no factor fits. */
static json_t *scaled_integer(int64_t value, double scale, const char **expected)
{
    double rounded = ceil((double)value * scale);
    if (value < 0)
        *expected = "a number that is not negative, since the client counts in another unit";
    else if (rounded >= 0x1p63)
        *expected = "a smaller number";
    else
        return json_integer((json_int_t)rounded);
    return NULL;
}

static json_t *convert(enum driver_value_type type, double scale, const char *text, const char **expected)
{
    int64_t integer;
    double real;
    switch (type) {
    case VALUE_INTEGER:
        if (read_integer(text, &integer))
            return scale > 0 ? scaled_integer(integer, scale, expected) : json_integer(integer);
        *expected = "a whole number";
        return NULL;
    case VALUE_REAL:
        if (read_real(text, &real))
            return json_real(scale > 0 ? real * scale : real);
        *expected = "a number";
        return NULL;
    case VALUE_BOOLEAN:
        if (string_equal(text, "true") || string_equal(text, "false"))
            return json_boolean(string_equal(text, "true"));
        *expected = "true or false";
        return NULL;
    case VALUE_STRING: break;
    }
    return json_string(text);
}

/* acks is Kafka's one property that is a number or a word. */
static bool is_word(const struct driver_setting *setting, const char *text)
{
    return string_equal(setting->canonical, "acks") && string_equal(text, "all");
}

json_t *setting_value(const struct driver_setting *setting, const char *text, const char **expected)
{
    return convert(is_word(setting, text) ? VALUE_STRING : setting->type, setting->scale, text, expected);
}

json_t *setting_value_unscaled(const struct driver_setting *setting, const char *text, const char **expected)
{
    return convert(is_word(setting, text) ? VALUE_STRING : setting->type, 0, text, expected);
}

json_t *setting_value_guess(const char *text)
{
    const char *unused;
    /* A number with a leading zero is a name or a code to whoever wrote it. */
    bool padded = text[0] == '0' && text[1] >= '0' && text[1] <= '9';
    const enum driver_value_type types[] = {VALUE_INTEGER, VALUE_REAL, VALUE_BOOLEAN};
    for (size_t i = padded ? 2 : 0; i < sizeof types / sizeof *types; i++) {
        json_t *value = convert(types[i], 0, text, &unused);
        if (value)
            return value;
    }
    return json_string(text);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "experiment/units.h"

#include <errno.h>
#include <math.h>

#include "base/banned.h"

struct unit {
    const char *suffix;
    int64_t factor;
};

static const struct unit durations[] = {{"h", 3600000}, {"m", 60000}, {"s", 1000}, {"ms", 1}, {NULL, 0}};
static const struct unit sizes[] = {{"MiB", 1 << 20}, {"KiB", 1 << 10}, {"", 1}, {NULL, 0}};

/* Integers up to here are exact as double. */
#define EXACT_MAX 9007199254740992.0

/* The number in front of a unit: digits, and a fraction where there is one. Gives its length, 0 when there is none. */
static size_t decimal_length(const char *text)
{
    size_t length = strspn(text, "0123456789");
    if (length && text[length] == '.') {
        size_t fraction = strspn(text + length + 1, "0123456789");
        length = fraction ? length + 1 + fraction : 0;
    }
    return length;
}

/* A value that is not a whole number of the smallest unit is none. */
static bool read_scaled(const char *text, const struct unit *units, int64_t *value)
{
    size_t length = decimal_length(text);
    if (!length)
        return false;
    for (const struct unit *unit = units; unit->suffix; unit++) {
        if (!string_equal(text + length, unit->suffix))
            continue;
        double product = strtod(text, NULL) * (double)unit->factor;
        if (product > EXACT_MAX || fabs(product - round(product)) > 1e-6)
            return false;
        *value = (int64_t)round(product);
        return true;
    }
    return false;
}

bool units_read_duration(const char *text, int64_t *ms)
{
    return read_scaled(text, durations, ms);
}

bool units_read_size(const char *text, int64_t *bytes)
{
    return read_scaled(text, sizes, bytes);
}

bool units_read_share(const char *text, double *share)
{
    size_t length = decimal_length(text);
    if (!length || !string_equal(text + length, "%"))
        return false;
    *share = strtod(text, NULL) / 100;
    return true;
}

bool units_read_number(const char *text, double *number)
{
    const char *digits = text + (text[0] == '-');
    size_t length = decimal_length(digits);
    if (!length)
        return false;
    if (digits[length] == 'e' || digits[length] == 'E') { /* as units_write_number() writes the largest and smallest */
        size_t sign = digits[length + 1] == '-' || digits[length + 1] == '+';
        size_t exponent = strspn(digits + length + 1 + sign, "0123456789");
        length = exponent ? length + 1 + sign + exponent : length;
    }
    if (digits[length])
        return false;
    double value = strtod(text, NULL);
    if (!isfinite(value))
        return false;
    *number = value;
    return true;
}

bool units_read_integer(const char *text, int64_t *integer)
{
    const char *digits = text + (text[0] == '-');
    size_t length = strspn(digits, "0123456789");
    if (!length || digits[length] || (digits[0] == '0' && length > 1))
        return false;
    errno = 0;
    long long value = strtoll(text, NULL, 10);
    if (errno)
        return false;
    *integer = value;
    return true;
}

const char *units_kind(const char *text)
{
    int64_t integer;
    double real;
    if (units_read_number(text, &real))
        return UNITS_NONE;
    if (units_read_duration(text, &integer))
        return "a duration";
    if (units_read_size(text, &integer))
        return "a size";
    if (units_read_share(text, &real))
        return "a percentage";
    return NULL;
}

void units_write_duration(struct text *text, int64_t ms)
{
    const struct unit *unit = durations;
    while (ms % unit->factor)
        unit++;
    if (ms == 0)
        text_append(text, "0s");
    else
        text_append_format(text, "%lld%s", (long long)(ms / unit->factor), unit->suffix);
}

/* The double that divided by `scale` is `number` again: the product is off by a rounding at most. */
static double scaled(double number, double scale)
{
    double product = number * scale;
    double candidates[] = {product, nextafter(product, INFINITY), nextafter(product, 0)};
    for (size_t i = 0; i < 3; i++)
        if (candidates[i] / scale == number)
            return candidates[i];
    return product;
}

/* The fewest digits that read back to the same double, by `scale` on the way; without an exponent where 17 digits do. */
static void write_shortest(struct text *text, double number, double scale)
{
    char buffer[40];
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(buffer, sizeof buffer, "%.*g", digits, scaled(number, scale));
        if (strtod(buffer, NULL) / scale == number && !strchr(buffer, 'e'))
            break;
    }
    text_append(text, buffer);
}

void units_write_share(struct text *text, double share)
{
    write_shortest(text, share, 100);
    text_append(text, "%");
}

void units_write_number(struct text *text, double number)
{
    write_shortest(text, number, 1);
}

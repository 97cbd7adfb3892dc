/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "experiment/units.h"
#include "experiment/values.h"

#include "base/banned.h"

/* The character at `at`, which is valid UTF-8, and its length. */
static unsigned decode_utf8(const unsigned char *at, size_t *length)
{
    if (at[0] < 0x80) {
        *length = 1;
        return at[0];
    }
    *length = at[0] < 0xE0 ? 2 : at[0] < 0xF0 ? 3 : 4;
    unsigned character = at[0] & (0x7Fu >> *length);
    for (size_t i = 1; i < *length; i++)
        character = character << 6 | (at[i] & 0x3Fu);
    return character;
}

/* What YAML does not read back from within quotes: controls, its own line breaks, the byte-order mark, non-characters. */
static bool needs_escape(unsigned c)
{
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029 || c == 0xFEFF || c == 0xFFFE ||
           c == 0xFFFF;
}

void value_write_quoted(struct text *text, const char *string)
{
    size_t length;
    text_append_char(text, '"');
    for (const char *at = string; *at; at += length) {
        unsigned character = decode_utf8((const unsigned char *)at, &length);
        if (character == '"' || character == '\\')
            text_append_char(text, '\\');
        if (needs_escape(character))
            text_append_format(text, "\\u%04X", character);
        else
            text_append_bytes(text, at, length);
    }
    text_append_char(text, '"');
}

static void write_strings(struct text *text, const struct string_list *list)
{
    text_append_char(text, '[');
    for (size_t i = 0; i < list->count; i++) {
        text_append(text, i ? ", " : "");
        value_write_quoted(text, list->items[i]);
    }
    text_append_char(text, ']');
}

static void write_reals(struct text *text, const double *values, size_t count)
{
    text_append_char(text, '[');
    for (size_t i = 0; i < count; i++) {
        text_append(text, i ? ", " : "");
        units_write_number(text, values[i]);
    }
    text_append_char(text, ']');
}

static int64_t integer_of(const struct key *key, const void *base)
{
    const char *field = (const char *)base + key->offset;
    if (key->type == KEY_INTEGER) {
        int integer;
        memcpy(&integer, field, sizeof integer);
        return integer;
    }
    int64_t integer;
    memcpy(&integer, field, sizeof integer);
    return integer;
}

static double real_of(const struct key *key, const void *base)
{
    double real;
    memcpy(&real, (const char *)base + key->offset, sizeof real);
    return real;
}

static void write_or_off(const struct key *key, double bound, struct text *text)
{
    if (isinf(bound))
        text_append(text, "off");
    else if (key->type == KEY_PERCENT_OR_OFF)
        units_write_share(text, bound);
    else
        units_write_number(text, bound);
}

void value_write(const struct key *key, const void *base, struct text *text)
{
    const void *field = (const char *)base + key->offset;
    unsigned choice;
    switch (key->type) {
    case KEY_STRING:
    case KEY_NAME:
    case KEY_CASE_NAME:
    case KEY_METRIC: value_write_quoted(text, key_pointer(base, key->offset)); return;
    case KEY_INTEGER:
    case KEY_COUNT:
    case KEY_SIZE: text_append_format(text, "%lld", (long long)integer_of(key, base)); return;
    case KEY_DURATION: units_write_duration(text, integer_of(key, base)); return;
    case KEY_BOOLEAN: text_append(text, *(const bool *)field ? "true" : "false"); return;
    case KEY_ENUM:
        memcpy(&choice, field, sizeof choice);
        text_append(text, key->names[choice]);
        return;
    case KEY_REAL: units_write_number(text, real_of(key, base)); return;
    case KEY_PERCENT: units_write_share(text, real_of(key, base)); return;
    case KEY_RATE:
        if (real_of(key, base) > 0)
            units_write_number(text, real_of(key, base));
        else
            text_append(text, "max");
        return;
    case KEY_PERCENT_OR_OFF:
    case KEY_SIZE_OR_OFF: write_or_off(key, real_of(key, base), text); return;
    case KEY_STRINGS: write_strings(text, field); return;
    case KEY_REALS: write_reals(text, key_pointer(base, key->offset), key_count(key, base)); return;
    case KEY_RANGE: write_reals(text, field, 2); return;
    case KEY_PROPERTIES:
    case KEY_GROUP:
    case KEY_LIST:
    case KEY_DEFAULTS:
    case KEY_SWEEP: return;
    }
}

bool value_is_absent(const struct key *key, const void *base)
{
    switch (key->type) {
    case KEY_STRING:
    case KEY_NAME:
    case KEY_CASE_NAME:
    case KEY_METRIC: return !key_pointer(base, key->offset);
    case KEY_INTEGER:
    case KEY_COUNT:
    case KEY_SIZE:
    case KEY_DURATION: return integer_of(key, base) == 0;
    case KEY_REAL:
    case KEY_PERCENT: return !(real_of(key, base) > 0);
    case KEY_RANGE: { /* [0, 0] is a range */
        double low;
        memcpy(&low, (const char *)base + key->offset, sizeof low);
        return isnan(low);
    }
    default: return false;
    }
}

void value_release(const struct key *key, void *base)
{
    void *field = (char *)base + key->offset;
    switch (key->type) {
    case KEY_STRING:
    case KEY_NAME:
    case KEY_CASE_NAME:
    case KEY_METRIC:
    case KEY_REALS:
        free(key_pointer(base, key->offset));
        memset(field, 0, sizeof(void *));
        return;
    case KEY_STRINGS: string_list_release(field); return;
    case KEY_PROPERTIES: property_list_release(field); return;
    default: return;
    }
}

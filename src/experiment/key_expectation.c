/* SPDX-License-Identifier: Apache-2.0 */
#include "experiment/units.h"
#include "experiment/values.h"

#include "base/banned.h"

/* "a, b or c" */
static void append_alternatives(struct text *text, const char *const *names)
{
    for (size_t i = 0; names[i]; i++) {
        if (i > 0)
            text_append(text, names[i + 1] ? ", " : " or ");
        text_append(text, names[i]);
    }
}

static void append_bound(const struct key *key, double bound, struct text *text)
{
    if (key->type == KEY_DURATION)
        units_write_duration(text, (int64_t)bound);
    else if (key->type == KEY_PERCENT || key->type == KEY_PERCENT_OR_OFF)
        units_write_share(text, bound);
    else
        units_write_number(text, bound);
}

static const char *type_text(enum key_type type)
{
    switch (type) {
    case KEY_STRING: return "a text";
    case KEY_NAME: return "a name of at most 64 lower-case letters, digits, dots and hyphens";
    case KEY_CASE_NAME: return "a case's name of at most 64 lower-case letters, digits, dots and hyphens";
    case KEY_INTEGER:
    case KEY_COUNT: return "a whole number";
    case KEY_REAL: return "a number";
    case KEY_BOOLEAN: return "true or false";
    case KEY_ENUM: return "";
    case KEY_METRIC: return "latency_p<percentile>_ms, ";
    case KEY_DURATION: return "a duration such as 3s (ms, s, m or h)";
    case KEY_SIZE: return "a number of bytes such as 100 or 64KiB (KiB or MiB)";
    case KEY_PERCENT: return "a percentage such as 3%";
    case KEY_RATE: return "max, or a number of records/s";
    case KEY_PERCENT_OR_OFF: return "off, or a percentage such as 3%";
    case KEY_SIZE_OR_OFF: return "off, or a number of bytes such as 100 or 64KiB (KiB or MiB)";
    case KEY_STRINGS: return "a list of texts";
    case KEY_REALS: return "a list of numbers";
    case KEY_RANGE: return "two numbers [low, high], the first not above the second";
    case KEY_PROPERTIES: return "a mapping of property names to values";
    case KEY_GROUP:
    case KEY_DEFAULTS: return "a mapping of keys to values";
    case KEY_LIST: return "a list";
    case KEY_SWEEP: return "a mapping of keys to lists of values";
    }
    return "";
}

char *key_expectation(const struct key *key)
{
    struct text text = TEXT_INIT;
    text_append(&text, type_text(key->type));
    if (key->names)
        append_alternatives(&text, key->names);
    if (key->minimum != 0 || key->maximum != 0) {
        text_append(&text, key->type == KEY_RANGE || key->type == KEY_REALS ? ", each from " : " from ");
        append_bound(key, key->minimum, &text);
        text_append(&text, " to ");
        append_bound(key, key->maximum, &text);
    }
    return text_detach(&text);
}

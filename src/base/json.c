/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"

#include "base/text.h"

#include "base/banned.h"

json_t *json_parse(const char *bytes, size_t length, struct error *error)
{
    json_error_t problem;
    json_t *value = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &problem);
    if (!value)
        error_set(error, ERROR_INPUT, "not JSON: %s (at byte %d)", problem.text, problem.position);
    return value;
}

const char *json_get_string(const json_t *object, const char *key, const char *fallback)
{
    const json_t *value = json_object_get(object, key);
    return json_is_string(value) ? json_string_value(value) : fallback;
}

int64_t json_get_integer(const json_t *object, const char *key, int64_t fallback)
{
    const json_t *value = json_object_get(object, key);
    return json_is_integer(value) ? json_integer_value(value) : fallback;
}

double json_get_real(const json_t *object, const char *key, double fallback)
{
    const json_t *value = json_object_get(object, key);
    return json_is_number(value) ? json_number_value(value) : fallback;
}

char *json_line(const json_t *value)
{
    char *line = json_dumps(value, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);
    if (!line)
        abort();
    return line;
}

/* The fewest digits that read back as the same number, with a point so that it stays a real one: 0.1 and not 0.10000000000000001. */
static char *real_text(double value)
{
    char digits[40];
    for (int precision = 15; precision <= 17; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, value);
        if (strtod(digits, NULL) == value)
            break;
    }
    return string_format("%s%s", digits, strpbrk(digits, ".e") ? "" : ".0");
}

char *json_scalar_text(const json_t *value)
{
    switch (value ? json_typeof(value) : JSON_NULL) {
    case JSON_STRING: return string_copy(json_string_value(value));
    case JSON_TRUE: return string_copy("true");
    case JSON_FALSE: return string_copy("false");
    case JSON_INTEGER: return string_format("%lld", (long long)json_integer_value(value));
    case JSON_REAL: return real_text(json_real_value(value));
    case JSON_NULL: return NULL;
    default: return json_line(value);
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "report/json_parts.h"

#include <math.h>

#include "report/format.h"

#include "base/banned.h"

json_t *report_json_string(const char *value)
{
    struct text clean = TEXT_INIT;
    if (!value)
        return json_null();
    format_clean(&clean, value);
    json_t *json = json_string(clean.bytes);
    text_release(&clean);
    return json;
}

json_t *report_json_real(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

json_t *report_json_integer(int64_t value)
{
    return value == STORE_ABSENT ? json_null() : json_integer(value);
}

json_t *report_json_strings(const struct string_list *list)
{
    json_t *array = json_array();
    for (size_t i = 0; i < list->count; i++)
        json_array_append_new(array, report_json_string(list->items[i]));
    return array;
}

json_t *report_json_interval(const struct interval *value)
{
    json_t *object = json_object();
    json_object_set_new(object, "n", json_integer((json_int_t)value->n));
    json_object_set_new(object, "method", report_json_string(value->method));
    json_object_set_new(object, "median", report_json_real(value->estimate));
    json_object_set_new(object, "ci_low", report_json_real(value->low));
    json_object_set_new(object, "ci_high", report_json_real(value->high));
    return object;
}

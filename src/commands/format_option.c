/* SPDX-License-Identifier: Apache-2.0 */
#include "commands/format_option.h"

#include "base/text.h"

#include "base/banned.h"

bool format_option_find(const struct option_value *value, const char *const *names, size_t count, size_t *index,
                        struct error *error)
{
    *index = 0;
    if (!value->given)
        return true;
    for (size_t i = 0; i < count; i++)
        if (string_equal(value->string, names[i])) {
            *index = i;
            return true;
        }
    error_set(error, ERROR_INPUT, "--format: '%s' is no format", value->string);
    return error_suggest(error, value->string, names, count);
}

bool format_option_read(const struct option_value *value, enum format_option *format, struct error *error)
{
    static const char *const names[] = {[FORMAT_TEXT] = "text", [FORMAT_CSV] = "csv", [FORMAT_JSON] = "json"};
    size_t index;
    bool ok = format_option_find(value, names, sizeof names / sizeof *names, &index, error);
    *format = (enum format_option)index;
    return ok;
}

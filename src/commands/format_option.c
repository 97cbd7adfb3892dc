/* SPDX-License-Identifier: Apache-2.0 */
#include "commands/format_option.h"

#include "base/text.h"

#include "base/banned.h"

bool format_option_read(const struct option_value *value, enum format_option *format, struct error *error)
{
    static const char *const names[] = {[FORMAT_TEXT] = "text", [FORMAT_CSV] = "csv", [FORMAT_JSON] = "json"};
    *format = FORMAT_TEXT;
    if (!value->given)
        return true;
    for (int i = FORMAT_TEXT; i <= FORMAT_JSON; i++)
        if (string_equal(value->string, names[i])) {
            *format = (enum format_option)i;
            return true;
        }
    char *suggestion = string_suggestion(value->string, names, sizeof names / sizeof *names);
    error_set(error, ERROR_INPUT, "--format: '%s' is no format%s", value->string, suggestion);
    free(suggestion);
    return false;
}

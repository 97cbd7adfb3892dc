/* SPDX-License-Identifier: Apache-2.0 */
#include "commands/version_argument.h"

#include <errno.h>
#include <stdint.h>

#include "base/text.h"

#include "base/banned.h"

bool version_argument_read(const char *argument, char **version, int *revision, struct error *error)
{
    const char *at = strrchr(argument, '@');
    char *end;
    *revision = 0;
    *version = string_format("%.*s", at ? (int)(at - argument) : (int)strlen(argument), argument);
    if (!at)
        return true;
    errno = 0;
    long number = strtol(at + 1, &end, 10);
    if (errno || end == at + 1 || *end || number < 1 || number > INT32_MAX)
        return error_set(error, ERROR_INPUT, "'%s' is no version, expected one such as v2, or v2@1 for its revision 1",
                         argument);
    *revision = (int)number;
    return true;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "commands/trials_option.h"

#include "base/banned.h"

bool trials_option_read(const struct option_value *value, int *trials, struct error *error)
{
    *trials = (int)value->integer;
    if (value->given && (value->integer < 1 || value->integer > 10000))
        return error_set(error, ERROR_INPUT, "option '--trials' takes a number from 1 to 10000, not '%s'",
                         value->string);
    return true;
}

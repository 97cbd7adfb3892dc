/* SPDX-License-Identifier: Apache-2.0 */
/* The values of settings, from text to the client's type and unit. Internal to this room. Pure. */
#ifndef KBENCH_DRIVER_SETTING_VALUE_H
#define KBENCH_DRIVER_SETTING_VALUE_H

#include "driver/driver.h"

/* The value for the client. NULL when the text is none of that type; then *expected says what it should be. New reference. */
json_t *setting_value(const struct driver_setting *setting, const char *text, const char **expected);
/* As setting_value(), for a text that is in the client's own unit already. */
json_t *setting_value_unscaled(const struct driver_setting *setting, const char *text, const char **expected);
/* A value whose type nobody told: the one that the text looks like. New reference. */
json_t *setting_value_guess(const char *text);

#endif

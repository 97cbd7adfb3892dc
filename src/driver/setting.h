/* SPDX-License-Identifier: Apache-2.0 */
/* What was asked of a client, what it was given, and what it says is in force. Internal to this room. */
#ifndef KBENCH_DRIVER_SETTING_H
#define KBENCH_DRIVER_SETTING_H

#include "driver/driver.h"

/* Append a record with copies of the texts (each may be NULL); secret by the names, and then REDACTED. */
struct setting_record *setting_list_add(struct setting_list *list, const char *canonical, const char *native,
                                        const char *requested, const char *handed);
/* Fill in_force and differs from what the client reports; what nobody asked for is appended. */
void setting_list_confirm(struct setting_list *list, const struct driver *driver, json_t *reported);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Reads one driver.yaml. Internal to this room. */
#ifndef KBENCH_DRIVER_DRIVER_YAML_H
#define KBENCH_DRIVER_DRIVER_YAML_H

#include "driver/driver.h"

/* Fill the zeroed `driver` from the text of `file`; its name and folder are the caller's to set. False with at least one
 * error; release the driver in any case. */
bool driver_yaml_read(struct driver *driver, const char *file, const char *bytes, size_t length,
                      struct error_list *errors);
/* Free what the struct owns, not the struct. */
void driver_release(struct driver *driver);

#endif

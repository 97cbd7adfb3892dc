/* SPDX-License-Identifier: Apache-2.0 */
/* The settings map of a driver: what Kafka's property names become for its client. Internal to this room. */
#ifndef KBENCH_DRIVER_SETTING_MAP_H
#define KBENCH_DRIVER_SETTING_MAP_H

#include "driver/driver.h"
#include "experiment/yaml_tree.h"

/* Read the value of the key `settings`. */
void setting_map_read(struct problems *problems, const struct yaml_node *node, struct driver *driver);
/* Give `driver` a copy of the map of `from`. */
void setting_map_copy(struct driver *driver, const struct driver *from);
void setting_map_release(struct driver *driver);

/* The line of a canonical name or of a client's own name, or NULL. */
const struct driver_setting *setting_map_find(const struct driver *driver, const char *canonical);
const struct driver_setting *setting_map_find_native(const struct driver *driver, const char *native);
/* problems_suggestion() of the map's canonical names. The caller frees. */
char *setting_map_suggestion(const struct driver *driver, const char *word);

#endif

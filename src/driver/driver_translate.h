/* SPDX-License-Identifier: Apache-2.0 */
/* One property at a time: what driver_translate() and driver_check_experiment() share. Internal to this room. Pure. */
#ifndef KBENCH_DRIVER_DRIVER_TRANSLATE_H
#define KBENCH_DRIVER_DRIVER_TRANSLATE_H

#include "driver/driver.h"

/* Whose property it is, for messages. */
struct translation {
    const struct driver *driver;
    const struct experiment_run *run; /* NULL: a reader's, which is of no run and is allowed nothing */
    const char *file;                 /* the definition */
};

/* A property by Kafka's name: *native (borrowed) and *value (new reference) of the client, both NULL when the client has that
 * value always, or when the run allows that it is not applied. */
bool translate_canonical(const struct translation *translation, const struct property *property, const char **native,
                         json_t **value, struct error *error);
/* A property by the client's own name, from the run's `config`. */
bool translate_native(const struct translation *translation, const struct property *property, json_t **value,
                      struct error *error);
/* As driver_translate() for a reader: the cluster's client properties alone. */
bool translate_reader(const struct driver *driver, const struct driver_reader_job *job, json_t **settings,
                      struct setting_list *list, struct error *error);
/* The properties of the case that belong to a role: "producer" or "consumer". */
const struct property_list *translate_role_properties(const struct experiment_case *c, const char *role);

#endif

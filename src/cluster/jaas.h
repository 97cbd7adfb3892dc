/* SPDX-License-Identifier: Apache-2.0 */
/* The one line of `sasl.jaas.config` that user names and passwords stand in. Internal to this room. */
#ifndef KBENCH_CLUSTER_JAAS_H
#define KBENCH_CLUSTER_JAAS_H

#include <stdbool.h>

#include "base/error.h"

/* User name and password of "<…PlainLoginModule or ScramLoginModule> required username="…" password="…";". The caller frees
 * both. ERROR_INPUT for another module or when one of them is missing; the message never holds the value. */
bool jaas_parse(const char *config, char **username, char **password, struct error *error);

#endif

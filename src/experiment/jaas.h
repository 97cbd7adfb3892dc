/* SPDX-License-Identifier: Apache-2.0 */
/* The one line of `sasl.jaas.config` that user names and passwords stand in. Pure. */
#ifndef KBENCH_EXPERIMENT_JAAS_H
#define KBENCH_EXPERIMENT_JAAS_H

#include <stdbool.h>

#include "base/error.h"

/* A login's two forms: in one property of Java's clients, or in two that every client has a name for. */
#define SASL_JAAS_CONFIG "sasl.jaas.config"
#define SASL_USERNAME "sasl.username"
#define SASL_PASSWORD "sasl.password"

/* User name and password of "<…PlainLoginModule or ScramLoginModule> required username="…" password="…";". The caller frees
 * both. ERROR_INPUT for another module or when one of them is missing; the message never holds the value. */
bool jaas_parse(const char *config, char **username, char **password, struct error *error);

#endif

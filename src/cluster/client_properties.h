/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The client properties of an external cluster: ${env:NAME} looked up, and Kafka's names turned into librdkafka's for kbench's
 * own administration. Internal to this room. Starts nothing.
 */
#ifndef KBENCH_CLUSTER_CLIENT_PROPERTIES_H
#define KBENCH_CLUSTER_CLIENT_PROPERTIES_H

#include "base/error.h"
#include "base/redact.h"
#include "experiment/experiment.h"

/* `value` with every ${env:NAME} replaced; the caller frees. What came from the environment goes to `redactor` (may be
 * NULL). NULL and ERROR_INPUT when a name is not set or the form is not closed. */
char *client_properties_expand(const char *value, struct redactor *redactor, struct error *error);

/* All of `given`, expanded, under the same names, but for sasl.jaas.config: it comes as sasl.username and sasl.password.
 * Values of properties that are passwords go to `redactor` too. */
bool client_properties_resolve(const struct property_list *given, struct redactor *redactor,
                               struct property_list *resolved, struct error *error);

/* Kafka's names and values to librdkafka's. ERROR_INPUT, with its name, for one that has no translation. */
bool client_properties_translate(const struct property_list *canonical, struct property_list *native,
                                 struct error *error);

#endif

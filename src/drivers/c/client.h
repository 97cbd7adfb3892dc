/* SPDX-License-Identifier: Apache-2.0 */
/* librdkafka's client, a producer or a consumer: made from the job's settings, and asked which settings are in force. */
#ifndef KBENCH_DRIVERS_C_CLIENT_H
#define KBENCH_DRIVERS_C_CLIENT_H

#include <librdkafka/rdkafka.h>
#include <stdbool.h>

#include "job.h"

struct client {
    rd_kafka_t *handle;
    rd_kafka_topic_t *topic; /* made once: no look-up for each record */
};

/* Configure and connect; true once the cluster has told of the topic. `configuration`, to which the job's settings are added,
 * is taken over. */
bool client_open(struct client *client, rd_kafka_type_t type, rd_kafka_conf_t *configuration, const struct job *job,
                 struct error *error);
/* All settings in force, by librdkafka's names and those that the job used; secrets redacted. New reference. */
json_t *client_settings(const struct client *client, const struct job *job);
void client_release(struct client *client);

#endif

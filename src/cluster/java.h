/* SPDX-License-Identifier: Apache-2.0 */
/* The Java that brokers run on, and their class path. Internal to this room. */
#ifndef KBENCH_CLUSTER_JAVA_H
#define KBENCH_CLUSTER_JAVA_H

#include "base/error.h"

/* $JAVA_HOME/bin/java, or "java" for the one on PATH. The caller frees. */
char *java_program(void);
/* Its major version (17, 21, …); 0 with `error` when it cannot be run. */
int java_version(struct error *error);

/* The folder with the jars of a broker's version, whether it is there or not. The caller frees. */
char *java_kafka_folder(const char *kafka_version);

#endif

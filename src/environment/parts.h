/* SPDX-License-Identifier: Apache-2.0 */
/* Inside this room: the parts of environment_describe(). Each adds its keys to the object and leaves out what it cannot tell. */
#ifndef KBENCH_ENVIRONMENT_PARTS_H
#define KBENCH_ENVIRONMENT_PARTS_H

#include "base/json.h"

/* Processor, memory, kernel, limits, kernel settings. */
void describe_machine(json_t *environment);
/* Hypervisor and container. */
void describe_virtualization(json_t *environment);
/* File system and device below the brokers' logs. */
void describe_log_device(json_t *environment, const char *data_folder);
/* Runtimes, libraries, and how kbench itself was built. */
void describe_software(json_t *environment);
/* host_hash. */
void describe_host(json_t *environment, const char *key_folder);

/* The file in /sys that tells how busy the device below a folder is; NULL when there is no device. The caller frees. */
char *log_device_stat_path(const char *data_folder);

/* A file of /proc or /sys without blanks at its end; NULL when it cannot be read or is empty. The caller frees. */
char *pseudo_file_read(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Set `key` to the string, freeing it; NULL leaves the key out. */
void set_string(json_t *object, const char *key, char *owned);
/* Set `key` to the whole number that the text begins with, freeing it; NULL and no number leave the key out. */
void set_number(json_t *object, const char *key, char *owned);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the machine is: everything that a number depends on and that does not change while a campaign runs, as one JSON
 * object with sorted keys. The object's SHA-256 is the identity of an environment row, so nothing in it may vary from
 * call to call on an unchanged machine.
 */
#ifndef KBENCH_ENVIRONMENT_ENVIRONMENT_H
#define KBENCH_ENVIRONMENT_ENVIRONMENT_H

#include "base/error.h"
#include "base/json.h"

/*
 * New reference. Keys (absent when unknown, never 0 or ""): cpu_model, cpu_cores, cpu_cores_allowed, cpu_governor, cpu_mhz_max,
 * cgroup_cpu_max, cgroup_memory_max_bytes, memory_bytes, swap_bytes, kernel, os, container, virtualization, clock_source,
 * transparent_hugepage, log_file_system, log_device, log_device_model, log_device_scheduler, log_device_rotational, jvm, python,
 * gnuplot, compiler, cflags, librdkafka, sqlite, kbench_version, sysctl: {vm.dirty_ratio, …}, ulimit: {nofile, memlock},
 * host_hash (HMAC-SHA256 of the host's name with a random key).
 * `data_folder` is where the brokers' logs will lie; it need not be there yet. `key_folder` keeps the key, in the file .host-key: a
 * folder that lasts as long as the database.
 */
json_t *environment_describe(const char *data_folder, const char *key_folder);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Free TCP ports of the loopback address. Internal to this room. */
#ifndef KBENCH_CLUSTER_PORTS_H
#define KBENCH_CLUSTER_PORTS_H

#include "base/error.h"

#define LOOPBACK "127.0.0.1"

/* `count` different ports that nobody listens on at this moment. Another process may take one before it is used: who gets
 * "Address already in use" asks again. */
bool ports_find(int *ports, int count, struct error *error);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#include "cluster/usage.h"

#include <math.h>

#include "cluster/local_usage.h"
#include "cluster/parts.h"

#include "base/banned.h"

void cluster_usage(const struct cluster *cluster, int64_t from_ns, int64_t to_ns, struct cluster_usage *usage)
{
    if (cluster->local)
        local_usage(cluster->local, from_ns, to_ns, usage);
    else
        *usage = (struct cluster_usage){.idle_share = NAN, .bytes_in = NAN, .gc_s = NAN, .gc_max_ms = NAN};
}

const char *cluster_data_folder(const struct cluster *cluster)
{
    return cluster->local ? cluster->local->data_folder : NULL;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "report/bottleneck.h"

#include <math.h>
#include <stdbool.h>

#include "base/banned.h"

#define RATE_KEPT 0.99
#define THREAD_SATURATED 0.90
/* One core, give or take what the readings at the window's ends miss. */
#define ONE_CORE_LEAST 0.90
#define ONE_CORE_MOST 1.10
#define STEAL_FELT 0.05
#define DISK_AWAITED 0.20
#define DISK_AWAITED_WHEN_BUSY 0.05
#define DISK_BUSY 0.90
#define CORES_BUSY 0.95
#define BROKERS_TAKE_MOST 0.75
#define HANDLERS_RARELY_IDLE 0.30

/* A comparison with NAN is false, so no rule applies by what was not measured. */
static bool waits_for_disk(const struct bottleneck_evidence *e)
{
    return e->stall_io >= DISK_AWAITED || (e->disk_busy >= DISK_BUSY && e->stall_io >= DISK_AWAITED_WHEN_BUSY);
}

static bool takes_turns(const struct bottleneck_evidence *e)
{
    return e->client_cpu >= ONE_CORE_LEAST && e->client_cpu <= ONE_CORE_MOST && e->machine_busy < CORES_BUSY;
}

enum bottleneck bottleneck_judge(const struct bottleneck_evidence *evidence)
{
    if (evidence->rate_kept >= RATE_KEPT)
        return BOTTLENECK_RATE;
    if (evidence->client_thread >= THREAD_SATURATED || takes_turns(evidence))
        return BOTTLENECK_CLIENT;
    if (isnan(evidence->client_thread))
        return BOTTLENECK_NOT_KNOWN;
    if (evidence->steal >= STEAL_FELT || waits_for_disk(evidence))
        return BOTTLENECK_MACHINE;
    if (evidence->machine_busy >= CORES_BUSY)
        return evidence->brokers_cpu >= BROKERS_TAKE_MOST ? BOTTLENECK_BROKERS : BOTTLENECK_MACHINE;
    return evidence->broker_idle <= HANDLERS_RARELY_IDLE ? BOTTLENECK_BROKERS : BOTTLENECK_NOT_KNOWN;
}

const char *bottleneck_name(enum bottleneck bottleneck)
{
    static const char *const names[] = {
        [BOTTLENECK_NOT_KNOWN] = "not known", [BOTTLENECK_RATE] = "the rate",       [BOTTLENECK_CLIENT] = "the client",
        [BOTTLENECK_BROKERS] = "the brokers", [BOTTLENECK_MACHINE] = "the machine",
    };
    return names[bottleneck];
}

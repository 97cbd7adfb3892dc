/* SPDX-License-Identifier: Apache-2.0 */
#include "runner/faults.h"

#include <inttypes.h>

#include "base/clock.h"
#include "runner/trial_row.h"

#include "base/banned.h"

void faults_init(struct faults *faults, const struct trial_request *request)
{
    *faults = (struct faults){.planned = request->c->faults,
                              .count = request->until ? 0 : request->c->fault_count,
                              .cluster = request->cluster};
    faults->times = memory_zeroed(faults->count, sizeof *faults->times);
}

static bool end_one(struct faults *faults, size_t i, int64_t now_ns, struct error *error)
{
    faults->times[i].ended_ns = now_ns;
    faults->has_restarted = faults->has_restarted || faults->planned[i].kind == FAULT_KILL;
    return cluster_end_fault(faults->cluster, &faults->planned[i], error);
}

/* A fault that begins late lasts as long as planned. One that is due as another ends at the same broker begins at the next call. */
bool faults_tick(struct faults *faults, int64_t start_ns, int64_t now_ns, struct error *error)
{
    for (size_t i = 0; i < faults->count; i++) {
        const struct fault_times *times = &faults->times[i];
        if (times->begun_ns && !times->ended_ns && now_ns - times->begun_ns >= faults->planned[i].for_ms * NS_PER_MS &&
            !end_one(faults, i, now_ns, error))
            return false;
    }
    for (size_t i = 0; i < faults->count; i++)
        if (!faults->times[i].begun_ns && now_ns - start_ns >= faults->planned[i].at_ms * NS_PER_MS) {
            faults->times[i].begun_ns = now_ns;
            cluster_begin_fault(faults->cluster, &faults->planned[i]);
        }
    return true;
}

void faults_end(struct faults *faults)
{
    for (size_t i = 0; i < faults->count; i++)
        if (faults->times[i].begun_ns && !faults->times[i].ended_ns)
            end_one(faults, i, clock_monotonic_ns(),
                    NULL); /* what does not start here is started by cluster_revive() */
}

static char *describe(const struct fault *fault, const struct fault_times *times)
{
    double seconds = (double)(times->ended_ns - times->begun_ns) / NS_PER_S;
    char *brokers = fault->broker ? string_format("broker %d", fault->broker) : string_copy("all brokers");
    char *message =
        string_format(fault->kind == FAULT_PAUSE ? "paused %s for %.3f s" : "killed %s, started again after %.3f s",
                      brokers, seconds);
    free(brokers);
    return message;
}

void faults_tell(const struct faults *faults, int64_t start_ns, struct trial *trial)
{
    for (size_t i = 0; i < faults->count; i++) {
        const struct fault_times *times = &faults->times[i];
        if (!times->begun_ns)
            continue;
        char *message = describe(&faults->planned[i], times);
        trial_row_add_event(trial, (times->begun_ns - start_ns) / NS_PER_MS, "fault", message);
        free(message);
    }
}

void faults_release(struct faults *faults)
{
    free(faults->times);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "base/clock.h"
#include "driver/conversation.h"
#include "driver/driver_protocol.h"

#include "base/banned.h"

#define PROBE_MS 30000

struct driver_process *driver_probe_start(const struct driver *driver, const struct experiment_run *run,
                                          struct error *error)
{
    struct driver_process *process = conversation_new(driver, ROLE_PROBE, run);
    if (conversation_open(process, run, protocol_probe_line(), error))
        return process;
    driver_process_free(process);
    return NULL;
}

bool driver_probe_finish(struct driver_process *process, json_t **versions, struct error *error)
{
    int64_t deadline_ns = process->job_sent_ns + PROBE_MS * NS_PER_MS;
    *versions = NULL;
    int64_t left_ns;
    do { /* once at least: it may have answered long ago, while others were waited for */
        left_ns = deadline_ns - clock_monotonic_ns();
        conversation_step(process, left_ns > 0 ? (int)(left_ns / NS_PER_MS) + 1 : 0);
    } while (!conversation_has_ended(process) && left_ns > 0);
    bool ok = process->state == DRIVER_DONE;
    if (ok)
        *versions = json_incref(json_object_get(process->ready, "versions"));
    else if (process->state == DRIVER_FAILED)
        driver_poll(process, 0, error);
    else
        error_set(error, ERROR_UNAVAILABLE, "driver '%s' did not answer within %d s", process->driver->name,
                  PROBE_MS / 1000);
    driver_process_free(process);
    return ok;
}

bool driver_probe(const struct driver *driver, const struct experiment_run *run, json_t **versions, struct error *error)
{
    struct driver_process *process = driver_probe_start(driver, run, error);
    return process && driver_probe_finish(process, versions, error);
}

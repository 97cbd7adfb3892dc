/* SPDX-License-Identifier: Apache-2.0 */
#include "runner/execution.h"

#include <inttypes.h>
#include <signal.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "cluster/usage.h"
#include "measure/sequence.h"
#include "runner/schedule.h"

#include "base/banned.h"

#define POLL_MS 20
#define LOOK_NS (250 * NS_PER_MS)
#define DRIVER_GRACE_MS 2000
#define MAX_BROKERS 64

/* Times are in one place only: a window that records bound ends with the last acknowledgement. */
static int64_t window_start_ns(const struct execution *execution)
{
    return execution->start_ns + execution->request->c->warmup_ms * NS_PER_MS;
}

static bool is_bounded_by_records(const struct execution *execution)
{
    return execution->request->c->records > 0;
}

static int64_t window_end_ns(const struct execution *execution)
{
    if (is_bounded_by_records(execution) || execution->request->until)
        return INT64_MAX;
    return window_start_ns(execution) + execution->request->c->duration_ms * NS_PER_MS;
}

static bool takes_samples(const struct trial_request *request)
{
    return request->c->samples && !request->driver->is_tool;
}

/* ---- one step of every wait ---- */

static bool look_at_cluster(struct execution *execution, struct error *error)
{
    if (cluster_is_alive(execution->request->cluster, error))
        return true;
    execution->cluster_failed = true;
    return false;
}

/* What a driver says when a broker has died is a consequence; the broker is the cause. */
static bool blame(struct execution *execution, struct error *error)
{
    struct error of_cluster = ERROR_INIT;
    if (!look_at_cluster(execution, &of_cluster))
        *error = of_cluster;
    return false;
}

static void watch_brokers(struct execution *execution)
{
    pid_t brokers[MAX_BROKERS];
    int count = cluster_broker_pids(execution->request->cluster, brokers, MAX_BROKERS);
    sampler_watch(execution->sampler, NULL, 0, brokers, (size_t)count);
}

static bool tick_faults(struct execution *execution, int64_t now_ns, struct error *error)
{
    if (!faults_tick(&execution->faults, execution->start_ns, now_ns, error)) {
        execution->cluster_failed = true;
        return false;
    }
    if (execution->faults.has_restarted)
        watch_brokers(execution);
    execution->faults.has_restarted = false;
    return true;
}

static bool watch(struct execution *execution, struct error *error)
{
    int64_t now_ns = clock_monotonic_ns();
    if (interrupt_count() > 0)
        return error_set(error, ERROR_INTERRUPTED, "interrupted");
    if (now_ns > execution->deadline_ns)
        return error_set(error, ERROR_UNAVAILABLE, "the trial did not end within its timeout of %" PRId64 " s",
                         execution->request->experiment->design.timeout_ms / 1000);
    if (execution->start_ns) {
        sampler_tick(execution->sampler, now_ns);
        if (!tick_faults(execution, now_ns, error))
            return false;
    }
    if (now_ns >= execution->next_look_ns) {
        execution->next_look_ns = now_ns + LOOK_NS;
        if (!look_at_cluster(execution, error))
            return false;
        double elapsed_s = execution->start_ns ? (double)(now_ns - execution->start_ns) / NS_PER_S : 0;
        double rate = execution->collector && elapsed_s > 0
                          ? (double)collector_records_so_far(execution->collector) / elapsed_s
                          : 0;
        progress_update(execution->request->progress, now_ns, execution->label, rate);
    }
    return true;
}

/* Read what the drivers say; `least` gets the state of the one that is furthest behind. */
static bool step(struct execution *execution, enum driver_state *least, struct error *error)
{
    *least = DRIVER_DONE;
    for (size_t i = 0; i < execution->driver_count; i++) {
        enum driver_state state = driver_poll(execution->drivers[i], i == 0 ? POLL_MS : 0, error);
        if (state == DRIVER_FAILED)
            return blame(execution, error);
        if (state < *least)
            *least = state;
    }
    return watch(execution, error);
}

static bool wait_for(struct execution *execution, enum driver_state wanted, struct error *error)
{
    enum driver_state least = DRIVER_STARTING;
    while (least < wanted)
        if (!step(execution, &least, error))
            return false;
    return true;
}

/* ---- start ---- */

static bool start_driver(struct execution *execution, size_t index, struct error *error)
{
    const struct trial_request *request = execution->request;
    struct schedule schedule;
    if (!schedule_make(request->experiment, request->c, index, request->work_folder, &schedule, error))
        return false;
    char *fifo = string_format("%s/samples-%zu.fifo", request->work_folder, index);
    struct driver_job job = {
        .experiment = request->experiment,
        .c = request->c,
        .run = request->run,
        .role = "producer",
        .topic = request->topic,
        .bootstrap_servers = cluster_bootstrap_servers(request->cluster),
        .client_properties = cluster_client_properties(request->cluster),
        .payload_file = request->payload->file,
        .payload_records = request->payload->records,
        .fifo = execution->collector ? fifo : NULL,
        .seed = request->experiment->design.seed + index,
        .unlimited = request->until != NULL,
        .is_numbered = request->c->verify == VERIFY_CONTENT,
        .sequence_base = (int64_t)index << SEQUENCE_PRODUCER_SHIFT,
        .schedule_file = schedule.file,
        .schedule_records = schedule.records,
        .schedule_span_ns = schedule.span_ns,
    };
    bool ok = !execution->collector || collector_add_fifo(execution->collector, fifo, error);
    if (ok)
        execution->drivers[index] = driver_start(request->driver, &job, error);
    ok = ok && execution->drivers[index];
    if (ok)
        execution->driver_count = index + 1;
    free(fifo);
    schedule_release(&schedule);
    return ok;
}

static void watch_processes(struct execution *execution)
{
    pid_t *clients = memory_zeroed(execution->driver_count, sizeof *clients);
    for (size_t i = 0; i < execution->driver_count; i++)
        clients[i] = driver_pid(execution->drivers[i]);
    sampler_watch(execution->sampler, clients, execution->driver_count, NULL, 0);
    watch_brokers(execution);
    sampler_watch_disk(execution->sampler, cluster_data_folder(execution->request->cluster));
    free(clients);
}

bool execution_start(struct execution *execution, const struct trial_request *request, struct error *error)
{
    const struct experiment_case *c = request->c;
    int64_t now_ns = clock_monotonic_ns();
    int64_t timeout_ms = request->experiment->design.timeout_ms + request->until_ms;
    *execution = (struct execution){
        .request = request,
        .label = string_format("%s/%s", c->name, request->run->name),
        .drivers = memory_zeroed((size_t)c->producers, sizeof *execution->drivers),
        .sampler = sampler_new(),
        .deadline_ns = now_ns + timeout_ms * NS_PER_MS,
    };
    faults_init(&execution->faults, request);
    if (takes_samples(request)) {
        struct collector_options options = {
            .record_size_bytes = c->record_size_bytes,
            .window_end_ns = INT64_MAX,
            .max_length_ns = timeout_ms * NS_PER_MS,
        };
        execution->collector = collector_new(&options);
    }
    for (int i = 0; i < c->producers; i++)
        if (!start_driver(execution, (size_t)i, error))
            return false;
    if (!wait_for(execution, DRIVER_READY, error))
        return error_prefix(error, "before the start");
    watch_processes(execution);
    return true;
}

/* ---- load ---- */

static bool is_enough(const struct execution *execution, enum driver_state least)
{
    const struct trial_request *request = execution->request;
    int64_t now_ns = clock_monotonic_ns();
    if (request->until)
        return request->until(request->context, now_ns - execution->start_ns,
                              execution->collector ? collector_records_so_far(execution->collector) : 0);
    if (is_bounded_by_records(execution))
        return least == DRIVER_DONE;
    return now_ns >= window_end_ns(execution);
}

bool execution_load(struct execution *execution, struct error *error)
{
    sampler_tick(execution->sampler, clock_monotonic_ns());
    execution->start_ns = clock_monotonic_ns();
    if (execution->collector) {
        collector_set_times(execution->collector, execution->start_ns, window_start_ns(execution),
                            window_end_ns(execution));
        if (!collector_start(execution->collector, error))
            return false;
        sampler_expect_window(execution->sampler, window_start_ns(execution), window_end_ns(execution));
    } else {
        sampler_expect_window(execution->sampler, execution->start_ns, INT64_MAX); /* all of it */
    }
    for (size_t i = 0; i < execution->driver_count; i++)
        if (!driver_command_start(execution->drivers[i], error))
            return blame(execution, error);
    enum driver_state least = DRIVER_RUNNING;
    while (!is_enough(execution, least)) {
        if (!step(execution, &least, error))
            return false;
        if (least == DRIVER_DONE && !is_bounded_by_records(execution))
            return error_set(error, ERROR_UNAVAILABLE, "the driver ended before its window did");
    }
    return true;
}

/* ---- stop ---- */

bool execution_stop(struct execution *execution, struct error *error)
{
    enum driver_state least;
    if (!step(execution, &least, error))
        return false;
    if (least != DRIVER_DONE)
        for (size_t i = 0; i < execution->driver_count; i++)
            if (!driver_command_stop(execution->drivers[i], error))
                return blame(execution, error);
    if (!wait_for(execution, DRIVER_DONE, error))
        return execution->cluster_failed || error->category == ERROR_INTERRUPTED
                   ? false
                   : error_prefix(error, "after the stop");
    execution->done_ns = clock_monotonic_ns();
    sampler_tick(execution->sampler, execution->done_ns);
    return !execution->collector ||
           collector_finish(execution->collector, DRIVER_GRACE_MS, &execution->measured, error);
}

void execution_end(struct execution *execution)
{
    faults_end(&execution->faults);
    for (size_t i = 0; i < execution->driver_count; i++)
        driver_process_end(execution->drivers[i], interrupt_count() > 1 ? 0 : DRIVER_GRACE_MS);
}

void execution_release(struct execution *execution)
{
    for (size_t i = 0; i < execution->driver_count; i++)
        driver_process_free(execution->drivers[i]);
    collector_free(execution->collector);
    sampler_free(execution->sampler);
    faults_release(&execution->faults);
    free(execution->drivers);
    free(execution->label);
}

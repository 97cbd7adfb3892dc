/* SPDX-License-Identifier: Apache-2.0 */
#include "runner/trial_row.h"

#include <inttypes.h>
#include <math.h>

#include "base/clock.h"
#include "runner/trial_intervals.h"
#include "runner/trial_usage.h"

#include "base/banned.h"

#define BYTES_PER_MB 1048576.0 /* as the post counts them */
/* Records that may be missing at the stop, as a share of those that were due, before the rate counts as not kept. */
#define RATE_TOLERANCE 0.01

/* The row's text lives as long as the trial. NULL stays NULL. */
static const char *keep(struct trial *trial, const char *string)
{
    if (!string)
        return NULL;
    string_list_push(&trial->strings, string);
    return trial->strings.items[trial->strings.count - 1];
}

/* As keep(), without secrets: for everything that comes from outside. */
static const char *keep_redacted(struct trial *trial, const struct trial_request *request, const char *string)
{
    char *clean = redactor_apply(request->redactor, string);
    const char *kept = keep(trial, clean);
    free(clean);
    return kept;
}

static void add_event(struct trial *trial, int64_t offset_ms, const char *kind, const char *message)
{
    size_t count = trial->row.event_count;
    trial->events = memory_resized(trial->events, count + 1, sizeof *trial->events);
    trial->events[count] = (struct store_event){.offset_ms = offset_ms, .kind = kind, .message = message};
    trial->row.events = trial->events;
    trial->row.event_count = count + 1;
}

void trial_row_add_event(struct trial *trial, int64_t offset_ms, const char *kind, const char *message)
{
    add_event(trial, offset_ms, kind, keep(trial, message));
}

void trial_row_begin(struct trial *trial, const struct trial_request *request)
{
    char now[CLOCK_ISO8601_SIZE];
    *trial = (struct trial){.begun_ns = clock_monotonic_ns()};
    store_trial_init(&trial->row);
    trial->row.campaign_id = request->campaign_id;
    trial->row.case_name = request->c->name;
    trial->row.run_name = request->run->name;
    trial->row.block = request->block;
    trial->row.attempt = request->attempt;
    trial->row.status = "failed";
    trial->row.source = request->driver->is_tool ? "tool" : "measured";
    trial->row.started_at = keep(trial, clock_iso8601(now));
    trial->row.topic = keep(trial, request->topic);
    trial->row.record_size = request->c->record_size_bytes;
    trial->row.client_library = request->driver->library;
    trial->row.broker_version = cluster_broker_version(request->cluster);
    trial->row.cluster_kind = cluster_kind_name(request->experiment->cluster.kind);
}

void trial_row_fail(struct trial *trial, const struct trial_request *request, const char *status, const char *cause)
{
    trial->row.status = status;
    trial->row.cause = keep_redacted(trial, request, cause);
}

/* ---- drivers ---- */

static void add_count(int64_t *sum, int64_t count)
{
    if (count >= 0)
        *sum = (*sum == STORE_ABSENT ? 0 : *sum) + count;
}

static void take_settings(struct trial *trial, const struct trial_request *request, const struct setting_list *settings)
{
    trial->settings = memory_zeroed(settings->count, sizeof *trial->settings);
    for (size_t i = 0; i < settings->count; i++) {
        const struct setting_record *from = &settings->items[i];
        trial->settings[i] = (struct store_trial_setting){
            .canonical = keep(trial, from->canonical),
            .native = keep_redacted(trial, request, from->native),
            .requested = from->secret && from->requested ? REDACTED : keep_redacted(trial, request, from->requested),
            .in_force = from->secret && from->in_force ? REDACTED : keep_redacted(trial, request, from->in_force),
            .applied = from->applied && !from->differs,
        };
    }
    trial->row.settings = trial->settings;
    trial->row.setting_count = settings->count;
}

static void take_errors(struct trial *trial, const struct trial_request *request, const json_t *errors)
{
    const char *code;
    const json_t *count;
    json_object_foreach((json_t *)(uintptr_t)errors, code, count)
    {
        char *text = string_format("%s: %" PRId64, code, (int64_t)json_integer_value(count));
        add_event(trial, STORE_ABSENT, "error-code", keep_redacted(trial, request, text));
        free(text);
    }
}

/* What is the same for all drivers of a trial is taken from the first one. */
static void take_first(struct trial *trial, const struct trial_request *request, const struct driver_outcome *outcome)
{
    if (outcome->versions) {
        char *versions = json_line(outcome->versions);
        trial->row.versions = keep_redacted(trial, request, versions);
        free(versions);
        trial->row.client_version = keep_redacted(trial, request, json_get_string(outcome->versions, "client", NULL));
        trial->row.client_library =
            keep_redacted(trial, request, json_get_string(outcome->versions, "library", request->driver->library));
    }
    trial->row.command_line = keep_redacted(trial, request, outcome->command_line);
    if (outcome->settings)
        take_settings(trial, request, outcome->settings);
}

/* A driver sends behind its schedule rather than skip of it; what is missing at the stop was never sent. */
static void warn_of_rate(struct trial *trial)
{
    const struct store_trial *row = &trial->row;
    if (row->records_due == STORE_ABSENT || row->records_sent == STORE_ABSENT ||
        (double)row->records_sent >= (1 - RATE_TOLERANCE) * (double)row->records_due)
        return;
    char *message =
        string_format("the driver did not keep the rate: %" PRId64 " records were due, it sent %" PRId64 " of them",
                      row->records_due, row->records_sent);
    trial_row_add_event(trial, STORE_ABSENT, "warning", message);
    free(message);
}

void trial_row_take_drivers(struct trial *trial, const struct execution *execution)
{
    const struct trial_request *request = execution->request;
    trial->sent = memory_zeroed((size_t)request->c->producers, sizeof *trial->sent);
    for (size_t i = 0; i < execution->driver_count; i++) {
        struct driver_outcome outcome;
        driver_outcome(execution->drivers[i], &outcome);
        if (i == 0)
            take_first(trial, request, &outcome);
        trial->sent[i] = outcome.sent < 0 ? 0 : outcome.sent;
        add_count(&trial->row.records_due, outcome.due);
        add_count(&trial->row.records_sent, outcome.sent);
        add_count(&trial->row.records_acked, outcome.acked);
        add_count(&trial->row.records_failed, outcome.failed);
        if (outcome.errors)
            take_errors(trial, request, outcome.errors);
        if (outcome.stderr_text && outcome.stderr_text[0])
            add_event(trial, STORE_ABSENT, "stderr", keep_redacted(trial, request, outcome.stderr_text));
        if (outcome.process.exited)
            add_count(&trial->row.client_max_rss_bytes, outcome.process.max_rss_bytes);
    }
    warn_of_rate(trial);
    faults_tell(&execution->faults, execution->start_ns, trial);
    trial->cluster_failed = execution->cluster_failed;
    int64_t start_ns = execution->start_ns ? execution->start_ns : clock_monotonic_ns();
    if (execution->done_ns)
        trial->row.run_s = (double)(execution->done_ns - execution->start_ns) / NS_PER_S;
    trial->row.setup_s = (double)(start_ns - trial->begun_ns) / NS_PER_S;
}

/* ---- figures ---- */

static void take_window(struct trial *trial, int64_t records, int64_t from_ns, int64_t to_ns, int64_t start_ns)
{
    double window_s = (double)(to_ns - from_ns) / NS_PER_S;
    trial->row.warmup_s = (double)(from_ns - start_ns) / NS_PER_S;
    trial->row.duration_s = window_s;
    trial->row.window_records = records;
    trial->row.records_per_sec = (double)records / window_s;
    trial->row.mb_per_sec = (double)(records * trial->row.record_size) / BYTES_PER_MB / window_s;
}

static void take_latency(struct trial *trial, const struct measure_result *measured)
{
    const struct histogram *latency = measured->latency;
    int64_t count = histogram_count(latency);
    if (count == 0)
        return;
    trial->row.latency_avg_ms = (double)measured->latency_sum_ns / (double)count / NS_PER_MS;
    trial->row.latency_p50_ms = (double)histogram_percentile(latency, 50) / NS_PER_MS;
    trial->row.latency_p95_ms = (double)histogram_percentile(latency, 95) / NS_PER_MS;
    trial->row.latency_p99_ms = (double)histogram_percentile(latency, 99) / NS_PER_MS;
    trial->row.latency_p999_ms = (double)histogram_percentile(latency, 99.9) / NS_PER_MS;
    trial->row.latency_max_ms = (double)histogram_max(latency) / NS_PER_MS;
}

static void take_sample_counts(struct trial *trial, const struct measure_result *measured)
{
    trial->row.samples = measured->samples;
    trial->row.samples_negative = measured->negative;
    trial->row.samples_out_of_range = measured->out_of_range;
    trial->row.samples_before_start = measured->before_start;
    trial->row.samples_late = measured->late;
    trial->row.samples_truncated_bytes = measured->truncated_bytes;
}

/* Samples that cannot be true make no result: whatever the driver got wrong there may be wrong in the others too. */
static bool believe_samples(const struct trial *trial, const struct execution *execution, struct error *error)
{
    const struct measure_result *measured = execution->measured;
    int64_t said = trial->row.records_acked + trial->row.records_failed;
    if (measured->truncated_bytes > 0)
        return error_set(error, ERROR_UNAVAILABLE,
                         "the driver's samples ended inside a sample, after %" PRId64 " bytes of it",
                         measured->truncated_bytes);
    if (measured->malformed > 0)
        return error_set(error, ERROR_UNAVAILABLE, "%" PRId64 " of the driver's samples stand for no record",
                         measured->malformed);
    if (measured->negative > 0)
        return error_set(error, ERROR_UNAVAILABLE, "%" PRId64 " of the driver's samples end before they start",
                         measured->negative);
    if (measured->before_start > 0)
        return error_set(error, ERROR_UNAVAILABLE,
                         "%" PRId64 " of the driver's samples start before the trial's start command",
                         measured->before_start);
    if (measured->last_end_ns > execution->done_ns)
        return error_set(error, ERROR_UNAVAILABLE, "the driver's last sample ends %.3f s after the driver did",
                         (double)(measured->last_end_ns - execution->done_ns) / NS_PER_S);
    if (measured->total_records + measured->total_failed != said)
        return error_set(error, ERROR_UNAVAILABLE,
                         "the driver says that %" PRId64 " records ended, its samples that %" PRId64 " did", said,
                         measured->total_records + measured->total_failed);
    return true;
}

static bool take_measured(struct trial *trial, const struct execution *execution, struct error *error)
{
    const struct measure_result *measured = execution->measured;
    take_sample_counts(trial, measured);
    if (!believe_samples(trial, execution, error))
        return false;
    if (measured->records == 0 || measured->window_end_ns <= measured->window_start_ns)
        return error_set(error, ERROR_UNAVAILABLE, "no record was acknowledged within the window");
    take_window(trial, measured->records, measured->window_start_ns, measured->window_end_ns, execution->start_ns);
    trial_usage_take(trial, execution, measured->window_start_ns, measured->window_end_ns);
    take_latency(trial, measured);
    trial->latency_payload = histogram_encode(measured->latency, error);
    trial->row.latency_payload = trial->latency_payload;
    trial_intervals_take(trial, measured, execution->sampler);
    return trial->latency_payload != NULL;
}

/* Without samples nothing tells when a record was acknowledged: the whole run is the window, warm-up and flush included. */
static bool take_counted(struct trial *trial, const struct execution *execution, struct error *error)
{
    if (trial->row.records_acked <= 0)
        return error_set(error, ERROR_UNAVAILABLE, "no record was acknowledged");
    take_window(trial, trial->row.records_acked, execution->start_ns, execution->done_ns, execution->start_ns);
    trial_usage_take(trial, execution, execution->start_ns, execution->done_ns);
    return true;
}

static bool take_tool(struct trial *trial, const struct execution *execution, struct error *error)
{
    struct driver_outcome outcome;
    driver_outcome(execution->drivers[0], &outcome);
    const json_t *tool = outcome.tool;
    double rate = json_get_real(tool, "records_per_sec", NAN);
    if (!(rate > 0))
        return error_set(error, ERROR_UNAVAILABLE, "the tool did not report its records per second");
    trial->row.records_per_sec = rate;
    trial->row.mb_per_sec = json_get_real(tool, "mb_per_sec", NAN);
    trial->row.latency_avg_ms = json_get_real(tool, "latency_avg_ms", NAN);
    trial->row.latency_p50_ms = json_get_real(tool, "latency_p50_ms", NAN);
    trial->row.latency_p95_ms = json_get_real(tool, "latency_p95_ms", NAN);
    trial->row.latency_p99_ms = json_get_real(tool, "latency_p99_ms", NAN);
    trial->row.latency_p999_ms = json_get_real(tool, "latency_p999_ms", NAN);
    trial->row.latency_max_ms = json_get_real(tool, "latency_max_ms", NAN);
    trial->row.window_records = json_get_integer(tool, "records", STORE_ABSENT);
    trial->row.duration_s = json_get_real(tool, "duration_s", NAN);
    trial->row.warmup_s = 0;
    trial_usage_take(trial, execution, execution->start_ns, execution->done_ns);
    return true;
}

bool trial_row_take_figures(struct trial *trial, const struct execution *execution, struct error *error)
{
    const struct store_trial *row = &trial->row;
    int64_t outstanding = row->records_sent - row->records_acked - row->records_failed;
    if (outstanding != 0)
        return error_set(error, ERROR_UNAVAILABLE,
                         "the driver's counts do not add up: %" PRId64 " sent, %" PRId64 " acknowledged, %" PRId64
                         " failed, %" PRId64 " outstanding after its flush",
                         row->records_sent, row->records_acked, row->records_failed, outstanding);
    if (execution->request->driver->is_tool)
        return take_tool(trial, execution, error);
    if (!execution->measured)
        return take_counted(trial, execution, error);
    return take_measured(trial, execution, error);
}

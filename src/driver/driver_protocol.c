/* SPDX-License-Identifier: Apache-2.0 */
#include "driver/driver_protocol.h"

#include <inttypes.h>

#include "base/clock.h"
#include "driver/kept_text.h"

#include "base/banned.h"

/* A clock that is read between two readings of the same clock lies between them; this much is forgiven. */
#define CLOCK_TOLERANCE_NS (1 * NS_PER_MS)
/* Of a line that is quoted in an error. */
#define QUOTED_BYTES 200

static const char *key_name(enum record_key key)
{
    static const char *const names[] = {[KEY_NONE] = "none", [KEY_RANDOM] = "random", [KEY_SEQUENTIAL] = "sequential"};
    return names[key];
}

/* One process's part of what the case says for all of them. */
static double process_rate(const struct experiment_case *c)
{
    return c->producers > 1 ? c->rate_per_sec / c->producers : c->rate_per_sec;
}

static int64_t process_records(const struct driver_job *job)
{
    int64_t processes = job->c->producers > 1 ? job->c->producers : 1;
    return job->unlimited ? 0 : (job->c->records + processes - 1) / processes;
}

/* The line of an object, whose reference is taken. The caller frees. */
static char *line_of(json_t *value)
{
    char *line = json_line(value);
    char *with_end = string_format("%s\n", line);
    free(line);
    json_decref(value);
    return with_end;
}

/* What every job of a producer has, so that a driver needs no defaults. */
static json_t *pack_job(const struct driver_job *job, json_t *settings, const char *key, int64_t record_size,
                        double rate, int64_t records)
{
    return json_pack("{s:i, s:s, s:s, s:s, s:O, s:{s:s, s:I, s:I}, s:s, s:f, s:{s:I}, s:s?, s:I}", "protocol",
                     DRIVER_PROTOCOL_VERSION, "role", job->role, "topic", job->topic, "bootstrap_servers",
                     job->bootstrap_servers, "settings", settings, "payload", "file", job->payload_file, "records",
                     (json_int_t)job->payload_records, "record_size", (json_int_t)record_size, "key", key, "rate", rate,
                     "limits", "records", (json_int_t)records, "fifo", job->fifo, "seed", (json_int_t)job->seed);
}

/* What only some jobs ask for. */
static void add_options(json_t *value, const struct driver_job *job)
{
    if (job->is_numbered)
        json_object_set_new(value, "sequence_base", json_integer(job->sequence_base));
    if (job->schedule_file)
        json_object_set_new(value, "schedule",
                            json_pack("{s:s, s:I, s:I}", "file", job->schedule_file, "records",
                                      (json_int_t)job->schedule_records, "span_ns", (json_int_t)job->schedule_span_ns));
}

char *protocol_job_line(const struct driver_job *job, json_t *settings)
{
    json_t *value = pack_job(job, settings, key_name(job->c->record_key), job->c->record_size_bytes,
                             process_rate(job->c), process_records(job));
    add_options(value, job);
    return line_of(value);
}

char *protocol_reader_line(const struct driver_reader_job *job, json_t *settings)
{
    json_t *partitions = json_array();
    for (size_t i = 0; i < job->range_count; i++) {
        const struct driver_range *range = &job->ranges[i];
        json_array_append_new(partitions, json_pack("{s:i, s:I, s:I}", "partition", (int)range->partition, "begin",
                                                    (json_int_t)range->begin, "end", (json_int_t)range->end));
    }
    return line_of(json_pack("{s:i, s:s, s:s, s:s, s:O, s:o, s:s}", "protocol", DRIVER_PROTOCOL_VERSION, "role",
                             "reader", "topic", job->topic, "bootstrap_servers", job->bootstrap_servers, "settings",
                             settings, "partitions", partitions, "fifo", job->fifo));
}

char *protocol_probe_line(void)
{
    const struct driver_job job = {.role = "probe", .topic = "", .bootstrap_servers = "", .payload_file = ""};
    json_t *settings = json_object();
    char *line = line_of(pack_job(&job, settings, key_name(KEY_NONE), 0, 0, 0));
    json_decref(settings);
    return line;
}

static bool refuse_line(const char *line, size_t length, const char *why, struct error *error)
{
    struct text quoted = TEXT_INIT;
    text_append_clean(&quoted, line, length < QUOTED_BYTES ? length : QUOTED_BYTES);
    error_set(error, ERROR_UNAVAILABLE, "wrote a line that is not of the protocol (%s): %s%s", why, quoted.bytes,
              length > QUOTED_BYTES ? "…" : "");
    text_release(&quoted);
    return false;
}

json_t *protocol_parse(const char *line, size_t length, enum protocol_event *event, struct error *error)
{
    struct error problem = ERROR_INIT;
    json_t *value = json_parse(line, length, &problem);
    const char *name = json_get_string(value, "event", "");
    if (string_equal(name, "ready"))
        *event = PROTOCOL_READY;
    else if (string_equal(name, "done"))
        *event = PROTOCOL_DONE;
    else {
        refuse_line(line, length, !value ? problem.message : "no event 'ready' or 'done'", error);
        json_decref(value);
        return NULL;
    }
    return value;
}

static bool check_clock(const json_t *ready, const struct protocol_terms *terms, struct error *error)
{
    const json_t *clock = json_object_get(ready, "clock_ns");
    if (!json_is_integer(clock))
        return error_set(error, ERROR_UNAVAILABLE, "is ready without telling its clock_ns");
    int64_t now_ns = json_integer_value(clock);
    if (now_ns >= terms->earliest_ns - CLOCK_TOLERANCE_NS && now_ns <= terms->latest_ns + CLOCK_TOLERANCE_NS)
        return true;
    return error_set(error, ERROR_UNAVAILABLE,
                     "its clock is not CLOCK_MONOTONIC: it says %" PRId64 " ns, expected %" PRId64 " to %" PRId64,
                     now_ns, terms->earliest_ns, terms->latest_ns);
}

bool protocol_check_ready(const json_t *ready, const struct protocol_terms *terms, struct error *error)
{
    const json_t *version = json_object_get(ready, "protocol");
    if (!json_is_integer(version) || json_integer_value(version) != DRIVER_PROTOCOL_VERSION) {
        char *told = json_scalar_text(version);
        error_set(error, ERROR_UNAVAILABLE, "speaks protocol %s, expected %d", told ? told : "of no number",
                  DRIVER_PROTOCOL_VERSION);
        free(told);
        return false;
    }
    if (!check_clock(ready, terms, error))
        return false;
    if (!json_is_object(json_object_get(ready, "settings")))
        return error_set(error, ERROR_UNAVAILABLE, "is ready without telling its settings");
    const char *client = json_get_string(json_object_get(ready, "versions"), "client", NULL);
    if (!client)
        return error_set(error, ERROR_UNAVAILABLE, "is ready without telling its versions.client");
    if (terms->version && !string_equal(terms->version, client))
        return error_set(error, ERROR_UNAVAILABLE, "runs version %s of its client library, the run asks for %s", client,
                         terms->version);
    return true;
}

static bool read_count(const json_t *done, const char *name, int64_t *count, struct error *error)
{
    const json_t *value = json_object_get(done, name);
    if (!json_is_integer(value) || json_integer_value(value) < 0)
        return error_set(error, ERROR_UNAVAILABLE, "is done with a count '%s' that is %s", name,
                         value ? "no number of records" : "missing");
    *count = json_integer_value(value);
    return true;
}

static bool check_errors(json_t *errors, struct error *error)
{
    const char *code;
    json_t *count;
    if (errors && !json_is_object(errors))
        return error_set(error, ERROR_UNAVAILABLE, "is done with 'errors' that are no counts by code");
    json_object_foreach(errors, code,
                        count) if (!json_is_integer(count) ||
                                   json_integer_value(count) <
                                       0) return error_set(error, ERROR_UNAVAILABLE,
                                                           "is done with 'errors' that are no counts by code");
    return true;
}

/* Of a rate: what was sent had been due before. -1 when it does not tell. */
static bool read_due(const json_t *done, int64_t sent, int64_t *due, struct error *error)
{
    *due = -1;
    if (!json_object_get(done, "due"))
        return true;
    if (!read_count(done, "due", due, error))
        return false;
    return *due >= sent ||
           error_set(error, ERROR_UNAVAILABLE,
                     "has counts that do not add up: %" PRId64 " sent, but only %" PRId64 " due", sent, *due);
}

bool protocol_read_done(const json_t *done, enum protocol_role role, struct driver_outcome *outcome,
                        struct error *error)
{
    int64_t sent, acked, failed, due;
    json_t *errors = json_object_get(done, "errors"), *tool = json_object_get(done, "tool");
    if (role == ROLE_READER)
        return read_count(done, "read", &outcome->read, error);
    if (!read_count(done, "sent", &sent, error) || !read_count(done, "acked", &acked, error) ||
        !read_count(done, "failed", &failed, error) || !check_errors(errors, error) ||
        !read_due(done, sent, &due, error))
        return false;
    if (acked > sent || failed > sent - acked)
        return error_set(error, ERROR_UNAVAILABLE,
                         "has counts that do not add up: %" PRId64 " sent, but %" PRId64 " acknowledged and %" PRId64
                         " failed",
                         sent, acked, failed);
    if (role == ROLE_TOOL && !json_is_object(tool))
        return error_set(error, ERROR_UNAVAILABLE, "is a tool, but done without its figures in 'tool'");
    outcome->sent = sent;
    outcome->acked = acked;
    outcome->failed = failed;
    outcome->outstanding = sent - acked - failed;
    outcome->due = due;
    outcome->errors = errors;
    outcome->tool = role == ROLE_TOOL ? tool : NULL;
    return true;
}

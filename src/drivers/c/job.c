/* SPDX-License-Identifier: Apache-2.0 */
#include "job.h"

#include <math.h>

#include "base/text.h"

#include "base/banned.h"

#define PROTOCOL_VERSION 1
#define NUMBER_BYTES 8
/* Without progress: a broker that starts again needs that long. */
#define PATIENCE_MS 30000

static bool parse_key(const char *name, enum job_key *key, struct error *error)
{
    static const char *const names[] = {[KEY_NONE] = "none", [KEY_SEQUENTIAL] = "sequential", [KEY_RANDOM] = "random"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (string_equal(names[i], name)) {
            *key = (enum job_key)i;
            return true;
        }
    }
    return error_set(error, ERROR_INPUT, "job: key \"%s\" is none of none, sequential and random", name);
}

static bool check_producer(const struct job *job, struct error *error)
{
    if (!job->payload_file)
        return error_set(error, ERROR_INPUT, "job: payload.file is missing");
    if (job->payload_records < 1 || job->record_size < 1)
        return error_set(error, ERROR_INPUT, "job: payload.records and payload.record_size must be at least 1");
    if (!isfinite(job->rate) || job->rate < 0 || job->limit_records < 0)
        return error_set(error, ERROR_INPUT, "job: rate and limits.records must not be negative");
    if (job->schedule_file && job->rate <= 0)
        return error_set(error, ERROR_INPUT, "job: a schedule needs a rate");
    if (job->is_numbered && job->record_size < NUMBER_BYTES)
        return error_set(error, ERROR_INPUT, "job: records of %lld bytes cannot hold a number of %d",
                         (long long)job->record_size, NUMBER_BYTES);
    return true;
}

static bool parse_producer(struct job *job, struct error *error)
{
    const json_t *document = job->document;
    const json_t *payload = json_object_get(document, "payload"), *schedule = json_object_get(document, "schedule");
    job->payload_file = json_get_string(payload, "file", NULL);
    job->payload_records = json_get_integer(payload, "records", 0);
    job->record_size = json_get_integer(payload, "record_size", 0);
    job->rate = json_get_real(document, "rate", 0);
    job->schedule_file = json_get_string(schedule, "file", NULL);
    job->schedule_records = json_get_integer(schedule, "records", 0);
    job->schedule_span_ns = json_get_integer(schedule, "span_ns", 0);
    job->limit_records = json_get_integer(json_object_get(document, "limits"), "records", 0);
    job->seed = (uint64_t)json_get_integer(document, "seed", 0);
    job->is_numbered = json_is_integer(json_object_get(document, "sequence_base"));
    job->sequence_base = json_get_integer(document, "sequence_base", 0);
    return parse_key(json_get_string(document, "key", "none"), &job->key, error) && check_producer(job, error);
}

static bool parse_reader(struct job *job, struct error *error)
{
    job->partitions = json_object_get(job->document, "partitions");
    job->patience_ms = json_get_integer(job->document, "patience_ms", PATIENCE_MS);
    if (!json_is_array(job->partitions) || !job->fifo)
        return error_set(error, ERROR_INPUT, "job: a reader's partitions or fifo are missing");
    return true;
}

static bool parse_role(const char *name, enum job_role *role, struct error *error)
{
    static const char *const names[] = {[ROLE_PRODUCER] = "producer", [ROLE_READER] = "reader", [ROLE_PROBE] = "probe"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (string_equal(names[i], name)) {
            *role = (enum job_role)i;
            return true;
        }
    }
    return error_set(error, ERROR_INPUT, "job: role \"%s\" is none of producer, reader and probe", name);
}

bool job_parse(struct job *job, const char *line, struct error *error)
{
    *job = (struct job){.document = json_parse(line, strlen(line), error)};
    if (!job->document)
        return error_prefix(error, "job");
    const json_t *document = job->document;
    if (json_get_integer(document, "protocol", 0) != PROTOCOL_VERSION)
        return error_set(error, ERROR_INPUT, "job: this driver speaks protocol %d only", PROTOCOL_VERSION);
    if (!parse_role(json_get_string(document, "role", ""), &job->role, error))
        return false;
    if (job->role == ROLE_PROBE)
        return true;
    job->topic = json_get_string(document, "topic", NULL);
    job->bootstrap_servers = json_get_string(document, "bootstrap_servers", NULL);
    job->settings = json_object_get(document, "settings");
    job->fifo = json_get_string(document, "fifo", NULL);
    if (!job->topic || !job->bootstrap_servers)
        return error_set(error, ERROR_INPUT, "job: topic or bootstrap_servers is missing");
    if (job->settings && !json_is_object(job->settings))
        return error_set(error, ERROR_INPUT, "job: settings is not an object");
    return job->role == ROLE_READER ? parse_reader(job, error) : parse_producer(job, error);
}

void job_release(struct job *job)
{
    json_decref(job->document);
    *job = (struct job){0};
}

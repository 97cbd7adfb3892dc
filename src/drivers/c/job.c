/* SPDX-License-Identifier: Apache-2.0 */
#include "job.h"

#include <math.h>

#include "base/text.h"

#include "base/banned.h"

#define PROTOCOL_VERSION 1

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

static bool check(const struct job *job, struct error *error)
{
    if (!job->topic || !job->bootstrap_servers || !job->payload_file)
        return error_set(error, ERROR_INPUT, "job: topic, bootstrap_servers or payload.file is missing");
    if (job->payload_records < 1 || job->record_size < 1)
        return error_set(error, ERROR_INPUT, "job: payload.records and payload.record_size must be at least 1");
    if (!isfinite(job->rate) || job->rate < 0 || job->limit_records < 0)
        return error_set(error, ERROR_INPUT, "job: rate and limits.records must not be negative");
    if (job->settings && !json_is_object(job->settings))
        return error_set(error, ERROR_INPUT, "job: settings is not an object");
    return true;
}

bool job_parse(struct job *job, const char *line, struct error *error)
{
    *job = (struct job){.document = json_parse(line, strlen(line), error)};
    if (!job->document)
        return error_prefix(error, "job");
    const json_t *document = job->document;
    if (json_get_integer(document, "protocol", 0) != PROTOCOL_VERSION)
        return error_set(error, ERROR_INPUT, "job: this driver speaks protocol %d only", PROTOCOL_VERSION);
    const char *role = json_get_string(document, "role", "");
    job->is_probe = string_equal(role, "probe");
    if (job->is_probe)
        return true;
    if (!string_equal(role, "producer"))
        return error_set(error, ERROR_INPUT, "job: role \"%s\" is neither producer nor probe", role);
    const json_t *payload = json_object_get(document, "payload");
    job->topic = json_get_string(document, "topic", NULL);
    job->bootstrap_servers = json_get_string(document, "bootstrap_servers", NULL);
    job->settings = json_object_get(document, "settings");
    job->payload_file = json_get_string(payload, "file", NULL);
    job->payload_records = json_get_integer(payload, "records", 0);
    job->record_size = json_get_integer(payload, "record_size", 0);
    job->rate = json_get_real(document, "rate", 0);
    job->limit_records = json_get_integer(json_object_get(document, "limits"), "records", 0);
    job->fifo = json_get_string(document, "fifo", NULL);
    job->seed = (uint64_t)json_get_integer(document, "seed", 0);
    return parse_key(json_get_string(document, "key", "none"), &job->key, error) && check(job, error);
}

void job_release(struct job *job)
{
    json_decref(job->document);
    *job = (struct job){0};
}

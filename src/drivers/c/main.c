/* SPDX-License-Identifier: Apache-2.0 */
/* The C driver: librdkafka under load, told by the harness on standard input, answering on standard output. */
#include <signal.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/text.h"
#include "control.h"
#include "job.h"
#include "producer.h"
#include "reader.h"

#include "base/banned.h"

/* Takes the reference of `event`. */
static bool say(json_t *event, struct error *error)
{
    char *line = json_line(event);
    bool is_said = printf("%s\n", line) > 0 && fflush(stdout) == 0;
    free(line);
    json_decref(event);
    return is_said || error_set(error, ERROR_UNAVAILABLE, "the harness no longer listens");
}

/* Takes the reference of `settings`. */
static bool say_ready(json_t *settings, struct error *error)
{
    json_t *event = json_pack("{s:s, s:i, s:I, s:{s:s, s:s, s:s}, s:o}", "event", "ready", "protocol", 1, "clock_ns",
                              (json_int_t)clock_monotonic_ns(), "versions", "client", rd_kafka_version_str(), "library",
                              "librdkafka", "runtime", "gcc " __VERSION__, "settings", settings);
    return say(event, error);
}

static bool probe(struct error *error)
{
    return say_ready(json_object(), error) &&
           say(json_pack("{s:s, s:i, s:i, s:i, s:{}}", "event", "done", "sent", 0, "acked", 0, "failed", 0, "errors"),
               error);
}

static bool say_produced(const struct producer *producer, struct error *error)
{
    json_t *event =
        json_pack("{s:s, s:I, s:I, s:I, s:O}", "event", "done", "sent", (json_int_t)producer->sent, "acked",
                  (json_int_t)producer->acked, "failed", (json_int_t)producer->failed, "errors", producer->errors);
    if (producer->due >= 0)
        json_object_set_new(event, "due", json_integer(producer->due));
    return say(event, error);
}

static bool produce(const struct job *job, struct control *control, struct error *error)
{
    struct producer *producer = memory_zeroed(1, sizeof(*producer)); /* its block of samples is large for a stack */
    bool is_done = producer_open(producer, job, control, error) &&
                   say_ready(client_settings(&producer->client, job), error) && control_await_start(control, error) &&
                   producer_run(producer, error) && say_produced(producer, error);
    producer_release(producer);
    free(producer);
    return is_done;
}

static bool read_back(const struct job *job, struct control *control, struct error *error)
{
    struct reader *reader = memory_zeroed(1, sizeof(*reader));
    bool is_done = reader_open(reader, job, control, error) &&
                   say_ready(client_settings(&reader->client, job), error) && control_await_start(control, error) &&
                   reader_run(reader, error) &&
                   say(json_pack("{s:s, s:I}", "event", "done", "read", (json_int_t)reader->read), error);
    reader_release(reader);
    free(reader);
    return is_done;
}

static bool work(const struct job *job, struct control *control, struct error *error)
{
    switch (job->role) {
    case ROLE_PRODUCER: return produce(job, control, error);
    case ROLE_READER: return read_back(job, control, error);
    case ROLE_PROBE: break;
    }
    return probe(error);
}

int main(void)
{
    /* A reader that went away is an error of the write, with a message, not a silent death. */
    signal(SIGPIPE, SIG_IGN);
    struct control control = CONTROL_INIT;
    struct job job = {0};
    struct error error = ERROR_INIT;
    char *line = control_read_line(&control, &error);
    bool is_done = line && job_parse(&job, line, &error) && work(&job, &control, &error);
    if (!is_done)
        fprintf(stderr, "%s\n", error.message);
    free(line);
    job_release(&job);
    control_release(&control);
    return is_done ? 0 : 1;
}

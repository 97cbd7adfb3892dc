/* SPDX-License-Identifier: Apache-2.0 */
/* The C driver: librdkafka under load, told by the harness on standard input, answering on standard output. */
#include <signal.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/text.h"
#include "control.h"
#include "job.h"
#include "producer.h"

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

/* Takes the reference of `errors`. */
static bool say_done(int64_t sent, int64_t acked, int64_t failed, json_t *errors, struct error *error)
{
    return say(json_pack("{s:s, s:I, s:I, s:I, s:o}", "event", "done", "sent", (json_int_t)sent, "acked",
                         (json_int_t)acked, "failed", (json_int_t)failed, "errors", errors),
               error);
}

static bool probe(struct error *error)
{
    return say_ready(json_object(), error) && say_done(0, 0, 0, json_object(), error);
}

static bool produce(const struct job *job, struct control *control, struct error *error)
{
    struct producer *producer = memory_zeroed(1, sizeof(*producer)); /* its block of samples is large for a stack */
    bool is_done = producer_open(producer, job, control, error) &&
                   say_ready(client_settings(&producer->client, job), error) && control_await_start(control, error) &&
                   producer_run(producer, error) &&
                   say_done(producer->sent, producer->acked, producer->failed, json_incref(producer->errors), error);
    producer_release(producer);
    free(producer);
    return is_done;
}

int main(void)
{
    /* A reader that went away is an error of the write, with a message, not a silent death. */
    signal(SIGPIPE, SIG_IGN);
    struct control control = CONTROL_INIT;
    struct job job = {0};
    struct error error = ERROR_INIT;
    char *line = control_read_line(&control, &error);
    bool is_done =
        line && job_parse(&job, line, &error) && (job.is_probe ? probe(&error) : produce(&job, &control, &error));
    if (!is_done)
        fprintf(stderr, "%s\n", error.message);
    free(line);
    job_release(&job);
    control_release(&control);
    return is_done ? 0 : 1;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "driver/conversation.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "base/clock.h"
#include "driver/driver_protocol.h"
#include "driver/setting.h"

#include "base/banned.h"

#define LINE_MAX_BYTES (1024 * 1024)
#define BLOCK_BYTES (64 * 1024)
/* Blocks that one step reads of a stream, so that a program that never stops talking does not hold up its caller. */
#define BLOCKS_A_STEP 16
/* Of the standard error in a message. */
#define LAST_WORDS_BYTES 2000

/* ---- what it has come to ---- */

static void keep_stderr_text(struct driver_process *process)
{
    struct text text = TEXT_INIT;
    kept_text_append_to(&process->errors, &text);
    free(process->stderr_text);
    process->stderr_text = text_detach(&text);
}

/* What it said, and what a parser said of that, may hold anything. */
static void clean_message(struct error *error)
{
    struct text clean = TEXT_INIT;
    text_append_clean(&clean, error->message, strlen(error->message));
    snprintf(error->message, sizeof error->message, "%s", clean.bytes);
    text_release(&clean);
}

/* The driver's name in front of the message, and the end of what it said on standard error behind it. */
static void fail(struct driver_process *process)
{
    struct text last = TEXT_INIT;
    struct error *error = &process->error;
    clean_message(error);
    kept_text_append_end(&process->errors, LAST_WORDS_BYTES, &last);
    error_prefix(error, "driver '%s'", process->driver->name);
    size_t length = strlen(error->message);
    if (last.length)
        snprintf(error->message + length, sizeof error->message - length, "; the end of its standard error:\n%s",
                 last.bytes);
    text_release(&last);
    keep_stderr_text(process);
    process->state = DRIVER_FAILED;
}

bool conversation_has_ended(const struct driver_process *process)
{
    return process->state == DRIVER_DONE || process->state == DRIVER_FAILED;
}

/* ---- its standard input ---- */

static void close_input(struct driver_process *process)
{
    if (process->process.input_fd >= 0)
        close(process->process.input_fd);
    process->process.input_fd = -1;
    text_clear(&process->outgoing);
}

/* As much as goes without waiting. */
static void write_outgoing(struct driver_process *process)
{
    size_t written = 0;
    while (written < process->outgoing.length) {
        ssize_t count =
            write(process->process.input_fd, process->outgoing.bytes + written, process->outgoing.length - written);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 && errno == EAGAIN)
            break;
        if (count < 0) {
            close_input(process);
            return;
        }
        written += (size_t)count;
    }
    struct text rest = TEXT_INIT;
    text_append_bytes(&rest, process->outgoing.bytes + written, process->outgoing.length - written);
    text_release(&process->outgoing);
    process->outgoing = rest;
}

void conversation_send(struct driver_process *process, const char *line)
{
    if (process->process.input_fd < 0)
        return;
    text_append(&process->outgoing, line);
    write_outgoing(process);
}

/* ---- its lines ---- */

static void take_ready(struct driver_process *process, json_t *ready)
{
    const struct protocol_terms terms = {.earliest_ns = process->job_sent_ns,
                                         .latest_ns = clock_monotonic_ns(),
                                         .version = process->version};
    if (process->state != DRIVER_STARTING)
        error_set(&process->error, ERROR_UNAVAILABLE, "said twice that it is ready");
    else if (protocol_check_ready(ready, &terms, &process->error)) {
        process->ready = json_incref(ready);
        setting_list_confirm(&process->settings, process->driver, json_object_get(ready, "settings"));
        process->state = DRIVER_READY;
        return;
    }
    fail(process);
}

static void take_done(struct driver_process *process, json_t *done)
{
    bool may = process->state == DRIVER_RUNNING || (process->role == ROLE_PROBE && process->state == DRIVER_READY);
    if (!may)
        error_set(&process->error, ERROR_UNAVAILABLE, "said that it is done before it was started");
    else if (protocol_read_done(done, process->role, &process->counts, &process->error)) {
        process->done = json_incref(done);
        return;
    }
    fail(process);
}

static void take_line(struct driver_process *process, const char *line, size_t length)
{
    enum protocol_event event;
    if (process->done) {
        error_set(&process->error, ERROR_UNAVAILABLE, "went on writing after it was done");
        fail(process);
        return;
    }
    json_t *value = protocol_parse(line, length, &event, &process->error);
    if (!value)
        fail(process);
    else if (event == PROTOCOL_READY)
        take_ready(process, value);
    else
        take_done(process, value);
    json_decref(value);
}

static void take_output(struct driver_process *process, const char *bytes, size_t length)
{
    while (length && process->state != DRIVER_FAILED) {
        const char *end = memchr(bytes, '\n', length);
        size_t part = end ? (size_t)(end - bytes) : length;
        text_append_bytes(&process->line, bytes, part);
        if (process->line.length > LINE_MAX_BYTES) {
            error_set(&process->error, ERROR_UNAVAILABLE, "wrote a line of more than %d bytes", LINE_MAX_BYTES);
            fail(process);
        } else if (end) {
            take_line(process, process->line.bytes, process->line.length);
            text_clear(&process->line);
        }
        bytes += part + (end ? 1 : 0);
        length -= part + (end ? 1 : 0);
    }
}

static void take_errors(struct driver_process *process, const char *bytes, size_t length)
{
    kept_text_add(&process->errors, bytes, length);
}

/* Read what a stream has, up to a bound; closes it at its end. */
static void read_stream(struct driver_process *process, int *fd,
                        void (*take)(struct driver_process *process, const char *bytes, size_t length))
{
    char block[BLOCK_BYTES];
    for (int i = 0; i < BLOCKS_A_STEP && *fd >= 0; i++) {
        ssize_t count = read(*fd, block, sizeof block);
        if (count > 0)
            take(process, block, (size_t)count);
        else if (count < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        else {
            close(*fd);
            *fd = -1;
        }
    }
}

/* Standard error first: it explains what the other stream may show to be wrong. */
static void read_streams(struct driver_process *process)
{
    read_stream(process, &process->process.error_output_fd, take_errors);
    read_stream(process, &process->process.output_fd, take_output);
}

/* ---- its end ---- */

static const char *moment(const struct driver_process *process)
{
    if (process->done)
        return "after it was done";
    return process->state == DRIVER_STARTING ? "before it was ready" : "before it was done";
}

static void judge_end(struct driver_process *process)
{
    const struct process_result *result = &process->result;
    if (process->line.length)
        error_set(&process->error, ERROR_UNAVAILABLE, "ended in the middle of a line");
    else if (result->signal)
        error_set(&process->error, ERROR_UNAVAILABLE, "was ended by signal SIG%s %s",
                  sigabbrev_np(result->signal) ? sigabbrev_np(result->signal) : "?", moment(process));
    else if (result->status || !process->done)
        error_set(&process->error, ERROR_UNAVAILABLE, "ended with exit status %d %s", result->status, moment(process));
    else
        process->state = DRIVER_DONE;
    if (process->state != DRIVER_DONE)
        fail(process);
}

/* What it left behind ends with it, so nobody can go on writing: what is read now is all. */
void conversation_take_end(struct driver_process *process)
{
    process_wait(&process->process, -1, &process->result);
    read_streams(process);
    keep_stderr_text(process);
    close(process->pidfd);
    process->pidfd = -1;
    close_input(process);
    if (!conversation_has_ended(process))
        judge_end(process);
}

void conversation_step(struct driver_process *process, int timeout_ms)
{
    enum { INPUT, OUTPUT, ERRORS, END };
    struct pollfd items[] = {
        [INPUT] = {.fd = process->outgoing.length ? process->process.input_fd : -1, .events = POLLOUT},
        [OUTPUT] = {.fd = process->process.output_fd, .events = POLLIN},
        [ERRORS] = {.fd = process->process.error_output_fd, .events = POLLIN},
        [END] = {.fd = process->pidfd, .events = POLLIN},
    };
    if (poll(items, sizeof items / sizeof *items, timeout_ms) <= 0)
        return;
    if (items[INPUT].revents)
        write_outgoing(process);
    read_streams(process);
    if (items[END].revents)
        conversation_take_end(process);
}

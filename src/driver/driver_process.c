/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/clock.h"
#include "driver/conversation.h"
#include "driver/driver_translate.h"
#include "driver/placeholder.h"

#include "base/banned.h"

/* For a program that has closed its standard input: it is about to end. */
#define CLOSING_MS 1000

static bool give_error(const struct driver_process *process, struct error *error)
{
    if (error)
        *error = process->error;
    return false;
}

enum driver_state driver_poll(struct driver_process *process, int timeout_ms, struct error *error)
{
    if (!conversation_has_ended(process))
        conversation_step(process, timeout_ms);
    if (process->state == DRIVER_FAILED)
        give_error(process, error);
    return process->state;
}

static char *join_command(const struct string_list *arguments)
{
    struct text line = TEXT_INIT;
    for (size_t i = 0; i < arguments->count; i++) {
        const char *argument = arguments->items[i];
        bool plain = argument[0] && !strpbrk(argument, " \t\n'\"\\$&;|<>()*?[]#~`");
        text_append_format(&line, plain ? "%s%s" : "%s'%s'", i ? " " : "", argument);
    }
    return text_detach(&line);
}

static bool start_program(struct driver_process *process, const struct experiment_run *run, struct error *error)
{
    const struct placeholder_values values = {.driver = process->driver,
                                              .version = run ? run->version : NULL,
                                              .jvm = run ? &run->jvm : NULL};
    struct string_list arguments = {0};
    placeholder_command(&values, &arguments);
    process->command_line = join_command(&arguments);
    const struct process_spec spec = {.arguments = (const char *const *)arguments.items,
                                      .input = PROCESS_PIPE,
                                      .output = PROCESS_PIPE,
                                      .error_output = PROCESS_PIPE};
    bool ok =
        process_start(&process->process, &spec, error) || error_prefix(error, "driver '%s'", process->driver->name);
    string_list_release(&arguments);
    if (!ok)
        return false;
    fcntl(process->process.input_fd, F_SETFL, O_NONBLOCK);
    process->pidfd = (int)syscall(SYS_pidfd_open, process->process.pid, 0);
    if (process->pidfd < 0)
        return error_set_errno(error, errno, "driver '%s': cannot watch its process", process->driver->name);
    return true;
}

struct driver_process *conversation_new(const struct driver *driver, enum protocol_role role,
                                        const struct experiment_run *run)
{
    struct driver_process *process = memory_zeroed(1, sizeof *process);
    process->driver = driver;
    process->role = role;
    process->version = string_copy(run ? run->version : NULL);
    process->process = (struct process)PROCESS_INIT;
    process->pidfd = -1;
    process->outgoing = process->line = (struct text)TEXT_INIT;
    process->counts =
        (struct driver_outcome){.sent = -1, .acked = -1, .failed = -1, .outstanding = -1, .due = -1, .read = -1};
    return process;
}

bool conversation_open(struct driver_process *process, const struct experiment_run *run, char *job_line,
                       struct error *error)
{
    process->job_sent_ns = clock_monotonic_ns();
    bool ok = start_program(process, run, error);
    if (ok)
        conversation_send(process, job_line);
    free(job_line);
    return ok;
}

struct driver_process *driver_start(const struct driver *driver, const struct driver_job *job, struct error *error)
{
    struct driver_process *process = conversation_new(driver, driver->is_tool ? ROLE_TOOL : ROLE_PRODUCER, job->run);
    json_t *settings = NULL;
    bool ok = driver_translate(driver, job, &settings, &process->settings, error) &&
              conversation_open(process, job->run, protocol_job_line(job, settings), error);
    json_decref(settings);
    if (ok)
        return process;
    driver_process_free(process);
    return NULL;
}

struct driver_process *driver_start_reader(const struct driver *driver, const struct driver_reader_job *job,
                                           struct error *error)
{
    struct driver_process *process = conversation_new(driver, ROLE_READER, NULL);
    json_t *settings = NULL;
    bool ok = translate_reader(driver, job, &settings, &process->settings, error) &&
              conversation_open(process, NULL, protocol_reader_line(job, settings), error);
    json_decref(settings);
    if (ok)
        return process;
    driver_process_free(process);
    return NULL;
}

/* False when it cannot take commands any more and that is a failure. */
static bool command(struct driver_process *process, const char *line, struct error *error)
{
    if (!conversation_has_ended(process))
        conversation_send(process, line);
    if (process->process.input_fd < 0 && !process->done && !conversation_has_ended(process)) {
        int64_t deadline_ns = clock_monotonic_ns() + CLOSING_MS * NS_PER_MS;
        while (!conversation_has_ended(process) && clock_monotonic_ns() < deadline_ns)
            conversation_step(process, CLOSING_MS / 10);
    }
    if (process->state == DRIVER_FAILED)
        return give_error(process, error);
    if (process->process.input_fd < 0 && !process->done)
        return error_set(error, ERROR_UNAVAILABLE, "driver '%s' has closed its standard input", process->driver->name);
    return true;
}

bool driver_command_start(struct driver_process *process, struct error *error)
{
    if (process->state == DRIVER_FAILED)
        return give_error(process, error);
    if (process->state != DRIVER_READY)
        return error_set(error, ERROR_UNAVAILABLE, "driver '%s' is not ready to be started", process->driver->name);
    process->state = DRIVER_RUNNING;
    return command(process, PROTOCOL_START, error);
}

bool driver_command_stop(struct driver_process *process, struct error *error)
{
    return command(process, PROTOCOL_STOP, error);
}

pid_t driver_pid(const struct driver_process *process)
{
    return process->process.pid;
}

void driver_outcome(const struct driver_process *process, struct driver_outcome *outcome)
{
    *outcome = process->counts;
    outcome->versions = json_object_get(process->ready, "versions");
    outcome->settings = &process->settings;
    outcome->command_line = process->command_line;
    outcome->stderr_text = process->stderr_text ? process->stderr_text : "";
    outcome->process = process->result;
}

void driver_process_end(struct driver_process *process, int grace_ms)
{
    if (process->process.pid == 0)
        return;
    /* It may be in the middle of a write: read on, or it cannot obey. */
    int64_t deadline_ns = clock_monotonic_ns() + (int64_t)grace_ms * NS_PER_MS;
    kill(-process->process.pid, SIGTERM);
    while (process->process.pid) {
        int64_t left_ms = (deadline_ns - clock_monotonic_ns()) / NS_PER_MS;
        if (left_ms <= 0)
            break;
        conversation_step(process, (int)left_ms);
    }
    if (process->process.pid) {
        kill(-process->process.pid, SIGKILL);
        conversation_take_end(process);
    }
}

void driver_process_free(struct driver_process *process)
{
    if (!process)
        return;
    driver_process_end(process, 0);
    if (process->pidfd >= 0)
        close(process->pidfd);
    process_release(&process->process);
    text_release(&process->outgoing);
    text_release(&process->line);
    kept_text_release(&process->errors);
    setting_list_release(&process->settings);
    json_decref(process->ready);
    json_decref(process->done);
    free(process->version);
    free(process->command_line);
    free(process->stderr_text);
    free(process);
}

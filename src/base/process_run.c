/* SPDX-License-Identifier: Apache-2.0 */
/* On top of process.c: a program run to its end, and what a process has used. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/process.h"

#include "base/banned.h"

/* Read once, so that one who writes without end cannot keep us here; closes at the end of the stream. */
static void drain(int *fd, struct text *text)
{
    char block[16384];
    ssize_t got = read(*fd, block, sizeof block);
    if (got > 0 && text)
        text_append_bytes(text, block, (size_t)got);
    if (got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR)))
        return;
    close(*fd);
    *fd = -1;
}

static bool collect(struct process *process, int64_t deadline_ns, size_t limit_bytes, struct text *output,
                    struct text *error_output, const char *name, struct error *error)
{
    while (process->output_fd >= 0 || process->error_output_fd >= 0) {
        int64_t left_ms = (deadline_ns - clock_monotonic_ns()) / NS_PER_MS;
        if (left_ms <= 0)
            return error_set(error, ERROR_UNAVAILABLE, "'%s' did not end in time", name);
        struct pollfd items[2] = {{.fd = process->output_fd, .events = POLLIN},
                                  {.fd = process->error_output_fd, .events = POLLIN}};
        poll(items, 2, (int)(left_ms < 1000 ? left_ms : 1000));
        if (items[0].revents)
            drain(&process->output_fd, output);
        if (items[1].revents)
            drain(&process->error_output_fd, error_output);
        if ((output && output->length > limit_bytes) || (error_output && error_output->length > limit_bytes))
            return error_set(error, ERROR_UNAVAILABLE, "'%s' wrote more than %zu bytes", name, limit_bytes);
    }
    return true;
}

bool process_run(const struct process_spec *spec, int timeout_ms, size_t limit_bytes, struct text *output,
                 struct text *error_output, struct process_result *result, struct error *error)
{
    struct process process;
    struct process_spec with_pipes = *spec;
    with_pipes.output = output ? PROCESS_PIPE : spec->output;
    with_pipes.error_output = error_output ? PROCESS_PIPE : spec->error_output;
    if (result)
        *result = (struct process_result){.exited = false};
    if (!process_start(&process, &with_pipes, error))
        return false;
    int64_t deadline_ns = clock_monotonic_ns() + (int64_t)timeout_ms * NS_PER_MS;
    bool ok = collect(&process, deadline_ns, limit_bytes, output, error_output, spec->arguments[0], error);
    int64_t left_ms = (deadline_ns - clock_monotonic_ns()) / NS_PER_MS;
    if (ok && !process_wait(&process, left_ms > 0 ? (int)left_ms : 0, result))
        ok = error_set(error, ERROR_UNAVAILABLE, "'%s' did not end in time", spec->arguments[0]);
    if (!ok)
        process_end(&process, SIGKILL, 0, NULL);
    process_release(&process);
    return ok;
}

double process_stat_cpu_s(const char *stat)
{
    /* Fields are counted behind the last ')': the program's name may hold anything. utime and stime are 14 and 15. */
    const char *at = strrchr(stat, ')');
    unsigned long long user, system_time;
    if (!at || sscanf(at + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu", &user, &system_time) != 2)
        return -1;
    return (double)(user + system_time) / (double)sysconf(_SC_CLK_TCK);
}

double process_cpu_s(pid_t pid)
{
    char path[64], stat[1024];
    snprintf(path, sizeof path, "/proc/%ld/stat", (long)pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    ssize_t length = read(fd, stat, sizeof stat - 1);
    close(fd);
    if (length <= 0)
        return -1;
    stat[length] = '\0';
    return process_stat_cpu_s(stat);
}

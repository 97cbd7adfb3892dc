/* SPDX-License-Identifier: Apache-2.0 */
#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"

#include "base/banned.h"

extern char **environ;

static bool passes_to_children(const char *variable)
{
    static const char *const exact[] = {"PATH=", "HOME=",  "LANG=",      "TZ=",    "TMPDIR=",
                                        "LD_LIBRARY_PATH=", "JAVA_HOME=", "TERM=", "LD_PRELOAD="};
    static const char *const prefixes[] = {"LC_", "PYTHON", "KBENCH_", "ASAN_", "UBSAN_", "LSAN_"};
    for (size_t i = 0; i < sizeof exact / sizeof *exact; i++)
        if (string_starts_with(variable, exact[i]))
            return true;
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (string_starts_with(variable, prefixes[i]))
            return !string_starts_with(variable, "LC_ALL=");
    return false;
}

static void make_environment(const char *const *additional, struct string_list *list)
{
    for (char **variable = environ; variable && *variable; variable++)
        if (passes_to_children(*variable))
            string_list_push(list, *variable);
    string_list_push(list, "LC_ALL=C.UTF-8");
    for (size_t i = 0; additional && additional[i]; i++)
        string_list_push(list, additional[i]);
}

/* What the child's standard stream becomes, and the parent's end. */
struct plumbing {
    int child_fd, parent_fd;
    bool close_child;
};

static bool plumb(enum process_stream stream, int given_fd, int standard_fd, struct plumbing *plumbing,
                  struct error *error)
{
    *plumbing = (struct plumbing){.child_fd = -1, .parent_fd = -1};
    int ends[2];
    switch (stream) {
    case PROCESS_INHERIT: plumbing->child_fd = standard_fd; return true;
    case PROCESS_FD: plumbing->child_fd = given_fd; return true;
    case PROCESS_NULL:
        plumbing->child_fd = open("/dev/null", O_RDWR | O_CLOEXEC);
        plumbing->close_child = true;
        return plumbing->child_fd >= 0 ? true : error_set_errno(error, errno, "cannot open '/dev/null'");
    case PROCESS_PIPE:
        if (pipe2(ends, O_CLOEXEC) != 0)
            return error_set_errno(error, errno, "cannot make a pipe");
        bool child_reads = standard_fd == STDIN_FILENO;
        plumbing->child_fd = ends[child_reads ? 0 : 1];
        plumbing->parent_fd = ends[child_reads ? 1 : 0];
        plumbing->close_child = true;
        if (!child_reads)
            fcntl(plumbing->parent_fd, F_SETFL, O_NONBLOCK);
        return true;
    }
    return false;
}

static void unplumb(struct plumbing *plumbing, bool parent_too)
{
    if (plumbing->close_child && plumbing->child_fd >= 0)
        close(plumbing->child_fd);
    if (parent_too && plumbing->parent_fd >= 0)
        close(plumbing->parent_fd);
}

/* dup2 that also clears close-on-exec when both are the same descriptor. */
static bool place_fd(int from, int to)
{
    return from == to ? fcntl(to, F_SETFD, 0) == 0 : dup2(from, to) == to;
}

/* In the child, after fork: only async-signal-safe calls. Never returns into our code. */
static _Noreturn void become(const struct process_spec *spec, const struct plumbing plumbing[3], char *const *environment,
                             int report_fd, pid_t parent)
{
    setpgid(0, 0);
    if (!spec->outlives_parent) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent) /* it died before prctl */
            _exit(127);
    }
    int moved[3];
    bool ok = true;
    /* Away from 0–2 first, so that placing one does not overwrite another. */
    for (int i = 0; i < 3; i++)
        if ((moved[i] = fcntl(plumbing[i].child_fd, F_DUPFD_CLOEXEC, 3)) < 0)
            ok = false;
    for (int i = 0; ok && i < 3; i++)
        ok = place_fd(moved[i], i);
    if (ok && spec->directory)
        ok = chdir(spec->directory) == 0;
    if (ok) {
        struct sigaction plain = {.sa_handler = SIG_DFL};
        sigset_t none;
        sigemptyset(&none);
        sigaction(SIGPIPE, &plain, NULL);
        sigaction(SIGINT, &plain, NULL);
        sigaction(SIGTERM, &plain, NULL);
        sigprocmask(SIG_SETMASK, &none, NULL);
        syscall(SYS_close_range, 3u, ~0u, 4u /* CLOSE_RANGE_CLOEXEC: the report pipe lives until exec */);
        execvpe(spec->arguments[0], (char *const *)spec->arguments, environment);
    }
    int reason = errno;
    ssize_t ignored = write(report_fd, &reason, sizeof reason);
    (void)ignored;
    _exit(127);
}

bool process_start(struct process *process, const struct process_spec *spec, struct error *error)
{
    *process = (struct process)PROCESS_INIT;
    bool ok = false;
    struct plumbing plumbing[3] = {{-1, -1, false}, {-1, -1, false}, {-1, -1, false}};
    struct string_list environment = {0};
    int report[2] = {-1, -1};
    if (!plumb(spec->input, spec->input_fd, STDIN_FILENO, &plumbing[0], error) ||
        !plumb(spec->output, spec->output_fd, STDOUT_FILENO, &plumbing[1], error) ||
        !plumb(spec->error_output, spec->error_output_fd, STDERR_FILENO, &plumbing[2], error))
        goto done;
    if (pipe2(report, O_CLOEXEC) != 0) {
        error_set_errno(error, errno, "cannot make a pipe");
        goto done;
    }
    make_environment(spec->environment, &environment);
    pid_t parent = getpid();
    pid_t pid = fork();
    if (pid == 0)
        become(spec, plumbing, environment.items, report[1], parent);
    if (pid < 0) {
        error_set_errno(error, errno, "cannot start '%s'", spec->arguments[0]);
        goto done;
    }
    setpgid(pid, pid);
    close(report[1]);
    report[1] = -1;
    int reason = 0;
    ssize_t got;
    while ((got = read(report[0], &reason, sizeof reason)) < 0 && errno == EINTR)
        ;
    if (got == (ssize_t)sizeof reason) {
        waitpid(pid, NULL, 0);
        error_set_errno(error, reason, "cannot start '%s'", spec->arguments[0]);
        goto done;
    }
    *process = (struct process){.pid = pid,
                                .input_fd = plumbing[0].parent_fd,
                                .output_fd = plumbing[1].parent_fd,
                                .error_output_fd = plumbing[2].parent_fd};
    ok = true;
done:
    for (int i = 0; i < 3; i++)
        unplumb(&plumbing[i], !ok);
    for (int i = 0; i < 2; i++)
        if (report[i] >= 0)
            close(report[i]);
    string_list_release(&environment);
    return ok;
}

static void fill_result(int wait_status, const struct rusage *usage, struct process_result *result)
{
    if (!result)
        return;
    *result = (struct process_result){.exited = true};
    if (WIFSIGNALED(wait_status)) {
        result->signal = WTERMSIG(wait_status);
        result->status = 128 + result->signal;
    } else {
        result->status = WEXITSTATUS(wait_status);
    }
    result->cpu_s = (double)usage->ru_utime.tv_sec + (double)usage->ru_utime.tv_usec / 1e6 +
                    (double)usage->ru_stime.tv_sec + (double)usage->ru_stime.tv_usec / 1e6;
    result->max_rss_bytes = (int64_t)usage->ru_maxrss * 1024;
}

bool process_wait(struct process *process, int timeout_ms, struct process_result *result)
{
    if (result)
        *result = (struct process_result){.exited = false};
    if (process->pid == 0)
        return true;
    /* A pidfd becomes readable when the process ends, so that waiting neither polls nor misses it. */
    int pidfd = (int)syscall(SYS_pidfd_open, process->pid, 0);
    int64_t deadline_ns = clock_monotonic_ns() + (int64_t)timeout_ms * NS_PER_MS;
    for (;;) {
        int wait_status;
        struct rusage usage;
        pid_t ended = wait4(process->pid, &wait_status, WNOHANG, &usage);
        if (ended == process->pid) {
            fill_result(wait_status, &usage, result);
            process->pid = 0;
            break;
        }
        int64_t left_ns = deadline_ns - clock_monotonic_ns();
        if (timeout_ms >= 0 && left_ns <= 0)
            break;
        struct pollfd item = {.fd = pidfd, .events = POLLIN};
        int wait_ms = timeout_ms < 0 ? 1000 : (int)(left_ns / NS_PER_MS) + 1;
        if (pidfd < 0)
            clock_sleep_ms(wait_ms < 10 ? wait_ms : 10);
        else
            poll(&item, 1, wait_ms);
    }
    if (pidfd >= 0)
        close(pidfd);
    return process->pid == 0;
}

void process_end(struct process *process, int signal, int grace_ms, struct process_result *result)
{
    if (result)
        *result = (struct process_result){.exited = false};
    if (process->pid == 0)
        return;
    pid_t group = process->pid;
    kill(-group, signal);
    if (!process_wait(process, grace_ms, result)) {
        kill(-group, SIGKILL);
        process_wait(process, -1, result);
    }
    /* What the child itself started and left behind. */
    kill(-group, SIGKILL);
}

void process_release(struct process *process)
{
    int *const fds[] = {&process->input_fd, &process->output_fd, &process->error_output_fd};
    for (size_t i = 0; i < 3; i++)
        if (*fds[i] >= 0)
            close(*fds[i]);
    *process = (struct process)PROCESS_INIT;
}

/* Read what is there; false at the end of the stream. */
static bool drain(int *fd, struct text *text)
{
    char block[16384];
    for (;;) {
        ssize_t got = read(*fd, block, sizeof block);
        if (got > 0 && text)
            text_append_bytes(text, block, (size_t)got);
        if (got > 0)
            continue;
        if (got < 0 && (errno == EAGAIN || errno == EINTR))
            return true;
        close(*fd);
        *fd = -1;
        return false;
    }
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

double process_cpu_s(pid_t pid)
{
    char path[64], line[1024];
    snprintf(path, sizeof path, "/proc/%ld/stat", (long)pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    ssize_t length = read(fd, line, sizeof line - 1);
    close(fd);
    if (length <= 0)
        return -1;
    line[length] = '\0';
    /* Fields are counted behind the last ')': the program's name may hold anything. utime and stime are 14 and 15. */
    const char *at = strrchr(line, ')');
    unsigned long long user, system_time;
    if (!at || sscanf(at + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu", &user, &system_time) != 2)
        return -1;
    return (double)(user + system_time) / (double)sysconf(_SC_CLK_TCK);
}

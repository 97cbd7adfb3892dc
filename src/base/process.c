/* SPDX-License-Identifier: Apache-2.0 */
#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"

#include "base/banned.h"

extern char **environ;

static bool passes_to_children(const char *variable)
{
    static const char *const exact[] = {"PATH=",      "HOME=", "LANG=",      "TZ=", "TMPDIR=", "LD_LIBRARY_PATH=",
                                        "JAVA_HOME=", "TERM=", "LD_PRELOAD="};
    static const char *const prefixes[] = {"LC_", "PYTHON", "KBENCH_", "ASAN_", "UBSAN_", "LSAN_"};
    for (size_t i = 0; i < sizeof exact / sizeof *exact; i++)
        if (string_starts_with(variable, exact[i]))
            return true;
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (string_starts_with(variable, prefixes[i]))
            return !string_starts_with(variable, "LC_ALL=");
    return false;
}

/* Whether one of the "NAME=value" strings sets the variable that `variable` sets. */
static bool sets(const char *const *environment, const char *variable)
{
    size_t length = strcspn(variable, "=") + 1;
    for (size_t i = 0; environment && environment[i]; i++)
        if (strncmp(environment[i], variable, length) == 0)
            return true;
    return false;
}

/* No name twice: a program would take the first, and which one that is must not depend on the program. */
static void make_environment(const char *const *additional, struct string_list *list)
{
    static const char locale[] = "LC_ALL=C.UTF-8";
    for (char **variable = environ; variable && *variable; variable++)
        if (passes_to_children(*variable) && !sets(additional, *variable))
            string_list_push(list, *variable);
    if (!sets(additional, locale))
        string_list_push(list, locale);
    for (size_t i = 0; additional && additional[i]; i++)
        string_list_push(list, additional[i]);
}

/* The file that `name` means: itself with a slash in it, else the first one on PATH; "" when there is none. Not execvp, which
 * gives what it cannot execute to a shell. The caller frees. */
static char *find_program(const char *name)
{
    const char *folder = getenv("PATH");
    if (strchr(name, '/'))
        return string_copy(name);
    while (folder && *folder) {
        size_t length = strcspn(folder, ":");
        char *path = string_format("%.*s/%s", length ? (int)length : 1, length ? folder : ".", name);
        struct stat status;
        if (access(path, X_OK) == 0 && stat(path, &status) == 0 && S_ISREG(status.st_mode))
            return path;
        free(path);
        folder += length + (folder[length] == ':');
    }
    return string_copy("");
}

/* What exec needs, made before fork: afterwards the child may not allocate. */
struct image {
    char *program;
    struct string_list arguments, environment;
};

static void image_make(const struct process_spec *spec, struct image *image)
{
    *image = (struct image){.program = find_program(spec->arguments[0])};
    for (size_t i = 0; spec->arguments[i]; i++)
        string_list_push(&image->arguments, spec->arguments[i]);
    make_environment(spec->environment, &image->environment);
}

static void image_release(struct image *image)
{
    free(image->program);
    string_list_release(&image->arguments);
    string_list_release(&image->environment);
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
static _Noreturn void become(const struct process_spec *spec, const struct plumbing plumbing[3],
                             const struct image *image, int report_fd, pid_t parent)
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
        static const int changed[] = {SIGPIPE, SIGINT, SIGTERM, SIGCHLD};
        for (size_t i = 0; i < sizeof changed / sizeof *changed; i++)
            sigaction(changed[i], &plain, NULL);
        sigprocmask(SIG_SETMASK, &none, NULL);
        syscall(SYS_close_range, 3u, ~0u, 4u /* CLOSE_RANGE_CLOEXEC: the report pipe lives until exec */);
        execve(image->program, image->arguments.items, image->environment.items);
    }
    int reason = errno;
    ssize_t ignored = write(report_fd, &reason, sizeof reason);
    (void)ignored;
    _exit(127);
}

/* The errno of a failed exec, or 0 when the pipe was closed by a successful one. */
static int read_report(int fd)
{
    int reason = 0;
    ssize_t got;
    while ((got = read(fd, &reason, sizeof reason)) < 0 && errno == EINTR)
        ;
    return got == (ssize_t)sizeof reason ? reason : 0;
}

static bool start_image(struct process *process, const struct process_spec *spec, const struct plumbing plumbing[3],
                        const struct image *image, struct error *error)
{
    int report[2];
    if (pipe2(report, O_CLOEXEC) != 0)
        return error_set_errno(error, errno, "cannot make a pipe");
    pid_t parent = getpid();
    pid_t pid = fork();
    int reason = errno;
    if (pid == 0)
        become(spec, plumbing, image, report[1], parent);
    close(report[1]);
    if (pid > 0) {
        setpgid(pid, pid);
        reason = read_report(report[0]);
    }
    close(report[0]);
    if (reason == 0) {
        *process = (struct process){.pid = pid,
                                    .input_fd = plumbing[0].parent_fd,
                                    .output_fd = plumbing[1].parent_fd,
                                    .error_output_fd = plumbing[2].parent_fd};
        return true;
    }
    while (pid > 0 && waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        ;
    return error_set_errno(error, reason, "cannot start '%s'", spec->arguments[0]);
}

bool process_start(struct process *process, const struct process_spec *spec, struct error *error)
{
    *process = (struct process)PROCESS_INIT;
    struct plumbing plumbing[3] = {{-1, -1, false}, {-1, -1, false}, {-1, -1, false}};
    struct image image;
    image_make(spec, &image);
    bool ok = plumb(spec->input, spec->input_fd, STDIN_FILENO, &plumbing[0], error) &&
              plumb(spec->output, spec->output_fd, STDOUT_FILENO, &plumbing[1], error) &&
              plumb(spec->error_output, spec->error_output_fd, STDERR_FILENO, &plumbing[2], error) &&
              start_image(process, spec, plumbing, &image, error);
    for (int i = 0; i < 3; i++)
        unplumb(&plumbing[i], !ok);
    image_release(&image);
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

/* Until the child has ended or the deadline is there. Not yet reaped: its id, which is also its group's, stays its own. */
static bool await_end(pid_t pid, int timeout_ms)
{
    /* A pidfd becomes readable when the process ends, so that waiting neither polls nor misses it. */
    int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
    int64_t deadline_ns = clock_monotonic_ns() + (int64_t)timeout_ms * NS_PER_MS;
    bool ended = false;
    for (;;) {
        siginfo_t state = {.si_pid = 0};
        int failed = waitid(P_PID, (id_t)pid, &state, WEXITED | WNOHANG | WNOWAIT);
        ended = (failed && errno == ECHILD) || (!failed && state.si_pid == pid);
        int64_t left_ns = deadline_ns - clock_monotonic_ns();
        if (ended || (timeout_ms >= 0 && left_ns <= 0))
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
    return ended;
}

bool process_wait(struct process *process, int timeout_ms, struct process_result *result)
{
    if (result)
        *result = (struct process_result){.exited = false};
    if (process->pid == 0)
        return true;
    if (!await_end(process->pid, timeout_ms))
        return false;
    /* What the child itself started and left behind; before the child is reaped, when the group's id can be nobody else's. */
    kill(-process->pid, SIGKILL);
    int wait_status = 0;
    struct rusage usage;
    pid_t reaped;
    while ((reaped = wait4(process->pid, &wait_status, 0, &usage)) < 0 && errno == EINTR)
        ;
    if (reaped == process->pid)
        fill_result(wait_status, &usage, result);
    process->pid = 0;
    return true;
}

void process_end(struct process *process, int signal, int grace_ms, struct process_result *result)
{
    if (result)
        *result = (struct process_result){.exited = false};
    if (process->pid == 0)
        return;
    kill(-process->pid, signal);
    if (process_wait(process, grace_ms, result))
        return;
    kill(-process->pid, SIGKILL);
    process_wait(process, -1, result);
}

void process_release(struct process *process)
{
    int *const fds[] = {&process->input_fd, &process->output_fd, &process->error_output_fd};
    for (size_t i = 0; i < 3; i++)
        if (*fds[i] >= 0)
            close(*fds[i]);
    *process = (struct process)PROCESS_INIT;
}

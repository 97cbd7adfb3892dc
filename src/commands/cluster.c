/* SPDX-License-Identifier: Apache-2.0 */
/* kbench cluster: a local cluster to play with, held by a process of its own until it is brought down. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/file.h"
#include "base/interrupt.h"
#include "base/json.h"
#include "base/process.h"
#include "commands/cluster_files.h"
#include "commands/command.h"

#include "base/banned.h"

#define START_LOG_BYTES_MAX 65536
#define END_GRACE_MS 20000

static const struct option options[] = {
    {OPTION_END, NULL, NULL, NULL},
};

/* Start the supervisor with a pipe for its one line; what it has to complain about goes to its log. */
static bool start_supervisor(const char *definition_file, struct process *supervisor, struct error *error)
{
    char program[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length < 0)
        return error_set_errno(error, errno, "cannot find the program itself");
    program[length] = '\0';
    int log = open(CLUSTER_SUPERVISOR_LOG, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0666);
    if (log < 0)
        return error_set_errno(error, errno, "cannot write '%s'", CLUSTER_SUPERVISOR_LOG);
    const char *const arguments[] = {program, "cluster", "supervise", definition_file, NULL};
    struct process_spec spec = {
        .arguments = arguments,
        .output = PROCESS_PIPE,
        .error_output = PROCESS_FD,
        .error_output_fd = log,
        .outlives_parent = true,
    };
    bool ok = process_start(supervisor, &spec, error);
    close(log);
    return ok;
}

/* True with the line (without its end) in `line`; false when the supervisor closed the pipe or a signal came. */
static bool read_line(int fd, struct text *line)
{
    char block[1024];
    while (interrupt_count() == 0) {
        struct pollfd item = {.fd = fd, .events = POLLIN};
        if (poll(&item, 1, 200) <= 0)
            continue;
        ssize_t got = read(fd, block, sizeof block);
        if (got == 0)
            return false;
        if (got > 0)
            text_append_bytes(line, block, (size_t)got);
        if (strchr(line->bytes, '\n')) {
            line->bytes[strcspn(line->bytes, "\n")] = '\0';
            return true;
        }
    }
    return false;
}

/* Why there was no line: its own last words, as main prints them, under the category that its exit status stands for. */
static bool tell_failure(const struct process_result *result, struct error *error)
{
    static const char prefix[] = "kbench: ";
    struct text log = TEXT_INIT;
    file_read(CLUSTER_SUPERVISOR_LOG, START_LOG_BYTES_MAX, &log, NULL);
    while (log.length > 0 && log.bytes[log.length - 1] == '\n')
        log.bytes[--log.length] = '\0';
    const char *words = string_starts_with(log.bytes, prefix) ? log.bytes + sizeof prefix - 1 : log.bytes;
    enum error_category category = result->status == 2 ? ERROR_INPUT : ERROR_UNAVAILABLE;
    if (interrupt_count() > 0)
        error_set(error, ERROR_INTERRUPTED, "interrupted, the cluster is not up");
    else if (words[0])
        error_set(error, category, "%s", words);
    else
        error_set(error, category, "the cluster's supervisor ended with status %d", result->status);
    text_release(&log);
    return false;
}

static bool print_servers(struct error *error)
{
    json_t *state = cluster_files_read(error);
    if (!state)
        return false;
    printf("%s\n", json_get_string(state, "bootstrap_servers", ""));
    json_decref(state);
    return true;
}

static bool up(const char *definition_file, int verbosity, struct error *error)
{
    long pid = cluster_files_supervisor();
    if (pid > 0) {
        if (verbosity >= 0)
            fprintf(stderr, "kbench: a cluster is already up, held by process %ld\n", pid);
        return print_servers(error);
    }
    struct process supervisor = PROCESS_INIT;
    struct text line = TEXT_INIT;
    if (!file_make_folder(CLUSTER_LOG_FOLDER, error) || !cluster_files_clean(error) ||
        !start_supervisor(definition_file, &supervisor, error))
        return false;
    bool ok = read_line(supervisor.output_fd, &line);
    if (ok) {
        printf("%s\n", line.bytes);
        if (verbosity >= 0)
            fprintf(stderr, "kbench: the cluster is up, held by process %ld; 'kbench cluster down' ends it\n",
                    (long)supervisor.pid);
    } else {
        struct process_result result;
        process_end(&supervisor, SIGTERM, END_GRACE_MS, &result);
        tell_failure(&result, error);
    }
    text_release(&line);
    process_release(&supervisor);
    return ok;
}

/* Ask `pid` to end and wait for it, SIGKILL after a grace. By a descriptor, so that no other process of that id is ever hit. */
static bool end_supervisor(long pid, struct error *error)
{
    int pidfd = (int)syscall(SYS_pidfd_open, (pid_t)pid, 0);
    if (pidfd < 0)
        return errno == ESRCH ? true : error_set_errno(error, errno, "cannot reach the supervisor, process %ld", pid);
    bool ok = true;
    struct pollfd item = {.fd = pidfd, .events = POLLIN};
    if (cluster_files_supervisor() == pid) { /* still the same one now that the descriptor holds it */
        if (syscall(SYS_pidfd_send_signal, pidfd, SIGTERM, NULL, 0) != 0 && errno != ESRCH)
            ok = error_set_errno(error, errno, "cannot end the supervisor, process %ld", pid);
        else if (poll(&item, 1, END_GRACE_MS) <= 0)
            ok = (syscall(SYS_pidfd_send_signal, pidfd, SIGKILL, NULL, 0) == 0 && poll(&item, 1, END_GRACE_MS) > 0) ||
                 error_set(error, ERROR_UNAVAILABLE, "the supervisor, process %ld, does not end", pid);
    }
    close(pidfd);
    return ok;
}

static bool down(int verbosity, struct error *error)
{
    long pid = cluster_files_supervisor();
    bool left = file_exists(CLUSTER_STATE_FILE);
    if (pid > 0 && !end_supervisor(pid, error))
        return false;
    if (!cluster_files_clean(error))
        return false;
    if (verbosity >= 0)
        fprintf(stderr, "kbench: %s\n",
                pid > 0 ? "the cluster is down"
                : left  ? "the cluster was down: its supervisor had died; what it left is removed"
                        : "no cluster is up");
    return true;
}

static bool status(struct error *error)
{
    if (cluster_files_supervisor() == 0)
        return error_set(error, ERROR_ANSWER_NO, "%s",
                         file_exists(CLUSTER_STATE_FILE) ? "the cluster is down: its supervisor has died"
                                                         : "no cluster is up");
    json_t *state = cluster_files_read(error);
    if (!state)
        return false;
    const char *problem = json_get_string(state, "problem", "");
    printf("bootstrap.servers  %s\nkafka              %s\nsupervisor         %lld\nbrokers           ",
           json_get_string(state, "bootstrap_servers", ""), json_get_string(state, "kafka", ""),
           (long long)json_get_integer(state, "pid", 0));
    size_t index;
    const json_t *pid;
    json_array_foreach(json_object_get(state, "broker_pids"), index, pid)
        printf(" %lld", (long long)json_integer_value(pid));
    printf("\nlogs               %s\n", CLUSTER_LOG_FOLDER);
    bool whole = !problem[0] || error_set(error, ERROR_ANSWER_NO, "%s", problem);
    json_decref(state);
    return whole;
}

static bool run(const struct invocation *invocation, struct error *error)
{
    static const char *const verbs[] = {"up", "down", "status"};
    const char *verb = invocation->arguments[0];
    const char *file = invocation->argument_count > 1 ? invocation->arguments[1] : NULL;
    if (string_equal(verb, "up"))
        return up(file, invocation->verbosity, error);
    if (string_equal(verb, "supervise"))
        return cluster_supervise(file, error);
    if (string_equal(verb, "down"))
        return down(invocation->verbosity, error);
    if (string_equal(verb, "status"))
        return status(error);
    error_set(error, ERROR_INPUT, "'kbench cluster' does not know '%s'", verb);
    return error_suggest(error, verb, verbs, sizeof verbs / sizeof *verbs);
}

const struct command command_cluster = {
    .name = "cluster",
    .arguments = "up|down|status [FILE]",
    .summary = "a local cluster to play with, as FILE's cluster section says (default: experiments/v2.yaml)",
    .options = options,
    .min_arguments = 1,
    .max_arguments = 2,
    .run = run,
};

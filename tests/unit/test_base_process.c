/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/process.h"

#include "near.h"

#include "base/banned.h"

/* Long enough for a machine under load; nothing here waits for it when all is well. */
#define TIMEOUT_MS 20000
#define LIMIT_BYTES ((size_t)1 << 20)
#define COMMAND(...) ((const char *const[]){__VA_ARGS__, NULL})

static struct text run_command(const struct process_spec *spec, struct process_result *result)
{
    struct text output = TEXT_INIT;
    struct error error = ERROR_INIT;
    if (!process_run(spec, TIMEOUT_MS, LIMIT_BYTES, &output, NULL, result, &error))
        fail_msg("%s", error.message);
    return output;
}

static void check_output(const char *const *arguments, const char *expected)
{
    struct text output = run_command(&(struct process_spec){.arguments = arguments}, NULL);
    assert_string_equal(output.bytes, expected);
    text_release(&output);
}

static bool is_gone(pid_t pid)
{
    char path[64];
    struct text status = TEXT_INIT;
    snprintf(path, sizeof path, "/proc/%ld/status", (long)pid);
    bool gone = !file_read(path, 65536, &status, NULL) || strstr(status.bytes, "State:\tZ");
    text_release(&status);
    return gone;
}

static void wait_until_gone(pid_t pid)
{
    int64_t deadline_ns = clock_monotonic_ns() + TIMEOUT_MS * NS_PER_MS;
    while (!is_gone(pid) && clock_monotonic_ns() < deadline_ns)
        clock_sleep_ms(5);
    assert_true(is_gone(pid));
}

static void test_output_and_status(void **state)
{
    (void)state;
    struct text output = TEXT_INIT, errors = TEXT_INIT;
    struct process_result result;
    const struct process_spec spec = {.arguments = COMMAND("sh", "-c", "echo out; echo err >&2; exit 7")};
    assert_true(process_run(&spec, TIMEOUT_MS, LIMIT_BYTES, &output, &errors, &result, NULL));
    assert_string_equal(output.bytes, "out\n");
    assert_string_equal(errors.bytes, "err\n");
    assert_true(result.exited);
    assert_int_equal(result.status, 7);
    assert_int_equal(result.signal, 0);
    assert_true(result.cpu_s >= 0);
    assert_true(result.max_rss_bytes > 10000);
    text_release(&output);
    text_release(&errors);
}

static void test_ended_by_a_signal(void **state)
{
    (void)state;
    struct process_result result;
    struct text output =
        run_command(&(struct process_spec){.arguments = COMMAND("sh", "-c", "kill -TERM $$")}, &result);
    assert_int_equal(result.signal, SIGTERM);
    assert_int_equal(result.status, 128 + SIGTERM);
    text_release(&output);
}

static void test_input_is_empty_unless_given(void **state)
{
    (void)state;
    check_output(COMMAND("cat"), "");
    int fd = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    struct text output = run_command(&(struct process_spec){.arguments = COMMAND("head", "-c", "5"),
                                                            .input = PROCESS_FD,
                                                            .input_fd = fd},
                                     NULL);
    assert_string_equal(output.bytes, "Name:");
    text_release(&output);
    close(fd);
}

static void test_conversation_over_pipes(void **state)
{
    (void)state;
    struct process process;
    const struct process_spec spec = {.arguments = COMMAND("cat"), .input = PROCESS_PIPE, .output = PROCESS_PIPE};
    assert_true(process_start(&process, &spec, NULL));
    char line[16] = "";
    /* The parent's reading end does not block. */
    assert_int_equal(read(process.output_fd, line, sizeof line), -1);
    assert_int_equal(errno, EAGAIN);
    assert_int_equal(write(process.input_fd, "hello", 5), 5);
    ssize_t got;
    while ((got = read(process.output_fd, line, sizeof line - 1)) < 0 && errno == EAGAIN)
        clock_sleep_ms(1);
    assert_int_equal(got, 5);
    assert_false(process_wait(&process, 0, NULL));
    close(process.input_fd);
    process.input_fd = -1;
    assert_true(process_wait(&process, TIMEOUT_MS, NULL));
    assert_int_equal(process.pid, 0);
    assert_true(process_wait(&process, 0, NULL)); /* again: nothing to wait for */
    process_end(&process, SIGKILL, 0, NULL);
    process_release(&process);
}

static void check_start_fails(const struct process_spec *spec, const char *reason)
{
    struct process process;
    struct error error = ERROR_INIT;
    assert_false(process_start(&process, spec, &error));
    assert_int_equal(process.pid, 0);
    assert_int_equal(error.category, ERROR_UNAVAILABLE);
    assert_non_null(strstr(error.message, spec->arguments[0]));
    assert_non_null(strstr(error.message, reason));
    /* No child is left behind. */
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
}

static void test_exec_tells_its_errno(void **state)
{
    (void)state;
    check_start_fails(&(struct process_spec){.arguments = COMMAND("kbench-no-such-program")},
                      "No such file or directory");
    check_start_fails(&(struct process_spec){.arguments = COMMAND("/no/such/program")}, "No such file or directory");
    check_start_fails(&(struct process_spec){.arguments = COMMAND("/proc/self/status")}, "Permission denied");
    check_start_fails(&(struct process_spec){.arguments = COMMAND("true"), .directory = "/no/such"},
                      "No such file or directory");
}

static void test_no_shell_for_a_script_without_interpreter(void **state)
{
    (void)state;
    char path[] = "/tmp/kbench-test-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "echo shell\n", 11), 11);
    assert_int_equal(fchmod(fd, 0755), 0);
    close(fd);
    check_start_fails(&(struct process_spec){.arguments = COMMAND(path)}, "Exec format error");
    unlink(path);
}

static void test_environment_is_filtered(void **state)
{
    (void)state;
    setenv("KAFKA_SECRET", "hidden", 1);
    setenv("JAVA_TOOL_OPTIONS", "-Xmx1m", 1);
    setenv("LC_ALL", "tlh_KX", 1);
    setenv("TZ", "UTC", 1);
    static const char *const additional[] = {"ADDED=1", "TZ=Asia/Tokyo", "HOME=/elsewhere", NULL};
    struct text output =
        run_command(&(struct process_spec){.arguments = COMMAND("env"), .environment = additional}, NULL);
    text_append(&output, "\n");
    assert_null(strstr(output.bytes, "hidden"));
    assert_null(strstr(output.bytes, "JAVA_TOOL_OPTIONS"));
    assert_null(strstr(output.bytes, "tlh_KX"));
    assert_non_null(strstr(output.bytes, "LC_ALL=C.UTF-8\n"));
    assert_non_null(strstr(output.bytes, "PATH="));
    assert_non_null(strstr(output.bytes, "ADDED=1\n"));
    /* What is added replaces; a name that stands there twice would be read differently by different programs. */
    assert_non_null(strstr(output.bytes, "TZ=Asia/Tokyo\n"));
    assert_null(strstr(output.bytes, "TZ=UTC\n"));
    const char *home = strstr(output.bytes, "\nHOME=");
    home = home ? home : output.bytes;
    assert_null(strstr(home + 1, "\nHOME="));
    text_release(&output);
    static const char *const locale[] = {"LC_ALL=C", NULL};
    output =
        run_command(&(struct process_spec){.arguments = COMMAND("sh", "-c", "echo $LC_ALL"), .environment = locale},
                    NULL);
    assert_string_equal(output.bytes, "C\n");
    text_release(&output);
}

static void test_directory(void **state)
{
    (void)state;
    struct text output = run_command(&(struct process_spec){.arguments = COMMAND("pwd"), .directory = "/proc"}, NULL);
    assert_string_equal(output.bytes, "/proc\n");
    text_release(&output);
}

static void test_no_descriptor_leaks(void **state)
{
    (void)state;
    int fd = fcntl(STDIN_FILENO, F_DUPFD, 57); /* without close-on-exec, as a library might */
    assert_int_equal(fd, 57);
    check_output(COMMAND("sh", "-c", "test -e /proc/$$/fd/2 && echo open; test -e /proc/$$/fd/57 || echo closed"),
                 "open\nclosed\n");
    close(fd);
}

static void test_timeout(void **state)
{
    (void)state;
    struct text output = TEXT_INIT;
    struct process_result result = {.exited = true};
    struct error error = ERROR_INIT;
    const struct process_spec spec = {.arguments = COMMAND("sleep", "600")};
    assert_false(process_run(&spec, 50, LIMIT_BYTES, &output, NULL, &result, &error));
    assert_false(result.exited);
    assert_non_null(strstr(error.message, "'sleep' did not end in time"));
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    /* Closed its output, but lives on. */
    const struct process_spec silent = {.arguments = COMMAND("sh", "-c", "exec >&-; exec sleep 600")};
    assert_false(process_run(&silent, 50, LIMIT_BYTES, &output, NULL, &result, &error));
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    text_release(&output);
}

static void test_output_without_end_is_stopped(void **state)
{
    (void)state;
    struct text output = TEXT_INIT;
    struct error error = ERROR_INIT;
    const struct process_spec spec = {.arguments = COMMAND("yes")};
    assert_false(process_run(&spec, TIMEOUT_MS, 100000, &output, NULL, NULL, &error));
    assert_non_null(strstr(error.message, "'yes' wrote more than 100000 bytes"));
    assert_true(output.length <= 100000 + 65536);
    text_release(&output);
}

/* Start a shell that starts a sleeper which ignores SIGTERM, and tells its id. */
static pid_t start_family(struct process *process, const char *script)
{
    const struct process_spec spec = {.arguments = COMMAND("sh", "-c", script), .output = PROCESS_PIPE};
    assert_true(process_start(process, &spec, NULL));
    char line[32] = "";
    size_t length = 0;
    while (!strchr(line, '\n')) {
        ssize_t got = read(process->output_fd, line + length, sizeof line - 1 - length);
        if (got > 0)
            length += (size_t)got;
        else
            clock_sleep_ms(1);
    }
    pid_t grandchild = (pid_t)strtol(line, NULL, 10);
    assert_true(grandchild > 1 && !is_gone(grandchild));
    return grandchild;
}

static void test_the_whole_group_ends(void **state)
{
    (void)state;
    struct process process;
    struct process_result result;
    pid_t grandchild = start_family(&process, "trap '' TERM; sleep 600 & echo $!; wait; sleep 600");
    assert_int_equal(getpgid(grandchild), process.pid);
    process_end(&process, SIGTERM, 50, &result);
    assert_true(result.exited);
    assert_int_equal(result.signal, SIGKILL);
    wait_until_gone(grandchild);
    process_release(&process);
}

static void test_the_group_ends_with_a_child_that_obeys(void **state)
{
    (void)state;
    struct process process;
    struct process_result result;
    pid_t grandchild = start_family(&process, "(trap '' TERM; exec sleep 600) & echo $!; wait");
    process_end(&process, SIGTERM, TIMEOUT_MS, &result);
    assert_int_equal(result.signal, SIGTERM);
    wait_until_gone(grandchild);
    process_release(&process);
}

static void test_the_group_ends_with_a_child_that_ends_itself(void **state)
{
    (void)state;
    struct process process;
    struct process_result result;
    pid_t grandchild = start_family(&process, "sleep 600 >/dev/null & echo $!; exit 3");
    assert_true(process_wait(&process, TIMEOUT_MS, &result));
    assert_int_equal(result.status, 3);
    wait_until_gone(grandchild);
    process_release(&process);
}

/* A parent that starts a sleeper, tells its id and waits to be killed. */
static pid_t fork_parent(bool outlives, pid_t *parent)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    *parent = fork();
    assert_true(*parent >= 0);
    if (*parent == 0) {
        struct process process;
        const struct process_spec spec = {.arguments = COMMAND("sleep", "600"), .outlives_parent = outlives};
        if (!process_start(&process, &spec, NULL) ||
            write(ends[1], &process.pid, sizeof process.pid) != (ssize_t)sizeof process.pid)
            _exit(1);
        for (;;)
            pause();
    }
    pid_t child = 0;
    assert_int_equal(read(ends[0], &child, sizeof child), sizeof child);
    close(ends[0]);
    close(ends[1]);
    return child;
}

static void kill_parent(pid_t parent)
{
    kill(parent, SIGKILL);
    assert_int_equal(waitpid(parent, NULL, 0), parent);
}

static void test_a_child_dies_with_its_parent(void **state)
{
    (void)state;
    pid_t parent, child = fork_parent(false, &parent);
    kill_parent(parent);
    wait_until_gone(child);
}

static void test_a_supervisor_outlives_its_parent(void **state)
{
    (void)state;
    pid_t parent, child = fork_parent(true, &parent);
    kill_parent(parent);
    clock_sleep_ms(50);
    assert_false(is_gone(child));
    kill(-child, SIGKILL);
    wait_until_gone(child);
}

static void test_where_children_are_reaped_by_the_kernel(void **state)
{
    (void)state;
    struct process process;
    struct process_result result;
    const struct process_spec spec = {.arguments = COMMAND("true")};
    signal(SIGCHLD, SIG_IGN);
    assert_true(process_start(&process, &spec, NULL));
    assert_true(
        process_wait(&process, TIMEOUT_MS, &result)); /* no status is to be had, but it does not wait for ever */
    assert_false(result.exited);
    signal(SIGCHLD, SIG_DFL);
}

static void test_cpu_time(void **state)
{
    (void)state;
    /* proc(5): the name in parentheses may hold blanks and parentheses; utime 250 and stime 50 ticks. */
    double ticks = (double)sysconf(_SC_CLK_TCK);
    assert_near(process_stat_cpu_s("7 (a) b (c)) S 1 7 7 0 -1 4194304 101 0 0 0 250 50 9 9 20 0 1 0 52394"),
                300 / ticks, 1e-9);
    assert_near(process_stat_cpu_s(""), -1, 0);
    assert_near(process_stat_cpu_s("7 (a) S 1 7"), -1, 0);
    assert_true(process_cpu_s(getpid()) >= 0);
    assert_near(process_cpu_s(0x7ffffff0), -1, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_output_and_status),
        cmocka_unit_test(test_ended_by_a_signal),
        cmocka_unit_test(test_input_is_empty_unless_given),
        cmocka_unit_test(test_conversation_over_pipes),
        cmocka_unit_test(test_exec_tells_its_errno),
        cmocka_unit_test(test_no_shell_for_a_script_without_interpreter),
        cmocka_unit_test(test_environment_is_filtered),
        cmocka_unit_test(test_directory),
        cmocka_unit_test(test_no_descriptor_leaks),
        cmocka_unit_test(test_timeout),
        cmocka_unit_test(test_output_without_end_is_stopped),
        cmocka_unit_test(test_the_whole_group_ends),
        cmocka_unit_test(test_the_group_ends_with_a_child_that_obeys),
        cmocka_unit_test(test_the_group_ends_with_a_child_that_ends_itself),
        cmocka_unit_test(test_a_child_dies_with_its_parent),
        cmocka_unit_test(test_a_supervisor_outlives_its_parent),
        cmocka_unit_test(test_where_children_are_reaped_by_the_kernel),
        cmocka_unit_test(test_cpu_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

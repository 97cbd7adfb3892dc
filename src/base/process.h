/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one way to run another program.
 *
 * A child gets a process group of its own, dies with the thread that started it (PR_SET_PDEATHSIG, SIGKILL: so start
 * children from the main thread only), inherits no descriptor but the three standard ones, and an environment that is
 * filtered: PATH, HOME, LANG, LC_*, TZ, TMPDIR, TERM, LD_LIBRARY_PATH, LD_PRELOAD, JAVA_HOME, PYTHON*, KBENCH_* and the
 * sanitizers' options pass, LC_ALL=C.UTF-8 is set, `environment` adds to it. No shell is ever involved, not for a script without
 * an interpreter line either. A failed exec comes back from process_start() with its errno.
 */
#ifndef KBENCH_BASE_PROCESS_H
#define KBENCH_BASE_PROCESS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"
#include "base/text.h"

enum process_stream {
    PROCESS_NULL = 0, /* /dev/null */
    PROCESS_PIPE, /* a pipe to the parent, in struct process; close-on-exec, the parent's end non-blocking for reading */
    PROCESS_FD,   /* the descriptor given in the spec; stays the caller's */
    PROCESS_INHERIT, /* the parent's own */
};

struct process_spec {
    const char *const *arguments; /* NULL-terminated; [0] is looked up on PATH when it has no slash */
    const char *const
        *environment;      /* NULL or NULL-terminated "NAME=value", instead of the filtered ones of that name */
    const char *directory; /* working directory, or NULL */
    enum process_stream input, output, error_output;
    int input_fd, output_fd, error_output_fd; /* for PROCESS_FD */
    bool outlives_parent;                     /* only for the supervisor of `kbench cluster up` */
};

struct process {
    pid_t pid;                                /* 0 when not running: never started, or already waited for */
    int input_fd, output_fd, error_output_fd; /* parent's ends of PROCESS_PIPE, else -1; owned by the struct */
};
#define PROCESS_INIT                                                                                                   \
    {                                                                                                                  \
        .pid = 0, .input_fd = -1, .output_fd = -1, .error_output_fd = -1                                               \
    }

struct process_result {
    bool exited;  /* false while it still runs (a wait that met its deadline) */
    int status;   /* exit status, or 128 + signal */
    int signal;   /* the signal that ended it, or 0 */
    double cpu_s; /* user + system seconds of this child and its waited-for children (wait4) */
    int64_t max_rss_bytes;
};

bool process_start(struct process *process, const struct process_spec *spec, struct error *error);

/* Wait until it has ended or `timeout_ms` has passed (0: only look, negative: for ever). True when it has ended, with
 * `result` filled (may be NULL). What it leaves behind in its process group is killed. */
bool process_wait(struct process *process, int timeout_ms, struct process_result *result);

/* End the whole process group: `signal`, then SIGKILL after `grace_ms`; reaps the child. Harmless when not running. */
void process_end(struct process *process, int signal, int grace_ms, struct process_result *result);

/* Close the parent's ends of the pipes and forget the child; it must have been waited for. */
void process_release(struct process *process);

/* Run to the end and collect the output (either text may be NULL), at most `limit_bytes` of each (more ends it with an
 * error). False when it could not be started or did not end within `timeout_ms`; a non-zero exit is not an error here. */
bool process_run(const struct process_spec *spec, int timeout_ms, size_t limit_bytes, struct text *output,
                 struct text *error_output, struct process_result *result, struct error *error);

/* CPU time used so far by a living process and all its threads, in seconds, from /proc/<pid>/stat; < 0 when gone. */
double process_cpu_s(pid_t pid);
/* The same from the content of such a file; < 0 when it is not one. */
double process_stat_cpu_s(const char *stat);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which thread of some processes used most CPU time over a window: a client whose busiest thread fills a core is limited by
 * itself, whatever else the machine has to give. Internal to this room.
 *
 * /proc/<pid>/task/<tid>/stat is read as the window begins, as it ends, and between these after each twentieth of what has
 * passed of it, but at least every second: so the last reading of a process that ends is never far from its end. A reading
 * costs about 5 µs a thread. A thread that comes and goes between two readings is not seen, and the compiler threads of a JVM are not
 * counted.
 */
#ifndef KBENCH_ENVIRONMENT_THREADS_H
#define KBENCH_ENVIRONMENT_THREADS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct thread {
    pid_t id;
    int64_t started_ticks; /* with it the id is unique: ids are used again */
    double first_cpu_s, last_cpu_s;
};

struct threads {
    struct thread *items;
    size_t count;
    int64_t from_ns, to_ns;       /* the window; from_ns < 0: none is expected */
    int64_t opened_ns, latest_ns; /* the first and the latest reading; -1: none yet */
};
#define THREADS_INIT                                                                                                   \
    {                                                                                                                  \
        .from_ns = -1, .opened_ns = -1, .latest_ns = -1                                                                \
    }

/* A window is to come; INT64_MAX as its end: not known yet. */
void threads_expect(struct threads *threads, int64_t from_ns, int64_t to_ns);
/* Whether a reading is due. */
bool threads_due(const struct threads *threads, int64_t now_ns);
/* What all threads of a process have used, by its open folder /proc/<pid>/task. */
void threads_read(struct threads *threads, int task_fd, int64_t now_ns);
/* One thread's content of a stat file; anything else is passed over, and a JVM's compiler. */
void threads_take(struct threads *threads, const char *stat, int64_t now_ns);
/* The busiest thread's seconds in [from_ns, to_ns), at its mean rate between the first and the latest reading; -1 when these are
 * not about as far apart as the bounds. */
double threads_busiest_cpu_s(const struct threads *threads, int64_t from_ns, int64_t to_ns);
void threads_release(struct threads *threads);

#endif

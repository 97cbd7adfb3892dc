/* SPDX-License-Identifier: Apache-2.0 */
#include "environment/threads.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/process.h"
#include "base/text.h"
#include "environment/proc_text.h"

#include "base/banned.h"

#define SPACING_MIN_NS (100 * NS_PER_MS)
#define SPACING_MAX_NS NS_PER_S
#define READINGS_BEFORE_MAX 20
/* How much longer or shorter than the window the time between the first and the latest reading may be. */
#define TOLERANCE 0.1

void threads_expect(struct threads *threads, int64_t from_ns, int64_t to_ns)
{
    threads_release(threads);
    threads->from_ns = from_ns;
    threads->to_ns = to_ns;
}

bool threads_due(const struct threads *threads, int64_t now_ns)
{
    if (threads->from_ns < 0 || now_ns < threads->from_ns)
        return false;
    if (threads->opened_ns < 0)
        return true;
    if (threads->latest_ns >= threads->to_ns)
        return false;
    int64_t spacing_ns = (now_ns - threads->opened_ns) / READINGS_BEFORE_MAX;
    spacing_ns = spacing_ns < SPACING_MIN_NS ? SPACING_MIN_NS : spacing_ns;
    spacing_ns = spacing_ns > SPACING_MAX_NS ? SPACING_MAX_NS : spacing_ns;
    return now_ns >= threads->to_ns || now_ns - threads->latest_ns >= spacing_ns;
}

static struct thread *find(const struct threads *threads, pid_t id, int64_t started_ticks)
{
    for (size_t i = 0; i < threads->count; i++)
        if (threads->items[i].id == id && threads->items[i].started_ticks == started_ticks)
            return &threads->items[i];
    return NULL;
}

/* A JVM's compilers work in the background: nobody waits for them, and in a short trial they are often its busiest threads. */
static bool is_compiler(const char *stat)
{
    const char *name = strchr(stat, '(');
    return name && (string_starts_with(name, "(C1 Compiler") || string_starts_with(name, "(C2 Compiler"));
}

void threads_take(struct threads *threads, const char *stat, int64_t now_ns)
{
    double cpu_s = process_stat_cpu_s(stat);
    int64_t started_ticks = proc_started_ticks(stat);
    if (cpu_s < 0 || started_ticks < 0 || is_compiler(stat))
        return;
    if (threads->opened_ns < 0)
        threads->opened_ns = now_ns;
    threads->latest_ns = now_ns;
    pid_t id = (pid_t)strtol(stat, NULL, 10);
    struct thread *thread = find(threads, id, started_ticks);
    if (!thread) {
        threads->items = memory_resized(threads->items, threads->count + 1, sizeof *threads->items);
        thread = &threads->items[threads->count++];
        /* One that has come since the window began has used all of its time in it. */
        double first_cpu_s = threads->opened_ns == now_ns ? cpu_s : 0;
        *thread = (struct thread){.id = id, .started_ticks = started_ticks, .first_cpu_s = first_cpu_s};
    }
    thread->last_cpu_s = cpu_s;
}

/* The beginning of a thread's stat file as a string; false when the thread has gone. */
static bool read_stat(int task_fd, const char *id, char *buffer, size_t size)
{
    char path[NAME_MAX + sizeof "/stat"];
    snprintf(path, sizeof path, "%s/stat", id);
    int fd = openat(task_fd, path, O_RDONLY | O_CLOEXEC);
    ssize_t length = fd >= 0 ? read(fd, buffer, size - 1) : -1;
    if (fd >= 0)
        close(fd);
    if (length <= 0)
        return false;
    buffer[length] = '\0';
    return true;
}

void threads_read(struct threads *threads, int task_fd, int64_t now_ns)
{
    int fd = openat(task_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC); /* its own position, closed with the list */
    DIR *list = fd >= 0 ? fdopendir(fd) : NULL;
    if (!list) {
        if (fd >= 0)
            close(fd);
        return;
    }
    char stat[1024];
    for (const struct dirent *entry; (entry = readdir(list));)
        if (entry->d_name[0] != '.' && read_stat(task_fd, entry->d_name, stat, sizeof stat))
            threads_take(threads, stat, now_ns);
    closedir(list);
}

double threads_busiest_cpu_s(const struct threads *threads, int64_t from_ns, int64_t to_ns)
{
    double covered_ns = (double)(threads->latest_ns - threads->opened_ns), asked_ns = (double)(to_ns - from_ns);
    if (covered_ns <= 0 || covered_ns < (1 - TOLERANCE) * asked_ns || covered_ns > (1 + TOLERANCE) * asked_ns)
        return -1;
    double busiest_s = 0;
    for (size_t i = 0; i < threads->count; i++) {
        double used_s = threads->items[i].last_cpu_s - threads->items[i].first_cpu_s;
        if (used_s > busiest_s)
            busiest_s = used_s;
    }
    return busiest_s * asked_ns / covered_ns;
}

void threads_release(struct threads *threads)
{
    free(threads->items);
    *threads = (struct threads)THREADS_INIT;
}

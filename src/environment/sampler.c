/* SPDX-License-Identifier: Apache-2.0 */
/* Files of /proc are opened once and read again with pread: the kernel makes their text anew for each. */
#include "environment/sampler.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/process.h"
#include "base/text.h"
#include "environment/parts.h"
#include "environment/proc_text.h"
#include "environment/readings.h"
#include "environment/threads.h"

#include "base/banned.h"

#define FREQUENCY_SPACING_NS (INT64_C(1000) * 1000 * 1000)

/* An open /proc/<pid>/stat stays with that process: when it is gone, reading fails, even if its id is used again. The same goes
 * for /proc/<pid>/task. */
struct watched {
    pid_t pid;
    int stat_fd;
    int task_fd;
    double first_cpu_s, last_cpu_s;
};

struct watched_list {
    struct watched *items;
    size_t count;
};

struct sampler {
    int stat_fd, meminfo_fd;
    int stall_cpu_fd, stall_io_fd, stall_memory_fd;
    int disk_fd;
    int *frequency_fds;
    size_t frequency_count;
    int64_t frequency_at_ns;
    double frequency_mhz;
    struct watched_list clients, brokers;
    struct threads threads; /* of the clients */
    struct readings readings;
};

static int open_file(const char *path)
{
    return open(path, O_RDONLY | O_CLOEXEC);
}

/* The beginning of a file as a string; false when it cannot be read. */
static bool read_again(int fd, char *buffer, size_t size)
{
    ssize_t length = fd >= 0 ? pread(fd, buffer, size - 1, 0) : -1;
    if (length <= 0)
        return false;
    buffer[length] = '\0';
    return true;
}

static void open_frequencies(struct sampler *sampler)
{
    long cores = sysconf(_SC_NPROCESSORS_CONF);
    for (long i = 0; i < cores; i++) {
        char *path = string_format("/sys/devices/system/cpu/cpu%ld/cpufreq/scaling_cur_freq", i);
        int fd = open_file(path);
        free(path);
        if (fd < 0)
            continue;
        sampler->frequency_fds =
            memory_resized(sampler->frequency_fds, sampler->frequency_count + 1, sizeof *sampler->frequency_fds);
        sampler->frequency_fds[sampler->frequency_count++] = fd;
    }
}

struct sampler *sampler_new(void)
{
    struct sampler *sampler = memory_zeroed(1, sizeof *sampler);
    sampler->stat_fd = open_file("/proc/stat");
    sampler->meminfo_fd = open_file("/proc/meminfo");
    sampler->stall_cpu_fd = open_file("/proc/pressure/cpu");
    sampler->stall_io_fd = open_file("/proc/pressure/io");
    sampler->stall_memory_fd = open_file("/proc/pressure/memory");
    sampler->disk_fd = -1;
    sampler->threads = (struct threads)THREADS_INIT;
    sampler->frequency_mhz = -1;
    open_frequencies(sampler);
    return sampler;
}

static void watched_read(struct watched *watched)
{
    char text[1024];
    double cpu_s = read_again(watched->stat_fd, text, sizeof text) ? process_stat_cpu_s(text) : -1;
    if (cpu_s > watched->last_cpu_s)
        watched->last_cpu_s = cpu_s;
}

static int open_process_file(pid_t pid, const char *name)
{
    char *path = string_format("/proc/%ld/%s", (long)pid, name);
    int fd = open_file(path);
    free(path);
    return fd;
}

static void watch(struct watched_list *list, const pid_t *pids, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool known = false;
        for (size_t j = 0; j < list->count; j++)
            known = known || list->items[j].pid == pids[i];
        struct watched watched = {.pid = pids[i], .stat_fd = known ? -1 : open_process_file(pids[i], "stat")};
        if (watched.stat_fd < 0)
            continue;
        watched.task_fd = open_process_file(pids[i], "task");
        watched_read(&watched);
        watched.first_cpu_s = watched.last_cpu_s;
        list->items = memory_resized(list->items, list->count + 1, sizeof *list->items);
        list->items[list->count++] = watched;
    }
}

void sampler_watch(struct sampler *sampler, const pid_t *clients, size_t client_count, const pid_t *brokers,
                   size_t broker_count)
{
    watch(&sampler->clients, clients, client_count);
    watch(&sampler->brokers, brokers, broker_count);
}

void sampler_watch_disk(struct sampler *sampler, const char *folder)
{
    char *path = folder ? log_device_stat_path(folder) : NULL;
    sampler->disk_fd = path ? open_file(path) : -1;
    free(path);
}

void sampler_expect_window(struct sampler *sampler, int64_t from_ns, int64_t to_ns)
{
    threads_expect(&sampler->threads, from_ns, to_ns);
}

/* The processes' CPU time since each is watched; -1 when there is none. */
static double watched_sum(struct watched_list *list)
{
    double sum_s = 0;
    for (size_t i = 0; i < list->count; i++) {
        watched_read(&list->items[i]);
        sum_s += list->items[i].last_cpu_s - list->items[i].first_cpu_s;
    }
    return list->count ? sum_s : -1;
}

static double own_cpu_s(void)
{
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage) != 0)
        return -1;
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static double stall_s(int fd)
{
    char text[256];
    return read_again(fd, text, sizeof text) ? proc_pressure_some_s(text) : -1;
}

static double disk_busy_s(int fd)
{
    char text[512];
    return read_again(fd, text, sizeof text) ? proc_disk_busy_s(text) : -1;
}

static int64_t dirty_bytes(int fd)
{
    char text[4096];
    return read_again(fd, text, sizeof text) ? proc_dirty_bytes(text) : -1;
}

/* Asking a sleeping core for its frequency can wake it, so this is not done with every reading. */
static double frequency_mhz(struct sampler *sampler, int64_t now_ns)
{
    if (sampler->frequency_count == 0 ||
        (sampler->frequency_mhz > 0 && now_ns - sampler->frequency_at_ns < FREQUENCY_SPACING_NS))
        return sampler->frequency_mhz;
    double sum_khz = 0;
    size_t told = 0;
    for (size_t i = 0; i < sampler->frequency_count; i++) {
        char text[64];
        long khz = read_again(sampler->frequency_fds[i], text, sizeof text) ? strtol(text, NULL, 10) : 0;
        sum_khz += (double)khz;
        told += khz > 0;
    }
    sampler->frequency_at_ns = now_ns;
    sampler->frequency_mhz = told ? sum_khz / 1000 / (double)told : -1;
    return sampler->frequency_mhz;
}

static void tick_threads(struct sampler *sampler, int64_t now_ns)
{
    if (!threads_due(&sampler->threads, now_ns))
        return;
    for (size_t i = 0; i < sampler->clients.count; i++)
        if (sampler->clients.items[i].task_fd >= 0)
            threads_read(&sampler->threads, sampler->clients.items[i].task_fd, now_ns);
}

void sampler_tick(struct sampler *sampler, int64_t now_ns)
{
    tick_threads(sampler, now_ns);
    if (!readings_due(&sampler->readings, now_ns))
        return;
    struct sampler_reading reading = {.at_ns = now_ns, .busy_cpu_s = -1, .steal_s = -1, .total_s = -1};
    char text[512];
    struct proc_cpu_times times;
    if (read_again(sampler->stat_fd, text, sizeof text) && proc_cpu_times(text, sysconf(_SC_CLK_TCK), &times)) {
        reading.busy_cpu_s = times.busy_s;
        reading.steal_s = times.steal_s;
        reading.total_s = times.total_s;
    }
    reading.client_cpu_s = watched_sum(&sampler->clients);
    reading.broker_cpu_s = watched_sum(&sampler->brokers);
    reading.own_cpu_s = own_cpu_s();
    reading.stall_cpu_s = stall_s(sampler->stall_cpu_fd);
    reading.stall_io_s = stall_s(sampler->stall_io_fd);
    reading.stall_memory_s = stall_s(sampler->stall_memory_fd);
    reading.disk_busy_s = disk_busy_s(sampler->disk_fd);
    reading.dirty_bytes = dirty_bytes(sampler->meminfo_fd);
    reading.frequency_mhz = frequency_mhz(sampler, now_ns);
    readings_add(&sampler->readings, &reading);
}

void sampler_at(const struct sampler *sampler, int64_t at_ns, struct sampler_reading *reading)
{
    readings_at(&sampler->readings, at_ns, reading);
}

void sampler_usage(const struct sampler *sampler, int64_t from_ns, int64_t to_ns, struct sampler_usage *usage)
{
    readings_usage(&sampler->readings, from_ns, to_ns, usage);
    usage->client_busiest_thread_cpu_s = threads_busiest_cpu_s(&sampler->threads, from_ns, to_ns);
}

static void close_file(int fd)
{
    if (fd >= 0)
        close(fd);
}

static void watched_release(struct watched_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        close_file(list->items[i].stat_fd);
        close_file(list->items[i].task_fd);
    }
    free(list->items);
}

void sampler_free(struct sampler *sampler)
{
    if (!sampler)
        return;
    close_file(sampler->stat_fd);
    close_file(sampler->meminfo_fd);
    close_file(sampler->stall_cpu_fd);
    close_file(sampler->stall_io_fd);
    close_file(sampler->stall_memory_fd);
    close_file(sampler->disk_fd);
    for (size_t i = 0; i < sampler->frequency_count; i++)
        close_file(sampler->frequency_fds[i]);
    free(sampler->frequency_fds);
    watched_release(&sampler->clients);
    watched_release(&sampler->brokers);
    threads_release(&sampler->threads);
    readings_release(&sampler->readings);
    free(sampler);
}

int64_t environment_dirty_bytes(void)
{
    int fd = open_file("/proc/meminfo");
    int64_t bytes = dirty_bytes(fd);
    close_file(fd);
    return bytes;
}

int64_t environment_available_memory_bytes(void)
{
    char text[4096];
    int fd = open_file("/proc/meminfo");
    int64_t bytes = read_again(fd, text, sizeof text) ? proc_meminfo_bytes(text, "MemAvailable") : -1;
    close_file(fd);
    return bytes;
}

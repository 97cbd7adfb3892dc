/* SPDX-License-Identifier: Apache-2.0 */
#include "cluster/local_usage.h"

#include <fcntl.h>
#include <math.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "cluster/broker_metrics.h"
#include "cluster/gc_log.h"

#include "base/banned.h"

/* One full log and the one in use: a pause is a line of about 90 bytes, so that both hold more than a hundred thousand. */
#define GC_LOG_FILES "filecount=1,filesize=8M"
#define GC_LOG_BYTES_MAX (32 << 20)
/* How long the agent may take to tell of a moment: a period, and what a busy machine adds. */
#define TELL_TIMEOUT_NS (4 * BROKER_METRICS_PERIOD_NS)
#define TELL_POLL_MS 10

/* ---- the arguments ---- */

static char *metrics_file(const struct local *local, const struct broker *broker)
{
    return string_format("%s/broker-%d.metrics", local->data_folder, broker->id);
}

/* Relative to where the broker runs: in an -Xlog argument ':' and '%' of a folder's name would mean something. */
static char *gc_log_name(const struct broker *broker)
{
    return string_format("broker-%d.gc.log", broker->id);
}

void local_usage_push_arguments(const struct local *local, const struct broker *broker, struct string_list *arguments)
{
    /* ZGC logs its pauses as phases; what other collectors call so are parts of one pause, five lines for each. */
    bool is_zgc = string_list_contains(&local->definition->jvm, "-XX:+UseZGC");
    char *log = gc_log_name(broker), *file = metrics_file(local, broker);
    char *agent = string_format("%s/lib/broker-metrics.jar", file_build());
    string_list_push_format(arguments, "-Xlog:gc%s:file=%s:timenanos:" GC_LOG_FILES, is_zgc ? ",gc+phases" : "", log);
    if (file_exists(agent))
        string_list_push_format(arguments, "-javaagent:%s=%s", agent, file);
    free(log);
    free(file);
    free(agent);
}

/* ---- what the agents wrote ---- */

/* The end of the file with all lines since `from_ns`; nothing when there is no file. */
static void read_lines_since(const char *path, int64_t from_ns, struct text *lines)
{
    text_clear(lines);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    if (fd >= 0 && fstat(fd, &status) == 0) {
        int64_t periods = (clock_monotonic_ns() - from_ns) / BROKER_METRICS_PERIOD_NS + 4;
        off_t wanted = (off_t)periods * BROKER_METRICS_LINE_BYTES;
        off_t begin = status.st_size > wanted ? status.st_size - wanted : 0;
        size_t size = (size_t)(status.st_size - begin);
        char *bytes = memory_zeroed(size + 1, 1);
        ssize_t length = pread(fd, bytes, size, begin);
        /* Not from within a line. */
        const char *first = begin == 0 ? bytes : strchr(bytes, '\n');
        if (length > 0 && first)
            text_append(lines, first);
        free(bytes);
    }
    if (fd >= 0)
        close(fd);
}

/* As read_lines_since(), as soon as a line is there that is not older than `to_ns`, or after a timeout. */
static void await_lines(const char *path, int64_t from_ns, int64_t to_ns, struct text *lines)
{
    read_lines_since(path, from_ns, lines);
    while (lines->length > 0 && broker_metrics_end_ns(lines->bytes) < to_ns &&
           clock_monotonic_ns() < to_ns + TELL_TIMEOUT_NS) {
        clock_sleep_ms(TELL_POLL_MS);
        read_lines_since(path, from_ns, lines);
    }
}

static void read_metrics(const struct local *local, const struct broker *broker, int64_t from_ns, int64_t to_ns,
                         struct broker_metrics *metrics)
{
    struct text lines = TEXT_INIT;
    char *path = metrics_file(local, broker);
    await_lines(path, from_ns, to_ns, &lines);
    broker_metrics_between(lines.bytes, from_ns, to_ns, metrics);
    text_release(&lines);
    free(path);
}

/* ---- what the JVMs logged ---- */

/* The log that a JVM has filled, or that one before it has left, and the one in use. False when they do not tell of all since
 * `from_ns`. */
static bool read_gc_logs(const struct local *local, const struct broker *broker, int64_t from_ns, struct text *logs)
{
    char *name = gc_log_name(broker);
    char *path = string_format("%s/%s", local->log_folder, name), *before = string_format("%s.0", path);
    bool all = !file_exists(before) ||
               (file_read(before, GC_LOG_BYTES_MAX, logs, NULL) && gc_log_begin_ns(logs->bytes) <= from_ns);
    all = file_read(path, GC_LOG_BYTES_MAX, logs, NULL) && all;
    free(name);
    free(path);
    free(before);
    return all;
}

static void read_pauses(const struct local *local, const struct broker *broker, int64_t from_ns, int64_t to_ns,
                        struct gc_pauses *pauses)
{
    struct text logs = TEXT_INIT;
    if (read_gc_logs(local, broker, from_ns, &logs))
        gc_log_pauses(logs.bytes, from_ns, to_ns, pauses);
    else
        *pauses = (struct gc_pauses){.sum_s = NAN, .longest_ms = NAN};
    text_release(&logs);
}

/* ---- all brokers ---- */

/* NAN when one of them is: of brokers that are not known none is the busiest. */
static double least(double a, double b)
{
    return isnan(a) || a < b ? a : b;
}

static double greatest(double a, double b)
{
    return isnan(a) || a > b ? a : b;
}

void local_usage(const struct local *local, int64_t from_ns, int64_t to_ns, struct cluster_usage *usage)
{
    *usage = (struct cluster_usage){.idle_share = 1};
    for (int i = 0; i < local->count; i++) {
        struct broker_metrics metrics;
        struct gc_pauses pauses;
        read_metrics(local, &local->brokers[i], from_ns, to_ns, &metrics);
        read_pauses(local, &local->brokers[i], from_ns, to_ns, &pauses);
        usage->idle_share = least(metrics.idle_share, usage->idle_share);
        usage->bytes_in += metrics.bytes_in;
        usage->gc_s = greatest(pauses.sum_s, usage->gc_s);
        usage->gc_max_ms = greatest(pauses.longest_ms, usage->gc_max_ms);
    }
}

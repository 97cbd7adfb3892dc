/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A driver without a client: record i starts when the rate or the schedule intends it and is acknowledged after a fixed
 * latency, exactly. What kbench makes of it can be told in advance. Faults can be asked for, so that what kbench makes of
 * those can be tested as well.
 */
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define NS_PER_S 1000000000
#define NS_PER_MS 1000000
#define TICK_MS 10
#define STATUS_FAILED 1
#define BLOCK_SAMPLES (64 * 1024 / 24)

struct sample { /* as the protocol has it: 24 bytes, little-endian as every machine that this runs on */
    int64_t start_ns, end_ns;
    int32_t count, status;
};

struct settings {
    double rate_per_sec, fail_ratio;
    bool has_rate;            /* of the job, not of its own */
    const int64_t *offsets;   /* the schedule's, in ns after the begin of its span; NULL: equal distances */
    int64_t records, span_ns; /* of the schedule */
    int64_t latency_ns, stall_at_ns, stall_for_ns, fault_at_ns, limit;
    const char *fault; /* borrowed from the job */
};

struct run {
    struct settings settings;
    int samples_fd; /* -1: only count */
    struct sample block[BLOCK_SAMPLES];
    size_t block_count;
    int64_t t0_ns;
    int64_t sent, acked, failed;
};

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * NS_PER_S + now.tv_nsec;
}

__attribute__((format(printf, 1, 2))) static _Noreturn void give_up(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("null: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(1);
}

/* ---- the conversation ---- */

static json_t *read_line(void)
{
    char *line = NULL;
    size_t capacity = 0;
    json_t *value = getline(&line, &capacity, stdin) > 0 ? json_loads(line, 0, NULL) : NULL;
    free(line);
    return value;
}

static void write_line(json_t *value)
{
    if (!value || json_dumpf(value, stdout, JSON_COMPACT) != 0 || putchar('\n') == EOF || fflush(stdout) != 0)
        give_up("cannot write to standard output");
    json_decref(value);
}

static void say_ready(json_t *settings)
{
    write_line(json_pack("{s:s, s:i, s:I, s:{s:s, s:s}, s:O}", "event", "ready", "protocol", 1, "clock_ns",
                         (json_int_t)now_ns(), "versions", "client", "1", "library", "null", "settings", settings));
}

static void say_done(const struct run *run)
{
    json_t *errors = json_object();
    if (run->failed)
        json_object_set_new(errors, "NULL_FAILED", json_integer(run->failed));
    json_t *done = json_pack("{s:s, s:I, s:I, s:I, s:o}", "event", "done", "sent", (json_int_t)run->sent, "acked",
                             (json_int_t)run->acked, "failed", (json_int_t)run->failed, "errors", errors);
    if (run->settings.has_rate) /* it is never behind its rate */
        json_object_set_new(done, "due", json_integer(run->sent));
    write_line(done);
}

static bool is_stopped(int wait_ms)
{
    struct pollfd item = {.fd = STDIN_FILENO, .events = POLLIN};
    return poll(&item, 1, wait_ms) > 0;
}

/* ---- the job ---- */

static double number(const json_t *settings, const char *name, double fallback)
{
    const json_t *value = json_object_get(settings, name);
    return json_is_number(value) ? json_number_value(value) : fallback;
}

static int64_t duration_ns(const json_t *settings, const char *name, double fallback, int64_t unit_ns)
{
    return (int64_t)(number(settings, name, fallback) * (double)unit_ns);
}

/* Kept until the end of the process. NULL when there is no schedule. */
static const int64_t *read_offsets(const json_t *schedule, int64_t records)
{
    const char *path = json_string_value(json_object_get(schedule, "file"));
    if (!path)
        return NULL;
    FILE *file = fopen(path, "re");
    int64_t *offsets = records > 0 ? calloc((size_t)records, sizeof *offsets) : NULL;
    if (!file || !offsets || fread(offsets, sizeof *offsets, (size_t)records, file) != (size_t)records)
        give_up("cannot read %lld records of the schedule %s", (long long)records, path);
    fclose(file);
    return offsets;
}

static struct settings read_settings(const json_t *job)
{
    const json_t *schedule = json_object_get(job, "schedule");
    const int64_t records = (int64_t)number(schedule, "records", 0);
    const json_t *own = json_object_get(job, "settings");
    const char *fault = json_string_value(json_object_get(own, "null.fault"));
    double rate = number(job, "rate", 0);
    return (struct settings){
        .has_rate = rate > 0,
        .offsets = read_offsets(schedule, records),
        .records = records,
        .span_ns = (int64_t)number(schedule, "span_ns", 0),
        .rate_per_sec = rate > 0 ? rate : number(own, "null.rate", 100000),
        .fail_ratio = number(own, "null.fail.ratio", 0),
        .latency_ns = duration_ns(own, "null.latency.us", 1000, 1000),
        .stall_at_ns = duration_ns(own, "null.stall.at.ms", 0, NS_PER_MS),
        .stall_for_ns = duration_ns(own, "null.stall.for.ms", 0, NS_PER_MS),
        .fault_at_ns = duration_ns(own, "null.fault.at.ms", 0, NS_PER_MS),
        .limit = (int64_t)number(json_object_get(job, "limits"), "records", 0),
        .fault = fault ? fault : "none",
    };
}

/* ---- records ---- */

static void write_bytes(const struct run *run, const void *bytes, size_t length)
{
    for (size_t written = 0; run->samples_fd >= 0 && written < length;) {
        ssize_t count = write(run->samples_fd, (const char *)bytes + written, length - written);
        if (count < 0 && errno != EINTR)
            give_up("cannot write samples: %s", strerror(errno));
        written += count > 0 ? (size_t)count : 0;
    }
}

static void flush_samples(struct run *run)
{
    write_bytes(run, run->block, run->block_count * sizeof *run->block);
    run->block_count = 0;
}

static int64_t start_of(const struct run *run, int64_t record)
{
    const struct settings *settings = &run->settings;
    if (!settings->offsets)
        return run->t0_ns + (int64_t)((double)record * NS_PER_S / settings->rate_per_sec);
    return run->t0_ns + record / settings->records * settings->span_ns + settings->offsets[record % settings->records];
}

/* What falls into the stall is acknowledged at its end. */
static int64_t end_of(const struct run *run, int64_t start_ns)
{
    int64_t end_ns = start_ns + run->settings.latency_ns;
    int64_t stall_ns = run->t0_ns + run->settings.stall_at_ns, over_ns = stall_ns + run->settings.stall_for_ns;
    return end_ns > stall_ns && end_ns < over_ns ? over_ns : end_ns;
}

/* Failures are spread evenly: after n records, floor(n · ratio) of them. */
static bool fails(const struct run *run, int64_t record)
{
    double ratio = run->settings.fail_ratio;
    return floor((double)(record + 1) * ratio) > floor((double)record * ratio);
}

static void finish_record(struct run *run, int64_t record, int64_t start_ns, int64_t end_ns)
{
    bool failed = fails(run, record);
    if (failed)
        run->failed++;
    else
        run->acked++;
    if (strcmp(run->settings.fault, "negative-latency") == 0 && start_ns >= run->t0_ns + run->settings.fault_at_ns) {
        end_ns = start_ns - 1;
        run->settings.fault = "none";
    }
    run->block[run->block_count++] =
        (struct sample){.start_ns = start_ns, .end_ns = end_ns, .count = 1, .status = failed ? STATUS_FAILED : 0};
    if (run->block_count == BLOCK_SAMPLES)
        flush_samples(run);
}

/* All records that have come to their end by `until_ns`, of those that start before `stop_ns`. True when none is left. */
static bool finish_records(struct run *run, int64_t until_ns, int64_t stop_ns)
{
    for (;;) {
        int64_t record = run->acked + run->failed;
        int64_t start_ns = start_of(run, record), end_ns = end_of(run, start_ns);
        if ((run->settings.limit && record >= run->settings.limit) || start_ns >= stop_ns)
            return true;
        if (end_ns > until_ns)
            return false;
        finish_record(run, record, start_ns, end_ns);
    }
}

static void produce(struct run *run)
{
    bool dies = strcmp(run->settings.fault, "die") == 0, hangs = strcmp(run->settings.fault, "hang") == 0;
    int64_t stop_ns = INT64_MAX;
    run->t0_ns = now_ns();
    while (!finish_records(run, now_ns(), stop_ns)) {
        flush_samples(run);
        if (dies && now_ns() >= run->t0_ns + run->settings.fault_at_ns)
            give_up("died as it was told to");
        if (stop_ns == INT64_MAX && is_stopped(TICK_MS))
            stop_ns = now_ns();
        else if (stop_ns != INT64_MAX)
            poll(NULL, 0, TICK_MS);
    }
    flush_samples(run);
    while (hangs)
        pause();
    if (strcmp(run->settings.fault, "half-sample") == 0)
        write_bytes(run, run->block, sizeof *run->block / 2);
    run->sent = run->acked + run->failed;
}

int main(void)
{
    static struct run run;
    signal(SIGPIPE, SIG_IGN);
    setvbuf(stdin, NULL, _IONBF, 0); /* what is not read yet must be seen by poll() */
    json_t *job = read_line();
    if (!job)
        give_up("no job");
    say_ready(json_object_get(job, "settings"));
    if (strcmp(json_string_value(json_object_get(job, "role")), "probe") == 0) {
        say_done(&run);
        return 0;
    }
    run.settings = read_settings(job);
    const char *fifo = json_string_value(json_object_get(job, "fifo"));
    json_t *start = read_line();
    run.samples_fd = fifo ? open(fifo, O_WRONLY | O_CLOEXEC) : -1;
    if (!start || (fifo && run.samples_fd < 0))
        give_up("%s", start ? strerror(errno) : "not started");
    produce(&run);
    if (run.samples_fd >= 0)
        close(run.samples_fd);
    say_done(&run);
    json_decref(start);
    json_decref(job);
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the samples that driver.yaml describes, each not before the time of its end, in blocks that split them anywhere. */
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define NS_PER_S INT64_C(1000000000)
#define SAMPLES 1010000
#define BURST 252500
#define FAILS_EVERY 101
#define STATUS_FAILED 7

struct sample { /* as the protocol has it: 24 bytes, little-endian as every machine that this runs on */
    int64_t start_ns, end_ns;
    int32_t count, status;
};

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * NS_PER_S + now.tv_nsec;
}

static _Noreturn void give_up(const char *what)
{
    fprintf(stderr, "known-samples: %s: %s\n", what, errno ? strerror(errno) : "not as the protocol has it");
    exit(1);
}

static json_t *read_line(void)
{
    char *line = NULL;
    size_t capacity = 0;
    json_t *value = getline(&line, &capacity, stdin) > 0 ? json_loads(line, 0, NULL) : NULL;
    free(line);
    if (!value)
        give_up("reading a line of JSON");
    return value;
}

static void write_line(json_t *value)
{
    if (!value || json_dumpf(value, stdout, JSON_COMPACT) != 0 || putchar('\n') == EOF || fflush(stdout) != 0)
        give_up("writing to standard output");
    json_decref(value);
}

static void say_done(int64_t acked, int64_t failed)
{
    json_t *errors = failed ? json_pack("{s:I}", "KNOWN_FAILURE", (json_int_t)failed) : json_object();
    write_line(json_pack("{s:s, s:I, s:I, s:I, s:o}", "event", "done", "sent", (json_int_t)(acked + failed), "acked",
                         (json_int_t)acked, "failed", (json_int_t)failed, "errors", errors));
}

/* ---- the samples ---- */

static void make_sample(int64_t i, int64_t t0_ns, struct sample *sample)
{
    int64_t j = (i - i / FAILS_EVERY) * 611953 % 1000000;
    int64_t latency_ns = INT64_C(200000000000) / (1000250 - j);
    sample->end_ns = t0_ns + i / BURST * NS_PER_S + 800000000 + i % BURST * 396;
    sample->start_ns = sample->end_ns - latency_ns;
    sample->count = 1;
    sample->status = i % FAILS_EVERY == FAILS_EVERY - 1 ? STATUS_FAILED : 0;
}

static void wait_until(int64_t due_ns)
{
    const struct timespec due = {.tv_sec = due_ns / NS_PER_S, .tv_nsec = due_ns % NS_PER_S};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL) == EINTR) {
    }
}

static void write_bytes(int fd, const char *bytes, size_t length)
{
    for (size_t written = 0; written < length;) {
        ssize_t count = write(fd, bytes + written, length - written);
        if (count < 0 && errno != EINTR)
            give_up("writing samples");
        written += count > 0 ? (size_t)count : 0;
    }
}

static void write_samples(int fd, const struct sample *samples)
{
    static const size_t blocks[] = {1, 23, 24, 25, 4095, 65536};
    const size_t length = SAMPLES * sizeof *samples;
    size_t block = 0;
    for (size_t at = 0; at < length; block++) {
        size_t size = blocks[block % (sizeof blocks / sizeof *blocks)];
        if (size > length - at)
            size = length - at;
        wait_until(samples[(at + size - 1) / sizeof *samples].end_ns);
        write_bytes(fd, (const char *)samples + at, size);
        at += size;
    }
}

static void produce(const char *fifo)
{
    struct sample *samples = malloc(SAMPLES * sizeof *samples);
    int fd = open(fifo, O_WRONLY | O_CLOEXEC);
    if (!samples || fd < 0)
        give_up(fifo);
    int64_t t0_ns = now_ns();
    for (int64_t i = 0; i < SAMPLES; i++)
        make_sample(i, t0_ns, &samples[i]);
    write_samples(fd, samples);
    close(fd);
    free(samples);
    say_done(SAMPLES - SAMPLES / FAILS_EVERY, SAMPLES / FAILS_EVERY);
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    json_t *job = read_line();
    write_line(json_pack("{s:s, s:i, s:I, s:{s:s, s:s}, s:O}", "event", "ready", "protocol", 1, "clock_ns",
                         (json_int_t)now_ns(), "versions", "client", "1", "library", "known-samples", "settings",
                         json_object_get(job, "settings")));
    const char *role = json_string_value(json_object_get(job, "role"));
    const char *fifo = json_string_value(json_object_get(job, "fifo"));
    if (role && strcmp(role, "probe") == 0) {
        say_done(0, 0);
        return 0;
    }
    if (!fifo)
        give_up("the job names no file for samples");
    json_decref(read_line()); /* start */
    produce(fifo);
    json_decref(job);
    return 0;
}

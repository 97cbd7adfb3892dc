/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A trial of so many records (50,000,000 unless told) comes through a FIFO as from a driver; prints what was counted
 * and the most memory that this process had. Exit status 1 when a record is missing or the memory is at or above the
 * limit.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "measure/collector.h"
#include "tools/samples.h"

#define START_NS INT64_C(1000000000000)
#define BLOCK_SAMPLES 2730 /* 64 KiB */
#define LIMIT_KIB (50 * 1024)
#define TIMEOUT_MS 120000

static int fail(const struct error *error)
{
    char text[8192];
    fprintf(stderr, "%s\n", error_text(error, text, sizeof text));
    return 2;
}

/* The driver: whole blocks, each written whole. */
static int write_samples(const char *path, int64_t records)
{
    static unsigned char block[BLOCK_SAMPLES * SAMPLE_BYTES];
    int fd = open(path, O_WRONLY);
    for (int64_t i = 0; fd >= 0 && i < records;) {
        size_t length = 0;
        for (; length < sizeof block && i < records; length += SAMPLE_BYTES, i++)
            sample_write_nth(block + length, START_NS, i);
        if (write(fd, block, length) != (ssize_t)length)
            return 1;
    }
    return fd < 0;
}

int main(int argc, char **argv)
{
    int64_t records = argc > 1 ? strtoll(argv[1], NULL, 10) : 50000000;
    char folder[] = "/tmp/kbench-collector-XXXXXX", path[sizeof folder + 8];
    if (!mkdtemp(folder))
        return perror("mkdtemp"), 2;
    snprintf(path, sizeof path, "%s/samples", folder);

    struct error error = ERROR_INIT;
    const struct collector_options options = {.record_size_bytes = 100,
                                              .start_ns = START_NS,
                                              .window_start_ns = START_NS,
                                              .window_end_ns = INT64_MAX};
    const struct measure_result *result = NULL;
    struct collector *collector = collector_new(&options);
    bool ok = collector_add_fifo(collector, path, &error);
    pid_t driver = ok ? fork() : -1;
    if (driver == 0)
        _exit(write_samples(path, records));
    ok = ok && collector_start(collector, &error) && collector_finish(collector, TIMEOUT_MS, &result, &error);

    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    if (ok)
        printf("%lld samples, %lld in the histogram, %ld KiB resident at most\n", (long long)result->samples,
               (long long)histogram_count(result->latency), usage.ru_maxrss);
    bool is_right = ok && result->samples == records && result->total_records == records &&
                    histogram_count(result->latency) == records && result->late == 0 && usage.ru_maxrss < LIMIT_KIB;
    collector_free(collector);
    rmdir(folder);
    if (driver > 0)
        waitpid(driver, NULL, 0);
    return ok ? !is_right : fail(&error);
}

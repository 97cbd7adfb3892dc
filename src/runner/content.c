/* SPDX-License-Identifier: Apache-2.0 */
#include "runner/content.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/interrupt.h"

#include "base/banned.h"

#define BLOCK_BYTES 65536
#define FIFO_BYTES (1 << 20)
#define POLL_MS 20
#define GRACE_MS 2000

/* A reader at work. */
struct reading {
    const struct trial_request *request;
    const struct driver *reader;
    struct sequence_counter *counter;
    struct driver_process *process;
    char *path; /* of the FIFO */
    int fd;
    int64_t deadline_ns; /* for the next record */
    unsigned char *block;
};

/* ---- who reads ---- */

static bool share_library(const struct driver *a, const struct driver *b)
{
    /* confluent-kafka is librdkafka below: a driver that takes another one's settings map has its library. */
    const char *of_a = a->settings_from ? a->settings_from : a->name;
    const char *of_b = b->settings_from ? b->settings_from : b->name;
    return string_equal(of_a, of_b) || string_equal(a->library, b->library);
}

const struct driver *content_choose_reader(const struct driver_list *drivers, const struct driver *writer,
                                           enum cluster_kind kind)
{
    for (size_t i = 0; i < drivers->count; i++) {
        const struct driver *driver = &drivers->items[i];
        struct text missing = TEXT_INIT;
        bool can = driver->is_reading && !share_library(driver, writer) &&
                   string_list_contains(&driver->clusters, cluster_kind_name(kind)) &&
                   driver_version_is_available(driver, NULL, &missing);
        text_release(&missing);
        if (can)
            return driver;
    }
    return NULL;
}

/* ---- what is read ---- */

/* The ranges of the partitions that hold records; the caller frees. NULL when the topic is not as it was filled. */
static struct driver_range *find_ranges(const struct trial_request *request, int64_t stored, size_t *count,
                                        struct error *error)
{
    int partitions = request->c->partitions;
    struct cluster_range *all = memory_zeroed((size_t)partitions, sizeof *all);
    struct driver_range *ranges = memory_zeroed((size_t)partitions, sizeof *ranges);
    bool ok = cluster_read_ranges(request->cluster, request->topic, partitions, all, error);
    int64_t sum = 0;
    *count = 0;
    for (int i = 0; ok && i < partitions; i++) {
        sum += all[i].end;
        if (all[i].begin > 0)
            ok = error_set(error, ERROR_UNAVAILABLE,
                           "the first %" PRId64 " records of partition %d were taken away before they were read",
                           all[i].begin, i);
        else if (all[i].end > 0)
            ranges[(*count)++] = (struct driver_range){.partition = i, .begin = 0, .end = all[i].end};
    }
    if (ok && sum != stored)
        ok = error_set(error, ERROR_UNAVAILABLE, "it still grew, from %" PRId64 " to %" PRId64 " records", stored, sum);
    free(all);
    if (!ok) {
        free(ranges);
        ranges = NULL;
    }
    return ranges;
}

/* ---- reading ---- */

static bool open_fifo(struct reading *reading, struct error *error)
{
    reading->fd = file_make_fifo(reading->path, FIFO_BYTES, error);
    return reading->fd >= 0;
}

static void expect_more(struct reading *reading)
{
    reading->deadline_ns = clock_monotonic_ns() + reading->request->experiment->design.timeout_ms * NS_PER_MS;
}

/* Take what is in the FIFO now. */
static bool drain(struct reading *reading, struct error *error)
{
    for (;;) {
        ssize_t length = read(reading->fd, reading->block, BLOCK_BYTES);
        if (length < 0 && errno == EINTR)
            continue;
        if (length < 0 && errno != EAGAIN)
            return error_set_errno(error, errno, "cannot read the FIFO '%s'", reading->path);
        if (length <= 0) /* empty, or no writer (any more): its end is told by the process */
            return true;
        sequence_counter_feed(reading->counter, reading->block, (size_t)length);
        expect_more(reading);
    }
}

/* Look after the reader; nothing of it means waiting. */
static bool watch(struct reading *reading, enum driver_state *state, int timeout_ms, struct error *error)
{
    *state = driver_poll(reading->process, timeout_ms, error);
    if (*state == DRIVER_FAILED || !cluster_is_alive(reading->request->cluster, error))
        return false;
    if (interrupt_count() > 0)
        return error_set(error, ERROR_INTERRUPTED, "interrupted");
    if (clock_monotonic_ns() > reading->deadline_ns)
        return error_set(error, ERROR_UNAVAILABLE, "driver '%s' gave no record for %" PRId64 " s",
                         reading->reader->name, reading->request->experiment->design.timeout_ms / 1000);
    return true;
}

static bool await_ready(struct reading *reading, struct error *error)
{
    enum driver_state state = DRIVER_STARTING;
    expect_more(reading);
    while (state < DRIVER_READY)
        if (!watch(reading, &state, POLL_MS, error))
            return false;
    return driver_command_start(reading->process, error);
}

static bool await_end(struct reading *reading, struct error *error)
{
    enum driver_state state = DRIVER_RUNNING;
    struct pollfd input = {.fd = reading->fd, .events = POLLIN};
    expect_more(reading);
    while (state < DRIVER_DONE) {
        poll(&input, 1, POLL_MS); /* a signal ends it early, no harm */
        if (!drain(reading, error) || !watch(reading, &state, 0, error))
            return false;
    }
    return drain(reading, error);
}

/* The reader's own count, what came through the FIFO and what the brokers say must be one number. */
static bool check_complete(const struct reading *reading, int64_t stored, struct error *error)
{
    const struct sequence_counts *counts = sequence_counter_counts(reading->counter);
    struct driver_outcome outcome;
    const char *name = reading->reader->name;
    driver_outcome(reading->process, &outcome);
    if (counts->misread > 0)
        return error_set(error, ERROR_UNAVAILABLE,
                         "driver '%s' gave %" PRId64 " records twice, or out of the order of offsets", name,
                         counts->misread);
    if (sequence_counter_rest(reading->counter) > 0)
        return error_set(error, ERROR_UNAVAILABLE, "the records of driver '%s' ended inside one", name);
    if (counts->items != stored || outcome.read != stored)
        return error_set(error, ERROR_UNAVAILABLE,
                         "driver '%s' gave %" PRId64 " records and says that it read %" PRId64
                         ", the topic has %" PRId64,
                         name, counts->items, outcome.read, stored);
    return true;
}

static bool start_reader(struct reading *reading, const struct driver_range *ranges, size_t range_count,
                         struct error *error)
{
    const struct trial_request *request = reading->request;
    const struct driver_reader_job job = {
        .experiment = request->experiment,
        .topic = request->topic,
        .bootstrap_servers = cluster_bootstrap_servers(request->cluster),
        .client_properties = cluster_client_properties(request->cluster),
        .ranges = ranges,
        .range_count = range_count,
        .fifo = reading->path,
    };
    reading->process = driver_start_reader(reading->reader, &job, error);
    return reading->process != NULL;
}

static bool read_ranges(const struct trial_request *request, const struct driver *reader,
                        const struct driver_range *ranges, size_t range_count, struct sequence_counter *counter,
                        int64_t stored, struct error *error)
{
    struct reading reading = {.request = request,
                              .reader = reader,
                              .counter = counter,
                              .path = string_format("%s/content.fifo", request->work_folder),
                              .fd = -1,
                              .block = memory_zeroed(1, BLOCK_BYTES)};
    bool ok = open_fifo(&reading, error) && start_reader(&reading, ranges, range_count, error) &&
              await_ready(&reading, error) && await_end(&reading, error) && check_complete(&reading, stored, error);
    if (reading.process)
        driver_process_end(reading.process, interrupt_count() > 1 ? 0 : GRACE_MS);
    driver_process_free(reading.process);
    if (reading.fd >= 0)
        close(reading.fd);
    unlink(reading.path);
    free(reading.path);
    free(reading.block);
    return ok;
}

bool content_read_back(const struct trial_request *request, int64_t stored, struct sequence_counter *counter,
                       struct error *error)
{
    const struct driver *reader =
        content_choose_reader(request->drivers, request->driver, request->experiment->cluster.kind);
    if (!reader)
        return error_set(error, ERROR_UNAVAILABLE, "no driver can read back what '%s' wrote", request->driver->name);
    size_t count;
    struct driver_range *ranges = find_ranges(request, stored, &count, error);
    bool ok = ranges && (count == 0 || read_ranges(request, reader, ranges, count, counter, stored, error));
    free(ranges);
    return ok || error_prefix(error, "reading the topic back");
}

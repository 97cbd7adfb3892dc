/* SPDX-License-Identifier: Apache-2.0 */
#include "verify/play_samples.h"

#include <errno.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"

#include "base/banned.h"

#define BLOCK_BYTES 65536
#define FIFO_BYTES (1 << 20)
/* A play is short: a driver that writes more than this does not end. */
#define SAMPLES_BYTES_MAX ((size_t)512 << 20)

_Static_assert(sizeof(struct play_sample) == 24, "as it comes through the FIFO, on a little-endian machine");

void play_samples_init(struct play_samples *samples)
{
    *samples = (struct play_samples){.fd = -1};
}

bool play_samples_open(struct play_samples *samples, const char *folder, struct error *error)
{
    samples->path = string_format("%s/play.fifo", folder);
    unlink(samples->path);
    samples->fd = file_make_fifo(samples->path, FIFO_BYTES, error);
    return samples->fd >= 0;
}

static struct play_sample sample_at(const struct play_samples *samples, size_t index)
{
    struct play_sample sample;
    memcpy(&sample, samples->bytes + index * sizeof sample, sizeof sample);
    return sample;
}

static void note_lateness(struct play_samples *samples, int64_t stop_ns)
{
    int64_t now_ns = stop_ns ? stop_ns : clock_monotonic_ns();
    for (; (samples->seen + 1) * sizeof(struct play_sample) <= samples->length; samples->seen++) {
        int64_t lateness_ns = now_ns - sample_at(samples, samples->seen).end_ns;
        if (lateness_ns > samples->lateness_ns)
            samples->lateness_ns = lateness_ns;
    }
}

bool play_samples_read(struct play_samples *samples, int64_t stop_ns, struct error *error)
{
    for (;;) {
        if (samples->capacity - samples->length < BLOCK_BYTES) {
            samples->capacity = 2 * samples->capacity + BLOCK_BYTES;
            samples->bytes = memory_resized(samples->bytes, samples->capacity, 1);
        }
        ssize_t length = read(samples->fd, samples->bytes + samples->length, BLOCK_BYTES);
        if (length < 0 && errno == EINTR)
            continue;
        if (length < 0 && errno != EAGAIN)
            return error_set_errno(error, errno, "cannot read the FIFO '%s'", samples->path);
        if (length <= 0) /* empty, or nobody writes: the driver's end is told by its process */
            break;
        samples->length += (size_t)length;
        if (samples->length > SAMPLES_BYTES_MAX)
            return error_set(error, ERROR_UNAVAILABLE, "the driver wrote more than %zu bytes of samples",
                             SAMPLES_BYTES_MAX);
    }
    note_lateness(samples, stop_ns);
    return true;
}

static int compare_starts(const void *left, const void *right)
{
    const struct play_sample *a = left, *b = right;
    return (a->start_ns > b->start_ns) - (a->start_ns < b->start_ns);
}

size_t play_samples_take(struct play_samples *samples, struct play_sample **items, size_t *count, int64_t *lateness_ns)
{
    *count = samples->length / sizeof **items;
    *items = memory_zeroed(*count + 1, sizeof **items);
    if (*count)
        memcpy(*items, samples->bytes, *count * sizeof **items);
    qsort(*items, *count, sizeof **items, compare_starts);
    *lateness_ns = samples->lateness_ns;
    return samples->length % sizeof **items;
}

void play_samples_release(struct play_samples *samples)
{
    if (samples->fd >= 0)
        close(samples->fd);
    if (samples->path)
        unlink(samples->path);
    free(samples->path);
    free(samples->bytes);
}

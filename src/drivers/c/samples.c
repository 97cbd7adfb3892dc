/* SPDX-License-Identifier: Apache-2.0 */
#include "samples.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/clock.h"

#include "base/banned.h"

#define STALE_NS (50 * NS_PER_MS) /* the protocol allows 100: this is looked at now and then only */

bool samples_open(struct samples *samples, const char *fifo, struct error *error)
{
    samples->fifo = -1;
    samples->write_error = 0;
    samples->written_ns = clock_monotonic_ns();
    samples->length = 0;
    if (!fifo)
        return true;
    /* Non-blocking for the open alone: without a reader it would hang for ever, and the writes are to wait for room. */
    samples->fifo = open(fifo, O_WRONLY | O_CLOEXEC | O_NONBLOCK);
    if (samples->fifo < 0 || fcntl(samples->fifo, F_SETFL, 0) < 0)
        return error_set_errno(error, errno, "sample FIFO \"%s\"", fifo);
    return true;
}

static void samples_flush(struct samples *samples)
{
    size_t done = 0;
    while (done < samples->length && !samples->write_error) {
        ssize_t written = write(samples->fifo, samples->block + done, samples->length - done);
        if (written >= 0)
            done += (size_t)written;
        else if (errno != EINTR)
            samples->write_error = errno;
    }
    samples->length = 0;
}

/* True when this has filled the block, which is then written. */
static bool put(struct samples *samples, int64_t first, int64_t second, int32_t third, int32_t fourth)
{
    const struct {
        uint64_t first, second;
        uint32_t third, fourth;
    } sample = {htole64((uint64_t)first), htole64((uint64_t)second), htole32((uint32_t)third),
                htole32((uint32_t)fourth)};
    _Static_assert(sizeof(sample) == SAMPLE_BYTES, "the protocol's layout");
    memcpy(samples->block + samples->length, &sample, SAMPLE_BYTES);
    samples->length += SAMPLE_BYTES;
    if (samples->length < sizeof(samples->block))
        return false;
    samples_flush(samples);
    return true;
}

void samples_add(struct samples *samples, int64_t start_ns, int64_t end_ns, int32_t status)
{
    if (samples->fifo >= 0 && put(samples, start_ns, end_ns, 1, status))
        samples->written_ns = end_ns;
}

void samples_add_item(struct samples *samples, int64_t sequence, int64_t offset, int32_t partition, int32_t status)
{
    put(samples, sequence, offset, partition, status);
}

void samples_flush_stale(struct samples *samples, int64_t now_ns)
{
    if (now_ns - samples->written_ns < STALE_NS)
        return;
    samples_flush(samples);
    samples->written_ns = now_ns;
}

bool samples_close(struct samples *samples, struct error *error)
{
    if (samples->fifo < 0)
        return true;
    samples_flush(samples);
    if (close(samples->fifo) < 0 && !samples->write_error)
        samples->write_error = errno;
    samples->fifo = -1;
    return !samples->write_error || error_set_errno(error, samples->write_error, "writing samples");
}

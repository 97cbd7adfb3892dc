/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The thread that reads the FIFOs.
 *
 * The read ends are open before any driver is started. Until a driver has opened a FIFO, poll() says nothing of it
 * (read() would give 0, as at an end, and is not tried); when the last writer has closed it, poll() says POLLHUP, and a
 * read() of 0 after the last bytes is the end.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "measure/collector_state.h"

#include "base/banned.h"

#define BLOCK_BYTES 65536
/*
 * Room for a tenth of a second of samples, so that a driver does not wait when this thread is not given a core at
 * once.
 */
#define FIFO_BYTES (1 << 20)

void collector_reader_init(struct collector_reader *reader)
{
    reader->wake_fd = -1;
    reader->ended_fd = -1;
}

static void event_set(int fd)
{
    if (fd >= 0)
        (void)!write(fd, &(uint64_t){1}, sizeof(uint64_t)); /* fails only when it is set already, 2^64 times over */
}

void collector_reader_wake(struct collector_reader *reader)
{
    event_set(reader->wake_fd);
}

static void reader_stop(struct collector_reader *reader, pthread_mutex_t *lock)
{
    if (!reader->is_running)
        return;
    pthread_mutex_lock(lock);
    reader->is_stopping = true;
    pthread_mutex_unlock(lock);
    collector_reader_wake(reader);
    pthread_join(reader->thread, NULL);
    reader->is_running = false;
}

static void close_descriptor(int fd)
{
    if (fd >= 0)
        close(fd);
}

void collector_reader_release(struct collector_reader *reader, pthread_mutex_t *lock)
{
    reader_stop(reader, lock);
    for (size_t i = 0; i < reader->fifo_count; i++) {
        close_descriptor(reader->fifos[i].fd);
        unlink(reader->fifos[i].path);
        free(reader->fifos[i].path);
    }
    free(reader->fifos);
    close_descriptor(reader->wake_fd);
    close_descriptor(reader->ended_fd);
}

bool collector_add_fifo(struct collector *collector, const char *path, struct error *error)
{
    struct collector_reader *reader = &collector->reader;
    int fd = file_make_fifo(path, FIFO_BYTES, error);
    if (fd < 0)
        return false;
    reader->fifos = memory_resized(reader->fifos, reader->fifo_count + 1, sizeof *reader->fifos);
    reader->fifos[reader->fifo_count++] = (struct collector_fifo){.path = string_copy(path), .fd = fd};
    return true;
}

static void fifo_read(struct collector_fifo *fifo, struct collector *collector, unsigned char *block)
{
    ssize_t length = read(fifo->fd, block, BLOCK_BYTES);
    if (length < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (length <= 0) {
        fifo->has_ended = true;
        fifo->error_number = length < 0 ? errno : 0;
        return;
    }
    pthread_mutex_lock(&collector->lock);
    sample_carry_feed(&fifo->carry, collector, block, (size_t)length);
    pthread_mutex_unlock(&collector->lock);
}

/* Fill `polls`, of which the first is the wake-up. False when there is nothing left to wait for. */
static bool prepare_polls(struct collector *collector, struct pollfd *polls)
{
    struct collector_reader *reader = &collector->reader;
    pthread_mutex_lock(&collector->lock);
    bool has_times = reader->has_times;
    bool goes_on = !reader->is_stopping;
    pthread_mutex_unlock(&collector->lock);

    bool all_ended = true;
    polls[0] = (struct pollfd){.fd = reader->wake_fd, .events = POLLIN};
    for (size_t i = 0; i < reader->fifo_count; i++) {
        const struct collector_fifo *fifo = &reader->fifos[i];
        all_ended = all_ended && fifo->has_ended;
        /* poll() passes over negative descriptors. */
        polls[i + 1] = (struct pollfd){.fd = has_times && !fifo->has_ended ? fifo->fd : -1, .events = POLLIN};
    }
    return goes_on && !all_ended;
}

static void *reader_main(void *context)
{
    struct collector *collector = context;
    struct collector_reader *reader = &collector->reader;
    unsigned char *block = memory_zeroed(1, BLOCK_BYTES);
    struct pollfd *polls = memory_zeroed(reader->fifo_count + 1, sizeof *polls);
    while (prepare_polls(collector, polls)) {
        if (poll(polls, reader->fifo_count + 1, -1) < 0 && errno != EINTR)
            break;
        if (polls[0].revents)
            (void)!read(reader->wake_fd, &(uint64_t){0}, sizeof(uint64_t));
        for (size_t i = 0; i < reader->fifo_count; i++)
            if (polls[i + 1].revents)
                fifo_read(&reader->fifos[i], collector, block);
    }
    free(polls);
    free(block);
    event_set(reader->ended_fd);
    return NULL;
}

bool collector_start(struct collector *collector, struct error *error)
{
    struct collector_reader *reader = &collector->reader;
    reader->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    reader->ended_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (reader->wake_fd < 0 || reader->ended_fd < 0)
        return error_set_errno(error, errno, "cannot make an event descriptor");

    /* Signals are the main thread's. */
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int status = pthread_create(&reader->thread, NULL, reader_main, collector);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (status != 0)
        return error_set_errno(error, status, "cannot start the thread that reads the samples");
    reader->is_running = true;
    return true;
}

/* A signal interrupts the wait, it does not end it. */
static void reader_wait(const struct collector_reader *reader, int timeout_ms)
{
    struct pollfd ended = {.fd = reader->ended_fd, .events = POLLIN};
    int64_t deadline_ns = clock_monotonic_ns() + timeout_ms * NS_PER_MS;
    int64_t left_ms;
    do {
        left_ms = (deadline_ns - clock_monotonic_ns()) / NS_PER_MS;
    } while (poll(&ended, 1, left_ms > 0 ? (int)left_ms : 0) < 0 && errno == EINTR);
}

bool collector_finish(struct collector *collector, int timeout_ms, const struct measure_result **result,
                      struct error *error)
{
    struct collector_reader *reader = &collector->reader;
    bool ok = true;
    if (reader->is_running)
        reader_wait(reader, timeout_ms);
    reader_stop(reader, &collector->lock);
    for (size_t i = 0; i < reader->fifo_count; i++) {
        struct collector_fifo *fifo = &reader->fifos[i];
        collector->result.truncated_bytes += (int64_t)fifo->carry.length;
        fifo->carry.length = 0;
        if (fifo->error_number != 0)
            ok = error_set_errno(error, fifo->error_number, "cannot read the samples from \"%s\"", fifo->path);
        else if (!fifo->has_ended)
            ok = error_set(error, ERROR_UNAVAILABLE, "the samples from \"%s\" did not end within %d ms", fifo->path,
                           timeout_ms);
    }
    *result = collector_result(collector);
    return ok;
}

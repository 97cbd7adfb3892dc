/* SPDX-License-Identifier: Apache-2.0 */
#include "producer.h"

#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/clock.h"

#include "base/banned.h"

/* An acknowledgement's time is taken when its report is served: late by this at most, and by those before it. */
#define SERVE_INTERVAL_NS (100 * NS_PER_US)
/* Counts only: no clock is read, and reports are served after so many records. */
#define SERVE_INTERVAL_RECORDS 128
/* How long to wait in one go for room or for the last reports; stop and stale samples are looked after in between. */
#define WAIT_MS 10

/* A record's start travels with it as its opaque pointer. */
_Static_assert(sizeof(void *) >= sizeof(int64_t), "a pointer holds a time in nanoseconds");

static void count_error(struct producer *producer, rd_kafka_resp_err_t code)
{
    const char *name = rd_kafka_err2name(code);
    int64_t count = json_get_integer(producer->errors, name, 0);
    json_object_set_new(producer->errors, name, json_integer(count + 1));
}

/* A record's fate: its count and its sample. The clock is read for each: one reading for a whole queue of reports would be early
 * by what their samples take. */
static void end_record(struct producer *producer, int64_t start_ns, rd_kafka_resp_err_t code)
{
    if (code) {
        producer->failed++;
        count_error(producer, code);
    } else {
        producer->acked++;
    }
    if (producer->samples.fifo >= 0)
        samples_add(&producer->samples, start_ns, clock_monotonic_ns(), code);
}

static void delivered(rd_kafka_t *handle, const rd_kafka_message_t *message, void *opaque)
{
    (void)handle;
    end_record(opaque, (int64_t)(intptr_t)message->_private, message->err);
}

bool producer_open(struct producer *producer, const struct job *job, const struct control *control, struct error *error)
{
    *producer = (struct producer){.job = job, .control = control, .errors = json_object(), .wake_fd = -1, .due = -1};
    producer->samples.fifo = -1;
    if (!records_open(&producer->records, job, error) || !schedule_open(&producer->schedule, job, error) ||
        !samples_open(&producer->samples, job->fifo, error))
        return false;
    rd_kafka_conf_t *configuration = rd_kafka_conf_new();
    rd_kafka_conf_set_dr_msg_cb(configuration, delivered);
    rd_kafka_conf_set_opaque(configuration, producer);
    if (!client_open(&producer->client, RD_KAFKA_PRODUCER, configuration, job, error))
        return false;
    if (job->rate <= 0)
        return true;
    /* At a fixed rate the thread sleeps until the next record is due or a report comes, to the microsecond. */
    producer->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (producer->wake_fd < 0 || prctl(PR_SET_TIMERSLACK, 1) < 0)
        return error_set_errno(error, errno, "preparing to send at a fixed rate");
    const uint64_t one = 1;
    rd_kafka_queue_t *reports = rd_kafka_queue_get_main(producer->client.handle);
    rd_kafka_queue_io_event_enable(reports, producer->wake_fd, &one, sizeof(one));
    rd_kafka_queue_destroy(reports);
    return true;
}

/* Serve the delivery reports that are there (or wait WAIT_MS for one), and look after samples and the harness. */
static void serve(struct producer *producer, int wait_ms)
{
    rd_kafka_poll(producer->client.handle, wait_ms);
    producer->served_ns = clock_monotonic_ns();
    samples_flush_stale(&producer->samples, producer->served_ns);
    if (producer->is_stopped || !control_says_stop(producer->control))
        return;
    producer->is_stopped = true;
    producer->stopped_ns = producer->served_ns;
}

/* At a fixed rate: serve until `due_ns`. When that is past already, reports are still served at their interval. */
static void wait_until(struct producer *producer, int64_t due_ns)
{
    int64_t now = clock_monotonic_ns();
    if (now - producer->served_ns >= SERVE_INTERVAL_NS)
        serve(producer, 0);
    while ((now = clock_monotonic_ns()) < due_ns && !producer->is_stopped) {
        struct pollfd inputs[] = {{.fd = producer->wake_fd, .events = POLLIN}, {.fd = STDIN_FILENO, .events = POLLIN}};
        int64_t wait = due_ns - now < WAIT_MS * NS_PER_MS ? due_ns - now : WAIT_MS * NS_PER_MS;
        const struct timespec timeout = {.tv_nsec = (long)wait};
        ppoll(inputs, 2, &timeout, NULL);
        uint64_t wakes;
        if (inputs[0].revents)
            (void)!read(producer->wake_fd, &wakes, sizeof(wakes));
        serve(producer, 0);
    }
}

/* Send record `i`, waiting for room as long as it takes: a full queue is no error, and the wait is latency. A record that the
 * client refuses outright has failed. */
static void send_record(struct producer *producer, int64_t i, int64_t start_ns)
{
    unsigned char key[RECORD_KEY_BYTES];
    size_t key_length = records_key(&producer->records, i, key);
    unsigned char *value = records_next(&producer->records, i);
    const int flags = producer->records.numbered ? RD_KAFKA_MSG_F_COPY : 0;
    while (rd_kafka_produce(producer->client.topic, RD_KAFKA_PARTITION_UA, flags, value, producer->records.record_size,
                            key_length ? key : NULL, key_length, (void *)(intptr_t)start_ns) < 0) {
        rd_kafka_resp_err_t problem = rd_kafka_last_error();
        if (problem != RD_KAFKA_RESP_ERR__QUEUE_FULL) {
            producer->sent++;
            end_record(producer, start_ns, problem);
            return;
        }
        serve(producer, WAIT_MS);
        if (producer->is_stopped)
            return;
    }
    producer->sent++;
}

static void send_as_fast_as_possible(struct producer *producer)
{
    const bool is_timed = producer->samples.fifo >= 0;
    const int64_t limit = producer->job->limit_records;
    for (int64_t i = 0; (limit == 0 || i < limit) && !producer->is_stopped; i++) {
        int64_t start_ns = is_timed ? clock_monotonic_ns() : 0;
        send_record(producer, i, start_ns);
        if (is_timed ? start_ns - producer->served_ns >= SERVE_INTERVAL_NS : i % SERVE_INTERVAL_RECORDS == 0)
            serve(producer, 0);
    }
}

/* Also of those that it could not send: a client that is held up must not hide them. */
static void count_due(struct producer *producer, int64_t begin_ns)
{
    const int64_t limit = producer->job->limit_records;
    int64_t due = producer->sent; /* without a stop, the limit */
    if (producer->is_stopped)
        due = schedule_count(&producer->schedule, producer->stopped_ns - begin_ns);
    producer->due = limit > 0 && due > limit ? limit : due;
}

static void send_at_rate(struct producer *producer)
{
    const int64_t begin_ns = clock_monotonic_ns();
    const int64_t limit = producer->job->limit_records;
    for (int64_t i = 0; (limit == 0 || i < limit) && !producer->is_stopped; i++) {
        int64_t due_ns = begin_ns + schedule_time_ns(&producer->schedule, i);
        wait_until(producer, due_ns);
        if (!producer->is_stopped)
            send_record(producer, i, due_ns);
    }
    count_due(producer, begin_ns);
}

bool producer_run(struct producer *producer, struct error *error)
{
    producer->served_ns = clock_monotonic_ns();
    if (producer->job->rate > 0)
        send_at_rate(producer);
    else
        send_as_fast_as_possible(producer);
    /* Flushing sends what lingers; it serves the reports and returns after the last one. */
    while (rd_kafka_flush(producer->client.handle, WAIT_MS) == RD_KAFKA_RESP_ERR__TIMED_OUT)
        serve(producer, 0);
    return samples_close(&producer->samples, error);
}

void producer_release(struct producer *producer)
{
    client_release(&producer->client);
    records_release(&producer->records);
    schedule_release(&producer->schedule);
    if (producer->samples.fifo >= 0)
        close(producer->samples.fifo);
    if (producer->wake_fd >= 0)
        close(producer->wake_fd);
    json_decref(producer->errors);
}

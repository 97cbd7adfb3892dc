/* SPDX-License-Identifier: Apache-2.0 */
package kbench;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** The measured path: sends record after record from one thread, until the limit or the stop. */
final class ProducerLoop {
    private final Producer<byte[], byte[]> producer;
    private final Conversation conversation;
    private final Results results;
    private final String topic;
    private final byte[][] values;
    private final boolean isNumbered;
    private final long sequenceBase;
    private final Keys keys;
    private final long limit;
    private final Schedule schedule; /* null: as fast as possible */

    ProducerLoop(Job job, Producer<byte[], byte[]> producer, Conversation conversation, Results results)
            throws IOException {
        this.producer = producer;
        this.conversation = conversation;
        this.results = results;
        values = Payload.read(job);
        topic = job.topic();
        isNumbered = job.isNumbered();
        sequenceBase = job.sequenceBase();
        keys = job.keys();
        limit = job.limit() == 0 ? Long.MAX_VALUE : job.limit();
        schedule = job.rate() > 0 ? Schedule.of(job) : null;
    }

    /**
     * Returns when every record sent has been acknowledged or has failed: how many records the rate wanted by the stop,
     * sent or not; null without a rate.
     */
    Long run() {
        Long due = conversation.callUntilStop(schedule == null ? this::sendAsFastAsPossible : this::sendAtRate);
        producer.flush();
        return due;
    }

    private Long sendAsFastAsPossible() {
        int next = 0;
        for (long i = 0; i < limit && !conversation.isStopped(); i++) {
            send(i, values[next], System.nanoTime());
            next = next + 1 == values.length ? 0 : next + 1;
        }
        return null;
    }

    /** Open loop: a record that leaves late counts from when it should have left, and the schedule never slips. */
    private Long sendAtRate() {
        TimerSlack.minimize();
        int next = 0;
        long i = 0;
        long origin = System.nanoTime();
        while (i < limit) {
            long intended = origin + schedule.time(i);
            if (!waitUntil(intended))
                break;
            send(i, values[next], intended);
            next = next + 1 == values.length ? 0 : next + 1;
            i++;
        }
        /* A record may leave between the stop and its being seen. */
        return i == limit ? limit : Math.min(limit, Math.max(i, schedule.count(conversation.stoppedNs() - origin)));
    }

    /** False when the stop came first. */
    private boolean waitUntil(long time) {
        while (!conversation.isStopped()) {
            long remaining = time - System.nanoTime();
            if (remaining <= 0)
                return true;
            LockSupport.parkNanos(this, remaining);
        }
        return false;
    }

    private void send(long i, byte[] shared, long startNs) {
        byte[] value = isNumbered ? Payload.numbered(shared, sequenceBase + i) : shared;
        try {
            producer.send(new ProducerRecord<>(topic, keys.of(i), value), new Acknowledgement(startNs));
        } catch (RuntimeException e) {
            /* Where the stop ended the waiting for room, the client has not taken the record. */
            if (!(e.getCause() instanceof InterruptedException))
                results.fail(startNs, System.nanoTime(), e);
        }
    }

    private final class Acknowledgement implements Callback {
        private final long startNs;

        Acknowledgement(long startNs) {
            this.startNs = startNs;
        }

        @Override
        public void onCompletion(RecordMetadata metadata, Exception exception) {
            long endNs = System.nanoTime();
            if (exception == null)
                results.acknowledge(startNs, endNs);
            else
                results.fail(startNs, endNs, exception);
        }
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package kbench;

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
    private final Keys keys;
    private final long limit;
    private final double nanosPerRecord;

    ProducerLoop(Job job, byte[][] values, Producer<byte[], byte[]> producer, Conversation conversation,
            Results results) {
        this.producer = producer;
        this.conversation = conversation;
        this.results = results;
        this.values = values;
        topic = job.topic();
        keys = job.keys();
        limit = job.limit() == 0 ? Long.MAX_VALUE : job.limit();
        nanosPerRecord = job.rate() > 0 ? 1e9 / job.rate() : 0;
    }

    /** Returns when every record sent has been acknowledged or has failed. */
    void run() {
        if (nanosPerRecord > 0)
            sendAtRate();
        else
            sendAsFastAsPossible();
        producer.flush();
    }

    private void sendAsFastAsPossible() {
        int next = 0;
        for (long i = 0; i < limit && !conversation.isStopped(); i++) {
            send(keys.of(i), values[next], System.nanoTime());
            next = next + 1 == values.length ? 0 : next + 1;
        }
    }

    /** Open loop: a record that leaves late counts from when it should have left, and the schedule never slips. */
    private void sendAtRate() {
        int next = 0;
        long origin = System.nanoTime();
        for (long i = 0; i < limit; i++) {
            long intended = origin + (long) (i * nanosPerRecord);
            if (!waitUntil(intended))
                return;
            send(keys.of(i), values[next], intended);
            next = next + 1 == values.length ? 0 : next + 1;
        }
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

    private void send(byte[] key, byte[] value, long startNs) {
        try {
            producer.send(new ProducerRecord<>(topic, key, value), new Acknowledgement(startNs));
        } catch (RuntimeException e) {
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

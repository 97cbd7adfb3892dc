/* SPDX-License-Identifier: Apache-2.0 */
package kbench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads ranges of offsets of a topic's partitions, once, and tells of each record where it stood and which number it
 * begins with. It is of no group and commits nothing.
 */
final class TopicReader {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int TOO_SHORT = 1;

    private final Job job;
    private final Conversation conversation;
    private final Map<TopicPartition, Long> ends = new HashMap<>(); /* of partitions not read to their end */
    private SampleWriter items;
    private long read;

    TopicReader(Job job, Conversation conversation) {
        this.job = job;
        this.conversation = conversation;
    }

    void run(Map<String, String> versions) throws IOException {
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties())) {
            items = new SampleWriter(job.fifo());
            consumer.partitionsFor(job.topic());
            conversation.ready(versions, Map.of());
            conversation.awaitStart();
            readAll(consumer);
            items.close();
            conversation.doneReading(read);
        }
    }

    /** Large fetches; no other offset than the one asked for. What aborted transactions have stored is read as well. */
    private Properties properties() {
        Properties properties = new Properties();
        properties.put("enable.auto.commit", "false");
        properties.put("auto.offset.reset", "none");
        properties.put("isolation.level", "read_uncommitted");
        properties.put("max.partition.fetch.bytes", Integer.toString(8 << 20));
        properties.put("max.poll.records", "100000");
        properties.put("fetch.max.wait.ms", "100");
        properties.putAll(job.clientProperties());
        properties.put("key.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer");
        properties.put("value.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer");
        return properties;
    }

    private void readAll(Consumer<byte[], byte[]> consumer) throws IOException {
        job.ranges().forEach((partition, range) -> {
            if (range.begin() < range.end())
                ends.put(new TopicPartition(job.topic(), partition), range.end());
        });
        consumer.assign(ends.keySet());
        for (TopicPartition partition : ends.keySet())
            consumer.seek(partition, job.ranges().get(partition.partition()).begin());
        long progressNs = System.nanoTime();
        while (!ends.isEmpty()) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            if (!records.isEmpty())
                progressNs = System.nanoTime();
            take(records);
            if (ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue()))
                consumer.assign(ends.keySet());
            if (conversation.isStopped())
                throw new IOException("stopped before the topic was read");
            if (!ends.isEmpty() && System.nanoTime() - progressNs >= job.patienceNs())
                throw new IOException(standstill(consumer));
        }
    }

    private void take(ConsumerRecords<byte[], byte[]> records) throws IOException {
        for (TopicPartition partition : records.partitions()) {
            long end = ends.get(partition);
            for (ConsumerRecord<byte[], byte[]> record : records.records(partition))
                if (record.offset() < end)
                    take(record);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) throws IOException {
        byte[] value = record.value();
        boolean isShort = value == null || value.length < Long.BYTES;
        long sequence = isShort ? 0 : ByteBuffer.wrap(value).getLong();
        items.put(sequence, record.offset(), record.partition(), isShort ? TOO_SHORT : 0);
        read++;
    }

    private String standstill(Consumer<byte[], byte[]> consumer) {
        TopicPartition partition = ends.keySet().iterator().next();
        return "no record came for " + job.patienceNs() / 1_000_000 + " ms: " + ends.size()
                + " partitions are not read to their end, " + partition + " only to offset "
                + consumer.position(partition) + " of " + ends.get(partition);
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package kbench;

import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.SettingsInForce;

/** The driver for kafka-clients: does one job for the harness. */
public final class Driver {
    private Driver() {
    }

    public static void main(String[] arguments) throws IOException {
        run(Versions.ofJava());
    }

    /** `versions` are those of the program that calls: this one, or one in another language of the JVM. */
    public static void run(Map<String, String> versions) throws IOException {
        Conversation conversation = new Conversation();
        Job job = conversation.readJob();
        switch (job.role()) {
            case PRODUCER:
                produce(job, conversation, versions);
                break;
            case READER:
                new TopicReader(job, conversation).run(versions);
                break;
            default:
                conversation.ready(versions, Collections.emptyMap());
                conversation.done(0, 0, Collections.emptyMap());
        }
    }

    private static void produce(Job job, Conversation conversation, Map<String, String> versions) throws IOException {
        Results results = new Results(job.fifo());
        Long due = send(job, conversation, results, versions);
        results.close();
        conversation.done(results.acked(), results.failed(), results.errors(), due);
    }

    /** Metadata is fetched before the start: connecting is not what is measured. Returns how many records were due. */
    private static Long send(Job job, Conversation conversation, Results results, Map<String, String> versions)
            throws IOException {
        Properties properties = job.producerProperties();
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(properties)) {
            ProducerLoop loop = new ProducerLoop(job, producer, conversation, results);
            producer.partitionsFor(job.topic());
            conversation.ready(versions, SettingsInForce.of(properties));
            conversation.awaitStart();
            return loop.run();
        }
    }
}

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
public final class ProducerDriver {
    private ProducerDriver() {
    }

    public static void main(String[] arguments) throws IOException {
        run(Versions.ofJava());
    }

    /** `versions` are those of the program that calls: this one, or one in another language of the JVM. */
    public static void run(Map<String, String> versions) throws IOException {
        Conversation conversation = new Conversation();
        Job job = conversation.readJob();
        Results results = new Results(job.fifo());
        if (job.isProbe())
            conversation.ready(versions, Collections.emptyMap());
        else
            produce(job, conversation, results, versions);
        results.close();
        conversation.done(results.acked(), results.failed(), results.errors());
    }

    /** Metadata is fetched before the start: connecting is not what is measured. */
    private static void produce(Job job, Conversation conversation, Results results, Map<String, String> versions)
            throws IOException {
        byte[][] values = Payload.read(job);
        Properties properties = job.clientProperties();
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(properties)) {
            producer.partitionsFor(job.topic());
            conversation.ready(versions, SettingsInForce.of(properties));
            conversation.awaitStart();
            new ProducerLoop(job, values, producer, conversation, results).run();
        }
    }
}

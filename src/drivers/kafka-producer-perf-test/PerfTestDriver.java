/* SPDX-License-Identifier: Apache-2.0 */
package kbench;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.SettingsInForce;
import org.apache.kafka.tools.ProducerPerformance;

/** Runs Kafka's own producer test, in this process, as a driver: the harness speaks to it as to the others. */
public final class PerfTestDriver {
    private PerfTestDriver() {
    }

    public static void main(String[] arguments) throws Exception {
        Conversation conversation = new Conversation();
        Locale.setDefault(Locale.ROOT); /* ProducerPerformance prints its figures in the locale of the machine. */
        Job job = conversation.readJob();
        if (job.isProbe()) {
            conversation.ready(Versions.ofJava(), Collections.emptyMap());
            conversation.done(0, 0, Collections.emptyMap());
        } else if (job.limit() == 0) {
            throw new IllegalArgumentException("kafka-producer-perf-test needs a number of records (measure: records)");
        } else if (!job.keys().areNone()) {
            throw new IllegalArgumentException("kafka-producer-perf-test makes records without keys");
        } else if (job.scheduleFile() != null || job.isNumbered()) {
            throw new IllegalArgumentException("kafka-producer-perf-test has a schedule and records of its own");
        } else {
            test(job, conversation);
        }
    }

    private static void test(Job job, Conversation conversation) throws Exception {
        Path payload = Files.createTempFile("kbench-payload-", ".txt");
        Path config = Files.createTempFile("kbench-producer-", ".properties"); /* only its owner can read it */
        try {
            writeLines(Payload.read(job), payload);
            Properties properties = job.producerProperties();
            try (OutputStream output = Files.newOutputStream(config)) {
                properties.store(output, null);
            }
            connect(properties, job.topic());
            conversation.ready(Versions.ofJava(), SettingsInForce.of(properties));
            conversation.awaitStart();
            if (conversation.isStopped()) {
                conversation.done(0, 0, Collections.emptyMap());
                return;
            }
            PerfSummary summary = PerfSummary.parse(runTest(job, payload, config));
            long failed = job.limit() - summary.records();
            Map<String, Long> errors = failed == 0 ? Collections.emptyMap() : Map.of("NotAcknowledged", failed);
            conversation.doneWithFigures(summary.records(), failed, errors, summary.figures());
        } finally {
            Files.delete(payload);
            Files.delete(config);
        }
    }

    /** As the other drivers do before they are ready: the cluster answers, the client's classes are loaded. */
    private static void connect(Properties properties, String topic) {
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(properties)) {
            producer.partitionsFor(topic);
        }
    }

    /**
     * The test takes text only, a record a line. Each byte of the payload becomes one of 64 printable characters: as
     * many records of the same size, repeated where the payload repeats itself.
     */
    private static void writeLines(byte[][] records, Path file) throws IOException {
        try (OutputStream output = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (byte[] record : records) {
                for (byte b : record)
                    output.write(' ' + (b & 0x3f));
                output.write('\n');
            }
        }
    }

    private static String runTest(Job job, Path payload, Path config) throws Exception {
        String[] arguments = {
            "--topic", job.topic(),
            "--num-records", Long.toString(job.limit()),
            "--payload-file", payload.toString(),
            "--throughput", job.rate() > 0 ? Double.toString(job.rate()) : "-1",
            "--bootstrap-server", job.bootstrapServers(),
            "--command-config", config.toString(),
        };
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream previous = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            ProducerPerformance.main(arguments);
        } finally {
            System.setOut(previous);
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        System.err.print(text);
        return text;
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package kbench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** What the harness asks of one driver process: the first line on standard input. */
public final class Job {
    /** A probe has no cluster: the driver only shows that it starts. */
    public enum Role { PRODUCER, READER, PROBE }

    /** Offsets of a partition: `begin` is read, `end` is not. */
    public record Range(long begin, long end) {
    }

    private static final int PROTOCOL = 1;
    private static final long PATIENCE_MS = 30_000; /* without progress: a broker that starts again needs that long */

    private final JsonNode node;
    private final Role role;
    private final Keys keys;

    private Job(JsonNode node) {
        this.node = node;
        role = parseRole(node.path("role").asText());
        keys = new Keys(node.path("key").asText("none"), node.path("seed").asLong(1));
    }

    /** Refuses what this driver would otherwise do differently from what was asked. */
    public static Job parse(String line) throws IOException {
        Job job = new Job(new ObjectMapper().readTree(line));
        if (job.node.path("protocol").asInt() != PROTOCOL)
            throw new IllegalArgumentException("the job is not of protocol " + PROTOCOL);
        if (job.scheduleFile() != null && job.rate() <= 0)
            throw new IllegalArgumentException("a schedule needs a rate");
        if (job.isNumbered() && job.recordSize() < Long.BYTES)
            throw new IllegalArgumentException("records of " + job.recordSize() + " bytes cannot hold a number");
        return job;
    }

    public Role role() {
        return role;
    }

    public boolean isProbe() {
        return role == Role.PROBE;
    }

    public String topic() {
        return node.path("topic").asText();
    }

    public String bootstrapServers() {
        return node.path("bootstrap_servers").asText();
    }

    /** The client's properties as asked for, and those that a driver adds: without an id the client numbers itself. */
    public Properties clientProperties() {
        Properties properties = new Properties();
        properties.put("client.id", "kbench");
        node.path("settings").properties().forEach(e -> properties.put(e.getKey(), e.getValue().asText()));
        SaslLogin.translate(properties);
        properties.put("bootstrap.servers", bootstrapServers());
        return properties;
    }

    public Properties producerProperties() {
        Properties properties = clientProperties();
        properties.put("key.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer");
        properties.put("value.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer");
        return properties;
    }

    public String payloadFile() {
        return node.path("payload").path("file").asText();
    }

    public int payloadRecords() {
        return node.path("payload").path("records").asInt();
    }

    public int recordSize() {
        return node.path("payload").path("record_size").asInt();
    }

    public Keys keys() {
        return keys;
    }

    /** Records per second of this process; 0: as fast as possible. */
    public double rate() {
        return node.path("rate").asDouble(0);
    }

    /** How many records to send; 0: until told to stop. */
    public long limit() {
        return node.path("limits").path("records").asLong(0);
    }

    /** Where samples go; null: nowhere. */
    public String fifo() {
        return node.path("fifo").asText(null);
    }

    /** When the rate's records are intended; null: at equal distances. */
    public String scheduleFile() {
        return node.path("schedule").path("file").asText(null);
    }

    public int scheduleRecords() {
        return node.path("schedule").path("records").asInt();
    }

    public long scheduleSpanNs() {
        return node.path("schedule").path("span_ns").asLong();
    }

    /** Whether record i begins with the number sequenceBase() + i. */
    public boolean isNumbered() {
        return node.path("sequence_base").isIntegralNumber();
    }

    public long sequenceBase() {
        return node.path("sequence_base").asLong();
    }

    /** What a reader reads, by partition. */
    public Map<Integer, Range> ranges() {
        Map<Integer, Range> ranges = new TreeMap<>();
        for (JsonNode part : node.path("partitions"))
            ranges.put(part.path("partition").asInt(),
                    new Range(part.path("begin").asLong(), part.path("end").asLong()));
        return ranges;
    }

    /** How long a reader waits for a record. */
    public long patienceNs() {
        return node.path("patience_ms").asLong(PATIENCE_MS) * 1_000_000;
    }

    private static Role parseRole(String name) {
        for (Role role : Role.values())
            if (role.name().toLowerCase(Locale.ROOT).equals(name))
                return role;
        throw new IllegalArgumentException("role " + name + " is none of producer, reader and probe");
    }
}

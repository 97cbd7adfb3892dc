/* SPDX-License-Identifier: Apache-2.0 */
package kbench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Properties;

/** What the harness asks of one driver process: the first line on standard input. */
public final class Job {
    private static final int PROTOCOL = 1;

    private final JsonNode node;
    private final Keys keys;

    private Job(JsonNode node) {
        this.node = node;
        keys = new Keys(node.path("key").asText("none"), node.path("seed").asLong(1));
    }

    /** Refuses what this driver would otherwise do differently from what was asked. */
    public static Job parse(String line) throws IOException {
        Job job = new Job(new ObjectMapper().readTree(line));
        if (job.node.path("protocol").asInt() != PROTOCOL)
            throw new IllegalArgumentException("the job is not of protocol " + PROTOCOL);
        if (!job.isProbe() && !"producer".equals(job.role()))
            throw new IllegalArgumentException("role " + job.role() + " is not supported");
        return job;
    }

    /** A probe has no cluster: the driver only shows that it starts. */
    public boolean isProbe() {
        return "probe".equals(role());
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

    private String role() {
        return node.path("role").asText();
    }
}

// SPDX-License-Identifier: Apache-2.0

import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * A Java agent for the brokers that kbench starts: appends what the broker's own meters have counted to a file, four times a
 * second, one line "nanoTime idle_ns bytes_in" each; -1 stands for a meter that this broker does not have (yet).
 *
 * <p>nanoTime is CLOCK_MONOTONIC, as in kbench. idle_ns is how long the broker's request handlers have waited for work, the mean
 * over the handlers: the count of the meter behind Kafka's BrokerRequestHandlerAvgIdlePercent, which a handler raises at the end
 * of each wait, of 300 ms at most. bytes_in is what the producers' record batches had as they arrived, replication not
 * counted. An agent, because then nothing differs in the broker's configuration, and no port is open.
 */
public final class BrokerMetrics {
    private static final int PERIOD_MS = 250;

    private BrokerMetrics() {}

    public static void premain(String file) throws IOException, JMException {
        FileOutputStream out = new FileOutputStream(file, true);
        // Before Kafka 4.2 there is only one for the handlers of broker and controller together, whose counts add up to twice the
        // time; KIP-1207.
        ObjectName idle =
                new ObjectName("kafka.server:type=KafkaRequestHandlerPool,name=BrokerRequestHandlerAvgIdlePercent");
        ObjectName bytesIn = new ObjectName("kafka.server:type=BrokerTopicMetrics,name=BytesInPerSec");
        Thread thread = new Thread(() -> follow(idle, bytesIn, out), "kbench-broker-metrics");
        thread.setDaemon(true);
        thread.start();
    }

    private static void follow(ObjectName idle, ObjectName bytesIn, FileOutputStream out) {
        try (out) {
            MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
            while (true) {
                long now = System.nanoTime();
                String line = now + " " + count(beans, idle) + " " + count(beans, bytesIn) + "\n";
                out.write(line.getBytes(StandardCharsets.US_ASCII));
                Thread.sleep(PERIOD_MS);
            }
        } catch (IOException | InterruptedException end) {
            System.err.println("kbench: the broker's metrics are no longer written: " + end);
        }
    }

    private static long count(MBeanServer beans, ObjectName meter) {
        try {
            return ((Number) beans.getAttribute(meter, "Count")).longValue();
        } catch (JMException absent) {
            return -1;
        }
    }
}

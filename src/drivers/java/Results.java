/* SPDX-License-Identifier: Apache-2.0 */
package kbench;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.protocol.Errors;

/**
 * What became of the records: counts, and samples when they are wanted. Acknowledgements come on the client's network
 * thread, but some failures on the thread that sends, and samples are flushed by a third: hence the lock.
 */
final class Results {
    private static final long FLUSH_INTERVAL_MS = 50; /* the protocol allows 100 */

    private final Map<String, Long> errors = new TreeMap<>();
    private final SampleWriter samples;
    private IOException broken;
    private long acked;
    private long failed;

    /** `fifo` null: samples off. */
    Results(String fifo) throws IOException {
        samples = fifo == null ? null : new SampleWriter(fifo);
        if (samples == null)
            return;
        Thread flusher = new Thread(this::flushRegularly, "samples");
        flusher.setDaemon(true);
        flusher.start();
    }

    synchronized void acknowledge(long startNs, long endNs) {
        acked++;
        sample(startNs, endNs, Errors.NONE.code());
    }

    synchronized void fail(long startNs, long endNs, Exception cause) {
        failed++;
        errors.merge(cause.getClass().getSimpleName(), 1L, Long::sum);
        sample(startNs, endNs, Errors.forException(cause).code());
    }

    /** Writes what is left. Throws when samples were lost: figures made from the others would be wrong. */
    synchronized void close() throws IOException {
        if (broken != null)
            throw broken;
        if (samples != null)
            samples.close();
        broken = new IOException("samples are closed");
    }

    synchronized long acked() {
        return acked;
    }

    synchronized long failed() {
        return failed;
    }

    synchronized Map<String, Long> errors() {
        return errors;
    }

    private void sample(long startNs, long endNs, int status) {
        if (samples == null || broken != null)
            return;
        try {
            samples.put(startNs, endNs, 1, status);
        } catch (IOException e) {
            broken = e;
        }
    }

    private void flushRegularly() {
        try {
            while (flush())
                Thread.sleep(FLUSH_INTERVAL_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean flush() {
        if (broken != null)
            return false;
        try {
            samples.flush();
            return true;
        } catch (IOException e) {
            broken = e;
            return false;
        }
    }
}

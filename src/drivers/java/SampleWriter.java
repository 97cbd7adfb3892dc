/* SPDX-License-Identifier: Apache-2.0 */
package kbench;

import java.io.Closeable;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Packs samples into blocks and writes them to the FIFO; a reader's items have the same form. For one thread at a time:
 * Results holds the lock. No channel: that would close itself under a thread which the stop interrupts.
 */
final class SampleWriter implements Closeable {
    private static final int SAMPLE_BYTES = 24;
    private static final int BLOCK_BYTES = 64 * 1024 / SAMPLE_BYTES * SAMPLE_BYTES;

    private final OutputStream fifo;
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    /** Blocks until the FIFO has a reader. */
    SampleWriter(String path) throws IOException {
        if (!new File(path).exists())
            throw new FileNotFoundException(path); /* it would be made, a file that nobody reads */
        fifo = new FileOutputStream(path);
    }

    /** One record's start, end, count (1), and status: 0 when it was acknowledged, else Kafka's error code. */
    void put(long start, long end, int count, int status) throws IOException {
        block.putLong(start).putLong(end).putInt(count).putInt(status);
        if (!block.hasRemaining())
            flush();
    }

    void flush() throws IOException {
        fifo.write(block.array(), 0, block.position());
        block.clear();
    }

    @Override
    public void close() throws IOException {
        flush();
        fifo.close();
    }
}

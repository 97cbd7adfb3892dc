/* SPDX-License-Identifier: Apache-2.0 */
package kbench;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Paths;
import java.nio.file.StandardOpenOption;

/** Packs samples into blocks and writes them to the FIFO. For one thread at a time: Results holds the lock. */
final class SampleWriter implements Closeable {
    private static final int SAMPLE_BYTES = 24;
    private static final int BLOCK_BYTES = 64 * 1024 / SAMPLE_BYTES * SAMPLE_BYTES;

    private final FileChannel fifo;
    private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    /** Blocks until the FIFO has a reader. */
    SampleWriter(String path) throws IOException {
        fifo = FileChannel.open(Paths.get(path), StandardOpenOption.WRITE);
    }

    /** One record: `status` is 0 when it was acknowledged, else Kafka's error code. */
    void put(long startNs, long endNs, int status) throws IOException {
        block.putLong(startNs).putLong(endNs).putInt(1).putInt(status);
        if (!block.hasRemaining())
            flush();
    }

    void flush() throws IOException {
        block.flip();
        while (block.hasRemaining())
            fifo.write(block);
        block.clear();
    }

    @Override
    public void close() throws IOException {
        flush();
        fifo.close();
    }
}

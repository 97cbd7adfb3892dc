/* SPDX-License-Identifier: Apache-2.0 */
package kbench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.Arrays;

/** The values to send, made before the start: record i is the i-th piece of the payload file, round and round. */
public final class Payload {
    private Payload() {
    }

    public static byte[][] read(Job job) throws IOException {
        byte[] file = Files.readAllBytes(Paths.get(job.payloadFile()));
        int size = job.recordSize();
        if (job.payloadRecords() < 1 || size < 1 || file.length < (long) job.payloadRecords() * size)
            throw new IOException(job.payloadFile() + " does not hold " + job.payloadRecords() + " records of " + size);
        byte[][] records = new byte[job.payloadRecords()][];
        for (int i = 0; i < records.length; i++)
            records[i] = Arrays.copyOfRange(file, i * size, (i + 1) * size);
        return records;
    }

    /** A value of its own, `number` in its first 8 bytes, the highest first: records in flight share the others. */
    public static byte[] numbered(byte[] value, long number) {
        byte[] copy = value.clone();
        ByteBuffer.wrap(copy).putLong(number);
        return copy;
    }
}

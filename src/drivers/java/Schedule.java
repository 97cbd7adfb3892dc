/* SPDX-License-Identifier: Apache-2.0 */
package kbench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Paths;

/**
 * When each record of a fixed rate is intended, in nanoseconds after the origin: at equal distances, or as a file of
 * the harness says, which is the same for every language. The times never slip, however late the records leave.
 */
public final class Schedule {
    private static final double NANOS = 1e9;

    private final double rate;
    private final long[] offsets; /* within the span; null: equal distances */
    private final long spanNs;

    private Schedule(double rate, long[] offsets, long spanNs) {
        this.rate = rate;
        this.offsets = offsets;
        this.spanNs = spanNs;
    }

    public static Schedule of(Job job) throws IOException {
        String file = job.scheduleFile();
        return new Schedule(job.rate(), file == null ? null : read(file, job), job.scheduleSpanNs());
    }

    /** The intended time of record i. */
    public long time(long i) {
        if (offsets == null)
            return (long) (i * NANOS / rate);
        return i / offsets.length * spanNs + offsets[(int) (i % offsets.length)];
    }

    /** How many records are intended until then, that moment included. */
    public long count(long elapsedNs) {
        if (elapsedNs < 0)
            return 0;
        if (offsets == null)
            return search(0, (long) (elapsedNs / NANOS * rate) + 2, elapsedNs);
        long first = elapsedNs / spanNs * offsets.length;
        return search(first, first + offsets.length, elapsedNs);
    }

    /** The first record that is intended later, from `low`, which is not above it, to `high`. */
    private long search(long low, long high, long elapsedNs) {
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (time(middle) <= elapsedNs)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    private static long[] read(String file, Job job) throws IOException {
        LongBuffer stored =
                ByteBuffer.wrap(Files.readAllBytes(Paths.get(file))).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
        if (job.scheduleRecords() < 1 || stored.remaining() < job.scheduleRecords())
            throw new IOException(file + " does not hold a schedule of " + job.scheduleRecords() + " records");
        long[] offsets = new long[job.scheduleRecords()];
        stored.get(offsets);
        long previous = 0;
        for (long offset : offsets) {
            if (offset < previous || offset >= job.scheduleSpanNs())
                throw new IOException(file + ": the offset " + offset + " does not ascend within the span");
            previous = offset;
        }
        return offsets;
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package kbench;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The records' keys: none, or 8 bytes, the highest first, of a number. The same in every driver. */
public final class Keys {
    private enum Kind { NONE, SEQUENTIAL, RANDOM }

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final Kind kind;
    private final long seed;

    Keys(String kind, long seed) {
        this.kind = parse(kind);
        this.seed = seed;
    }

    public boolean areNone() {
        return kind == Kind.NONE;
    }

    /** The key of record i, in an array of its own: the client keeps it. Null where there are none. */
    public byte[] of(long i) {
        switch (kind) {
            case SEQUENTIAL:
                return bytes(i);
            case RANDOM:
                return bytes(splitmix64(seed + i));
            default:
                return null;
        }
    }

    private static byte[] bytes(long number) {
        byte[] bytes = new byte[Long.BYTES];
        LONG.set(bytes, 0, number);
        return bytes;
    }

    /** Steele, Lea and Flood's generator: one step from `state`. */
    private static long splitmix64(long state) {
        long z = state + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private static Kind parse(String name) {
        for (Kind kind : Kind.values())
            if (kind.name().equalsIgnoreCase(name))
                return kind;
        throw new IllegalArgumentException("key " + name + " is none of none, sequential and random");
    }
}

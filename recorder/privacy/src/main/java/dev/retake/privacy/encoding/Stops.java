package dev.retake.privacy.encoding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the next of up to three bytes, eight at a time (the zero-byte test of Hacker's Delight, §6-1): what lies between
 * two of them is passed without a look at each byte.
 *
 * @param first a byte in each of eight places, as the others
 */
public record Stops(long first, long second, long third) {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    /** Stops at one byte. */
    public static Stops at(char only) {
        return at(only, only, only);
    }

    /** Stops at two bytes. */
    public static Stops at(char one, char other) {
        return at(one, other, other);
    }

    /** Stops at three bytes. */
    public static Stops at(char one, char other, char third) {
        return new Stops(ONES * (one & 0xff), ONES * (other & 0xff), ONES * (third & 0xff));
    }

    /** The first place from {@code from} on where one of the bytes stands, {@code to} where none does. */
    public int next(byte[] source, int from, int to) {
        int at = from;
        // What lies behind the end is read but not looked at.
        for (int last = source.length - Long.BYTES; at < to && at <= last; at += Long.BYTES) {
            long eight = (long) LONGS.get(source, at);
            // The lowest mark is true; one above it may stem from a borrow.
            long found = (zero(eight ^ first) | zero(eight ^ second) | zero(eight ^ third)) & HIGH_BITS;
            if (found != 0) {
                return Math.min(to, at + (Long.numberOfTrailingZeros(found) >>> 3));
            }
        }
        while (at < to && !isStop(source[at])) {
            at++;
        }
        return Math.min(to, at);
    }

    private boolean isStop(byte b) {
        return b == (byte) first || b == (byte) second || b == (byte) third;
    }

    private static long zero(long eight) {
        return eight - ONES & ~eight;
    }
}

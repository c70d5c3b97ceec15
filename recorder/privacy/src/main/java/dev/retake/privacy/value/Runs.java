package dev.retake.privacy.value;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Compares short runs of bytes, eight at a time: most texts of a message are shorter than what the runtime's own
 * comparison of ranges takes to begin.
 */
final class Runs {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private static final VarHandle ORDERED =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long SPACES = 0x2020202020202020L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Runs() {}

    /** Whether {@code run} stands in {@code source} at {@code from}, where there are as many bytes. */
    static boolean standsAt(byte[] run, byte[] source, int from) {
        int length = run.length;
        if (length >= Long.BYTES) {
            int last = length - Long.BYTES;
            for (int i = 0; i < last; i += Long.BYTES) {
                if (eight(run, i) != eight(source, from + i)) {
                    return false;
                }
            }
            return eight(run, last) == eight(source, from + last);
        }
        if (length >= Integer.BYTES) {
            int last = length - Integer.BYTES;
            return four(run, 0) == four(source, from) && four(run, last) == four(source, from + last);
        }
        for (int i = 0; i < length; i++) {
            if (run[i] != source[from + i]) {
                return false;
            }
        }
        return true;
    }

    /** Which of the eight bytes at {@code from} is the last space, counted from 0; -1 where none is. */
    static int lastSpace(byte[] source, int from) {
        long apart = (long) ORDERED.get(source, from) ^ SPACES;
        long spaces = ~((apart & ~HIGH_BITS) + ~HIGH_BITS | apart | ~HIGH_BITS);
        return (Long.SIZE - 1 - Long.numberOfLeadingZeros(spaces)) >> 3;
    }

    private static long eight(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    private static int four(byte[] bytes, int at) {
        return (int) INTS.get(bytes, at);
    }
}

package dev.retake.common.coding;

import java.util.Arrays;

/** Bytes that are decoded so far, never more than a bound. */
final class Output {
    private final int bound;
    private byte[] bytes;
    private int length;

    Output(int bound, long expected) {
        this.bound = bound;
        this.bytes = new byte[(int) Math.min(bound, expected)];
    }

    /** An array with room behind {@link #length()}; grows, up to the bound. */
    byte[] room() {
        if (length == bytes.length && length < bound) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(bound, Math.max(512L, 2L * bytes.length)));
        }
        return bytes;
    }

    int length() {
        return length;
    }

    void wrote(int count) {
        length += count;
    }

    boolean full() {
        return length == bound;
    }

    byte[] toBytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }
}

package dev.retake.privacy.value;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Remembers short texts in which the detectors found nothing: titles, states and categories come again and again. A text
 * is kept from the second time on, byte for byte, in a fixed number of slots, each for the last text that fell on it. Not
 * thread-safe.
 */
final class CleanTexts {
    static final int SHORTEST = 8;
    static final int LONGEST = 64;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final byte[] NONE = {};
    private static final long PRIME = 0x9E3779B97F4A7C15L;

    private final byte[][] texts;
    private final int[] hashes;

    /** @param slots how many texts are remembered, a power of two; 0 for none */
    CleanTexts(int slots) {
        texts = new byte[slots][];
        Arrays.fill(texts, NONE);
        hashes = new int[slots];
    }

    /** Whether {@code source[from, to)} is remembered. */
    boolean holds(byte[] source, int from, int to) {
        int length = to - from;
        if (length < SHORTEST || length > LONGEST || texts.length == 0) {
            return false;
        }
        byte[] text = texts[slot(hash(source, from, to))];
        return Arrays.equals(text, 0, text.length, source, from, to);
    }

    /** Notes that nothing is in {@code source[from, to)}. */
    void add(byte[] source, int from, int to) {
        int length = to - from;
        if (length < SHORTEST || length > LONGEST || texts.length == 0) {
            return;
        }
        int hash = hash(source, from, to);
        int slot = slot(hash);
        if (hashes[slot] == hash) {
            texts[slot] = Arrays.copyOfRange(source, from, to);
        }
        hashes[slot] = hash;
    }

    private int slot(int hash) {
        return hash & texts.length - 1;
    }

    private static int hash(byte[] source, int from, int to) {
        long hash = to - from;
        for (int i = from; i < to - Long.BYTES; i += Long.BYTES) {
            hash = (hash ^ (long) LONGS.get(source, i)) * PRIME;
            hash ^= hash >>> 32;
        }
        hash = (hash ^ (long) LONGS.get(source, to - Long.BYTES)) * PRIME;
        return (int) (hash >>> 32);
    }
}

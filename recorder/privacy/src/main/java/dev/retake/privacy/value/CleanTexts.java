package dev.retake.privacy.value;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Remembers short texts in which the detectors found nothing: titles, states and categories come again and again. A text
 * is kept from the second time on, byte for byte, in a fixed number of slots, each for the last text that fell on it. Not
 * thread-safe.
 */
final class CleanTexts {
    static final int SHORTEST = 4;
    static final int LONGEST = 64;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final byte[] NONE = {};
    private static final long PRIME = 0x9E3779B97F4A7C15L;
    private static final long OTHER_PRIME = 0xC2B2AE3D27D4EB4FL;

    private final byte[][] texts;
    private final @Nullable Field[] fields;
    private final int[] hashes;

    /** @param slots how many texts are remembered, a power of two; 0 for none */
    CleanTexts(int slots) {
        texts = new byte[slots][];
        Arrays.fill(texts, NONE);
        fields = new Field[slots];
        hashes = new int[slots];
    }

    /**
     * Whether {@code source[from, to)} is remembered.
     *
     * @param field where a rule of its had to refuse the text first, else null
     */
    boolean holds(@Nullable Field field, byte[] source, int from, int to) {
        int length = to - from;
        if (length < SHORTEST || length > LONGEST || texts.length == 0) {
            return false;
        }
        int slot = slot(hash(field, source, from, to));
        byte[] text = texts[slot];
        return text.length == length && fields[slot] == field && Runs.standsAt(text, source, from);
    }

    /** Notes that nothing is in {@code source[from, to)}, and that the rule of {@code field} refuses it. */
    void add(@Nullable Field field, byte[] source, int from, int to) {
        int length = to - from;
        if (length < SHORTEST || length > LONGEST || texts.length == 0) {
            return;
        }
        int hash = hash(field, source, from, to);
        int slot = slot(hash);
        if (hashes[slot] == hash) {
            texts[slot] = Arrays.copyOfRange(source, from, to);
            fields[slot] = field;
        }
        hashes[slot] = hash;
    }

    private int slot(int hash) {
        return hash & texts.length - 1;
    }

    /** Looks at the ends of a text and at its middle: texts are compared in whole afterwards. */
    private static int hash(@Nullable Field field, byte[] source, int from, int to) {
        int length = to - from;
        long hash = (field == null ? 0L : field.identity()) + length;
        if (length < Long.BYTES) {
            hash += few(source, from, to) * PRIME;
        } else {
            hash += at(source, from) * PRIME + at(source, to - Long.BYTES) * OTHER_PRIME;
        }
        if (length > 2 * Long.BYTES) {
            hash ^= at(source, from + Long.BYTES) * OTHER_PRIME + at(source, to - 2 * Long.BYTES) * PRIME;
        }
        if (length > 4 * Long.BYTES) {
            int middle = from + length / 2;
            hash += at(source, middle - Long.BYTES) * OTHER_PRIME ^ at(source, middle) * PRIME;
        }
        hash = (hash ^ hash >>> 32) * PRIME;
        return (int) (hash >>> 32);
    }

    private static long at(byte[] source, int from) {
        return (long) LONGS.get(source, from);
    }

    private static long few(byte[] source, int from, int to) {
        long bytes = 0;
        for (int i = from; i < to; i++) {
            bytes = bytes << Byte.SIZE | source[i] & 0xff;
        }
        return bytes;
    }
}

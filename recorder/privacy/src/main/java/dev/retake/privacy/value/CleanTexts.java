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

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] NONE = {};
    private static final long PRIME = 0x9E3779B97F4A7C15L;

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
        return fields[slot] == field && Arrays.equals(text, 0, text.length, source, from, to);
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

    private static int hash(@Nullable Field field, byte[] source, int from, int to) {
        long hash = (field == null ? 0L : field.identity()) + to - from;
        for (int i = from; i < to - Long.BYTES; i += Long.BYTES) {
            hash = (hash ^ (long) LONGS.get(source, i)) * PRIME;
            hash ^= hash >>> 32;
        }
        hash = (hash ^ last(source, from, to)) * PRIME;
        hash = (hash ^ hash >>> 32) * PRIME;
        return (int) (hash >>> 32);
    }

    /** The last eight bytes of a text, or all of a shorter one. */
    private static long last(byte[] source, int from, int to) {
        if (to >= Long.BYTES) {
            int foreign = Math.max(0, Long.BYTES - (to - from));
            return (long) LONGS.get(source, to - Long.BYTES) >>> Byte.SIZE * foreign;
        }
        long bytes = 0;
        for (int i = from; i < to; i++) {
            bytes |= (source[i] & 0xffL) << Byte.SIZE * (i - from);
        }
        return bytes;
    }
}

package dev.retake.common.coding;

import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Encoded bytes as a decoder takes them, piece by piece: when it asks for what lies behind a mark, all that the bytes before
 * it hold has been decoded, and how much that is is noted.
 */
final class Input extends InputStream {
    private final byte[] bytes;
    private final int length;
    private final Output output;
    private final int[] marks;
    private int at;
    private int mark;

    /**
     * Bytes to be decoded.
     *
     * @param output what they are decoded to
     * @param marks ascending offsets in {@code bytes}; each is replaced by how much of the output was there when all before it
     *     had been decoded
     */
    Input(byte[] bytes, Output output, int[] marks) {
        this.bytes = bytes;
        this.length = bytes.length;
        this.output = output;
        this.marks = marks;
    }

    int left() {
        return length - at;
    }

    /** RFC 1950 §2.2: method 8, and both bytes together a multiple of 31. */
    boolean hasZlibHeader() {
        return length >= 2 && (bytes[0] & 0x0f) == 8 && ((bytes[0] & 0xff) << 8 | (bytes[1] & 0xff)) % 31 == 0;
    }

    @Override
    public int available() {
        return left();
    }

    /** Moves bytes into {@code into}, as many as {@link #read(byte[], int, int)} would. */
    int read(ByteBuffer into) {
        int count = upTo(into.remaining());
        into.put(bytes, at, count);
        at += count;
        return count;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** As many bytes as there are before the next mark, at most {@code wanted}; -1 at the end. */
    @Override
    public int read(byte[] into, int from, int wanted) {
        int count = upTo(wanted);
        if (count == 0) {
            return -1;
        }
        System.arraycopy(bytes, at, into, from, count);
        at += count;
        return count;
    }

    private int upTo(int wanted) {
        while (mark < marks.length && marks[mark] <= at) {
            marks[mark++] = output.length();
        }
        int end = mark < marks.length ? Math.min(length, marks[mark]) : length;
        return Math.min(wanted, end - at);
    }

    /** No more is taken; what lies behind marks that were not reached was not decoded, unless it is the very end. */
    void end() {
        if (at == length) {
            upTo(0);
        }
        while (mark < marks.length) {
            marks[mark++] = -1;
        }
    }
}

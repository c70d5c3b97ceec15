package dev.retake.privacy.encoding;

import java.util.Arrays;

/**
 * Text after one layer of escaping was taken off, which remembers where each of its bytes stood before: what is replaced
 * in it can be replaced in the source, and everything else there stays byte for byte.
 */
public final class DecodedText {
    private byte[] bytes;
    private int[] origins;
    private int length;

    /** Empty text that expects about {@code expected} bytes. */
    public DecodedText(int expected) {
        bytes = new byte[Math.max(16, expected)];
        origins = new int[bytes.length + 1];
    }

    /** The decoded bytes; only the first {@link #length()} count. Not copied: treat as read-only. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    /** Where the byte at {@code index} began in the source; for {@code length()} where the source ended. */
    public int origin(int index) {
        return origins[index];
    }

    /** Adds a byte that began at {@code origin} in the source. */
    public void add(byte value, int origin) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, length * 2);
            origins = Arrays.copyOf(origins, length * 2 + 1);
        }
        bytes[length] = value;
        origins[length++] = origin;
    }

    /** Adds {@code codePoint} in UTF-8; a lone surrogate takes three bytes as any other of its range. */
    void addCodePoint(int codePoint, int origin) {
        if (codePoint < 0x80) {
            add((byte) codePoint, origin);
        } else if (codePoint < 0x800) {
            add((byte) (0xc0 | codePoint >> 6), origin);
            add((byte) (0x80 | codePoint & 0x3f), origin);
        } else if (codePoint < 0x10000) {
            add((byte) (0xe0 | codePoint >> 12), origin);
            add((byte) (0x80 | codePoint >> 6 & 0x3f), origin);
            add((byte) (0x80 | codePoint & 0x3f), origin);
        } else {
            add((byte) (0xf0 | codePoint >> 18), origin);
            add((byte) (0x80 | codePoint >> 12 & 0x3f), origin);
            add((byte) (0x80 | codePoint >> 6 & 0x3f), origin);
            add((byte) (0x80 | codePoint & 0x3f), origin);
        }
    }

    /** Ends the text, whose source ended at {@code sourceEnd}. */
    public DecodedText end(int sourceEnd) {
        origins[length] = sourceEnd;
        return this;
    }
}

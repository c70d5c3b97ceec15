package dev.retake.journal.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads what {@link RecordOutput} wrote. Every length is checked against what is left, so that no input can exhaust memory. */
public final class RecordInput {
    private static final byte[] NO_BYTES = {};

    private final byte[] bytes;
    private int at;

    public RecordInput(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Whether anything follows. */
    public boolean hasMore() {
        return at < bytes.length;
    }

    public int u8() throws UnreadableException {
        need(1);
        return bytes[at++] & 0xff;
    }

    public boolean flag() throws UnreadableException {
        return u8() != 0;
    }

    public long fixed64() throws UnreadableException {
        need(8);
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | bytes[at++] & 0xff;
        }
        return value;
    }

    public long varint() throws UnreadableException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = u8();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new UnreadableException("has a number of more than ten bytes");
    }

    public long signed() throws UnreadableException {
        long value = varint();
        return value >>> 1 ^ -(value & 1);
    }

    /** A number of things that each take at least {@code leastBytes}. */
    public int count(int leastBytes) throws UnreadableException {
        long count = varint();
        if (count < 0 || count > (bytes.length - at) / leastBytes) {
            throw new UnreadableException("ends before its content does");
        }
        return (int) count;
    }

    public int integer() throws UnreadableException {
        long value = varint();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new UnreadableException("has a number out of range");
        }
        return (int) value;
    }

    public byte[] bytes() throws UnreadableException {
        int length = count(1);
        if (length == 0) {
            return NO_BYTES;
        }
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    public String text() throws UnreadableException {
        long header = varint();
        boolean wide = (header & 1) != 0;
        int charBytes = wide ? 2 : 1;
        if (header >>> 1 > (bytes.length - at) / charBytes) {
            throw new UnreadableException("ends before its content does");
        }
        int length = (int) (header >>> 1) * charBytes;
        int start = at;
        at += length;
        if (!wide) {
            return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
        }
        // By hand, since a decoder would replace surrogates that stand alone.
        char[] chars = new char[length / 2];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) ((bytes[start + 2 * i] & 0xff) << 8 | bytes[start + 2 * i + 1] & 0xff);
        }
        return new String(chars);
    }

    @Nullable
    public String optionalText() throws UnreadableException {
        return flag() ? text() : null;
    }

    private void need(int more) throws UnreadableException {
        if (bytes.length - at < more) {
            throw new UnreadableException("ends before its content does");
        }
    }
}

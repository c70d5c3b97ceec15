package dev.retake.privacy.protobuf;

import java.util.Arrays;

/**
 * Reads the fields of one message from its wire format, one after another, without copying (protobuf.dev, "Encoding"). It
 * reads any bytes: what is no field ends it, broken.
 *
 * <pre>
 *   tag: varint (number &lt;&lt; 3 | wire)   value: VARINT | I64: 8 bytes | LEN: varint, that many bytes | I32: 4 bytes
 *                                              | SGROUP: fields up to the EGROUP of the same number
 * </pre>
 *
 * Not thread-safe.
 */
final class WireReader {
    static final int VARINT = 0;
    static final int I64 = 1;
    static final int LEN = 2;
    static final int SGROUP = 3;
    static final int EGROUP = 4;
    static final int I32 = 5;

    /** Groups inside one another; more are taken for broken, as protobuf's own parsers do with messages. */
    static final int DEEPEST = 100;

    private static final int MOST_VARINT_BYTES = 10;

    private final byte[] source;
    private final int end;
    private int at;
    private int start;
    private int number;
    private int wire;
    private int prefix;
    private int from;
    private long value;
    private boolean broken;

    WireReader(byte[] source, int from, int to) {
        this.source = source;
        this.at = from;
        this.start = from;
        this.end = to;
    }

    /** Reads the next tag, and its value unless a group begins or ends there; false at the end, and where it is broken. */
    boolean next() {
        if (at == end || broken) {
            return false;
        }
        start = at;
        long tag = varint();
        number = (int) (tag >>> 3);
        wire = (int) tag & 7;
        broken |= tag >>> 32 != 0 || number == 0;
        prefix = at;
        from = at;
        if (!broken) {
            switch (wire) {
                case VARINT -> value = varint();
                case I64 -> value = fixed(Long.BYTES);
                case LEN -> length();
                case SGROUP, EGROUP -> {}
                case I32 -> value = fixed(Integer.BYTES);
                default -> broken = true;
            }
        }
        return !broken;
    }

    private void length() {
        long length = varint();
        if (broken || length < 0 || length > end - at) {
            broken = true;
            return;
        }
        from = at;
        at += (int) length;
    }

    /** Reads the value at the place itself, as packed fields hold them, which have no tags. */
    boolean nextPacked(int wireOfValue) {
        if (at == end || broken) {
            return false;
        }
        from = at;
        value = wireOfValue == VARINT ? varint() : fixed(wireOfValue == I64 ? Long.BYTES : Integer.BYTES);
        return !broken;
    }

    /** Reads a length and what it is the length of. */
    boolean nextDelimited() {
        if (at == end || broken) {
            return false;
        }
        prefix = at;
        length();
        return !broken;
    }

    /** Passes over the group whose beginning was read. */
    boolean skipGroup() {
        int[] open = new int[8];
        int depth = 1;
        int groupStart = start;
        open[0] = number;
        while (depth > 0 && next()) {
            if (wire == SGROUP) {
                if (depth == open.length) {
                    open = Arrays.copyOf(open, 2 * depth);
                }
                open[depth++] = number;
                broken = depth > DEEPEST;
            } else if (wire == EGROUP) {
                depth--;
                broken = open[depth] != number;
            }
        }
        broken |= depth > 0;
        start = groupStart;
        return !broken;
    }

    private long varint() {
        long read = 0;
        for (int i = 0; i < MOST_VARINT_BYTES && at < end; i++) {
            byte b = source[at++];
            read |= (long) (b & 0x7f) << 7 * i;
            if (b >= 0) {
                return read;
            }
        }
        broken = true;
        return 0;
    }

    private long fixed(int bytes) {
        if (end - at < bytes) {
            broken = true;
            return 0;
        }
        long read = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            read = read << 8 | source[at + i] & 0xff;
        }
        at += bytes;
        return read;
    }

    /** Whether the bytes ceased to be fields before their end. */
    boolean isBroken() {
        return broken;
    }

    int number() {
        return number;
    }

    /** How the value is written, one of the constants of this class. */
    int wire() {
        return wire;
    }

    /** Where the field that was read last begins, with its tag. */
    int start() {
        return start;
    }

    /** Where its length stands, where it has one. */
    int prefix() {
        return prefix;
    }

    /** Where its value begins, behind its length. */
    int from() {
        return from;
    }

    /** Where it ends. */
    int at() {
        return at;
    }

    /** The value as it is written; of a fixed one of four bytes the upper half is zero. */
    long value() {
        return value;
    }

    /** {@code number} as a varint, as short as it can be. */
    static byte[] varint(long number) {
        byte[] written = new byte[MOST_VARINT_BYTES];
        int length = 0;
        long rest = number;
        while ((rest & ~0x7fL) != 0) {
            written[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        written[length++] = (byte) rest;
        return Arrays.copyOf(written, length);
    }
}

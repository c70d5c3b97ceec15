package dev.retake.journal.record;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes the primitive parts of a record into one growing array, which is reused from record to record.
 *
 * <pre>
 * varint   LEB128, 7 bits a byte, low bits first; signed numbers zigzag
 * bytes    varint length, bytes
 * text     varint (length in chars * 2 + wide), then a byte a char (ISO-8859-1), or two where wide (UTF-16BE)
 * optional one byte 0, or 1 and the value
 * </pre>
 */
public final class RecordOutput {
    private byte[] bytes = new byte[4_096];
    private int length;

    public void reset() {
        length = 0;
    }

    /** What was written, and more: the first {@link #length()} bytes count. */
    public byte[] array() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public void u8(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    public void flag(boolean value) {
        u8(value ? 1 : 0);
    }

    public void fixed64(long value) {
        reserve(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
    }

    public void varint(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    public void signed(long value) {
        varint(value << 1 ^ value >> 63);
    }

    public void bytes(byte[] value) {
        varint(value.length);
        reserve(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    public void text(String value) {
        int chars = value.length();
        int start = length;
        varint((long) chars << 1);
        reserve(chars);
        byte[] target = bytes;
        int at = length;
        int seen = 0;
        for (int i = 0; i < chars; i++) {
            char c = value.charAt(i);
            seen |= c;
            target[at + i] = (byte) c;
        }
        if (seen > 0xff) {
            length = start;
            wideText(value);
        } else {
            length = at + chars;
        }
    }

    private void wideText(String value) {
        int chars = value.length();
        varint((long) chars << 1 | 1);
        reserve(Math.multiplyExact(2, chars));
        for (int i = 0; i < chars; i++) {
            char c = value.charAt(i);
            bytes[length++] = (byte) (c >>> 8);
            bytes[length++] = (byte) c;
        }
    }

    public void optionalText(@Nullable String value) {
        flag(value != null);
        if (value != null) {
            text(value);
        }
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), bytes.length * 2));
        }
    }
}

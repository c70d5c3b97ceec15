package dev.retake.privacy.scan;

import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/**
 * Takes one kind of escape off a stream, a byte at a time, so that a value is found however much of it is escaped. What
 * turns out to be no escape is passed on as it came. Not thread-safe.
 */
abstract class Unescaping {
    /** Takes the bytes that are meant, each with the offsets of the first and the last byte that it was written with. */
    interface Output {
        void put(byte value, long first, long last);
    }

    /** All pending bytes are one escape, whose meaning was passed on. */
    static final int TAKEN = 0;
    /** More bytes are needed. */
    static final int WAIT = 1;
    /** This is no escape. */
    static final int NONE = 2;
    /** All but the last pending byte are one escape, whose meaning was passed on. */
    static final int LAST_AGAIN = 3;

    private final byte marker;
    private final String encoding;
    private final byte[] pending = new byte[24];
    private int pendingLength;
    private long pendingFrom;

    Unescaping(char marker, String encoding) {
        this.marker = (byte) marker;
        this.encoding = encoding;
    }

    /** Whether an escape may begin with {@code value}. */
    final boolean begins(byte value) {
        return value == marker;
    }

    /** The name of what is taken off. */
    final String encoding() {
        return encoding;
    }

    /** Whether bytes are held back that may be an escape. */
    final boolean isPending() {
        return pendingLength > 0;
    }

    /** Takes the byte at {@code offset}, and passes on what is certain now. */
    final void take(byte value, long offset, Output out) {
        if (pendingLength == 0 && !begins(value)) {
            out.put(value, offset, offset);
            return;
        }
        if (pendingLength == 0) {
            pendingFrom = offset;
        }
        pending[pendingLength++] = value;
        int taken = decode(pending, pendingLength, b -> out.put((byte) b, pendingFrom, offset));
        if (taken == WAIT && pendingLength < pending.length) {
            return;
        }
        byte last = pending[pendingLength - 1];
        int length = pendingLength;
        pendingLength = 0;
        if (taken == LAST_AGAIN) {
            take(last, offset, out);
        } else if (taken != TAKEN) {
            // A byte that ends what is no escape may begin the next one.
            boolean again = length > 1 && begins(last);
            for (int i = 0; i < length - (again ? 1 : 0); i++) {
                out.put(pending[i], pendingFrom + i, pendingFrom + i);
            }
            if (again) {
                take(last, offset, out);
            }
        }
    }

    /** Decodes {@code bytes[0, length)}, which begins with the marker. */
    abstract int decode(byte[] bytes, int length, LongConsumer out);

    /** RFC 3986 §2.1. */
    static Unescaping percent() {
        return new Unescaping('%', "percent") {
            @Override
            int decode(byte[] bytes, int length, LongConsumer out) {
                if (length > 1 && Character.digit(bytes[length - 1], 16) < 0) {
                    return NONE;
                }
                if (length < 3) {
                    return WAIT;
                }
                out.accept(hex(bytes, 1, 3));
                return TAKEN;
            }
        };
    }

    /** Zero bytes between others, as UTF-16 and UTF-32 have them in text of few languages. */
    static Unescaping zeros() {
        return new Unescaping('\0', "utf-16") {
            @Override
            int decode(byte[] bytes, int length, LongConsumer out) {
                return TAKEN;
            }
        };
    }

    /** RFC 8259 §7, also with the backslashes that strings in strings have. */
    static Unescaping json() {
        return new JsonUnescaping();
    }

    /** Character references of XML and HTML: numbers, and the five names of XML. */
    static Unescaping markup() {
        return new Unescaping('&', "markup") {
            @Override
            int decode(byte[] bytes, int length, LongConsumer out) {
                byte last = bytes[length - 1];
                if (last != ';') {
                    boolean wanted = length == 1
                            || length == 2 && last == '#'
                            || last >= '0' && last <= '9'
                            || last >= 'a' && last <= 'z'
                            || last >= 'A' && last <= 'F'
                            || length == 3 && last == 'X';
                    return wanted && length < 12 ? WAIT : NONE;
                }
                int code = reference(new String(bytes, 1, length - 2, StandardCharsets.US_ASCII));
                if (code < 0) {
                    return NONE;
                }
                utf8(code, out);
                return TAKEN;
            }
        };
    }

    /** The code point that a reference stands for, -1 for none. */
    private static int reference(String name) {
        return switch (name) {
            case "amp" -> '&';
            case "lt" -> '<';
            case "gt" -> '>';
            case "quot" -> '"';
            case "apos" -> '\'';
            default -> number(name);
        };
    }

    private static int number(String name) {
        if (!name.startsWith("#") || name.length() < 2) {
            return -1;
        }
        boolean hexadecimal = name.charAt(1) == 'x' || name.charAt(1) == 'X';
        int code = 0;
        for (int i = hexadecimal ? 2 : 1; i < name.length(); i++) {
            int digit = Character.digit(name.charAt(i), hexadecimal ? 16 : 10);
            if (digit < 0 || code > 0x10ffff) {
                return -1;
            }
            code = code * (hexadecimal ? 16 : 10) + digit;
        }
        return code > 0x10ffff ? -1 : code;
    }

    static int hex(byte[] bytes, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            value = value << 4 | Character.digit(bytes[i], 16);
        }
        return value;
    }

    static void utf8(int code, LongConsumer out) {
        if (code < 0x80) {
            out.accept(code);
        } else if (code < 0x800) {
            out.accept(0xc0 | code >> 6);
            out.accept(0x80 | code & 0x3f);
        } else if (code < 0x10000) {
            out.accept(0xe0 | code >> 12);
            out.accept(0x80 | code >> 6 & 0x3f);
            out.accept(0x80 | code & 0x3f);
        } else {
            out.accept(0xf0 | code >> 18);
            out.accept(0x80 | code >> 12 & 0x3f);
            out.accept(0x80 | code >> 6 & 0x3f);
            out.accept(0x80 | code & 0x3f);
        }
    }

    /** A pair of surrogates is written as two escapes, and taken as one. */
    private static final class JsonUnescaping extends Unescaping {
        JsonUnescaping() {
            super('\\', "json");
        }

        @Override
        int decode(byte[] bytes, int length, LongConsumer out) {
            int run = backslashes(bytes, 0, length);
            if (run == length) {
                return length < 8 ? WAIT : NONE;
            }
            if (bytes[run] == 'u') {
                return character(bytes, run + 1, length, out);
            }
            int plain = "\"/'".indexOf(bytes[run]) >= 0 ? bytes[run] : -1;
            int control = run % 2 == 0 ? -1 : "bfnrt".indexOf(bytes[run]);
            if (plain >= 0) {
                out.accept(plain);
            } else if (control >= 0) {
                out.accept("\b\f\n\r\t".charAt(control));
            } else {
                for (int i = 0; i < (run + 1) / 2; i++) {
                    out.accept('\\');
                }
                return LAST_AGAIN;
            }
            return TAKEN;
        }

        private static int character(byte[] bytes, int from, int length, LongConsumer out) {
            int known = Math.min(4, length - from);
            if (known > 0 && !isHex(bytes, from, from + known)) {
                return NONE;
            }
            if (known < 4) {
                return WAIT;
            }
            char unit = (char) hex(bytes, from, from + 4);
            if (!Character.isHighSurrogate(unit)) {
                utf8(unit, out);
                return TAKEN;
            }
            int second = from + 4 + backslashes(bytes, from + 4, length);
            if (second == length) {
                return WAIT;
            }
            int digits = length - second - 1;
            if (second == from + 4 || bytes[second] != 'u' || !isHex(bytes, second + 1, length)) {
                return NONE;
            }
            if (digits < 4) {
                return WAIT;
            }
            utf8(Character.toCodePoint(unit, (char) hex(bytes, second + 1, length)), out);
            return TAKEN;
        }

        private static int backslashes(byte[] bytes, int from, int to) {
            int end = from;
            while (end < to && bytes[end] == '\\') {
                end++;
            }
            return end - from;
        }

        private static boolean isHex(byte[] bytes, int from, int to) {
            for (int i = from; i < to; i++) {
                if (Character.digit(bytes[i], 16) < 0) {
                    return false;
                }
            }
            return true;
        }
    }
}

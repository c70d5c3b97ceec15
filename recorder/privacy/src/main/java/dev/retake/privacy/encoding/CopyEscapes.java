package dev.retake.privacy.encoding;

import java.util.Arrays;

/** The escapes of PostgreSQL's COPY in text format (PostgreSQL, COPY, "Text Format"). */
final class CopyEscapes {
    private static final String LETTERS = "bfnrtv";
    private static final byte[] MEANINGS = {'\b', '\f', '\n', '\r', '\t', 0x0b};

    private CopyEscapes() {}

    static int decodeOne(byte[] source, int at, int end, DecodedText into) {
        if (at + 1 >= end) {
            return 0;
        }
        byte next = source[at + 1];
        int letter = LETTERS.indexOf(next);
        if (letter >= 0) {
            into.add(MEANINGS[letter], at);
            return 2;
        }
        boolean hexadecimal = next == 'x' && at + 2 < end && Character.digit(source[at + 2], 16) >= 0;
        if (!hexadecimal && (next < '0' || next > '7')) {
            into.add(next, at);
            return 2;
        }
        int radix = hexadecimal ? 16 : 8;
        int first = hexadecimal ? at + 2 : at + 1;
        int last = Math.min(end, first + (hexadecimal ? 2 : 3));
        int code = 0;
        int i = first;
        while (i < last && Character.digit(source[i], radix) >= 0) {
            code = code * radix + Character.digit(source[i], radix);
            i++;
        }
        into.add((byte) code, at);
        return i - at;
    }

    static byte[] encode(byte[] text) {
        int special = 0;
        for (byte b : text) {
            special += letter(b) == 0 ? 0 : 1;
        }
        if (special == 0) {
            return text;
        }
        byte[] encoded = new byte[text.length + special];
        int length = 0;
        for (byte b : text) {
            char letter = letter(b);
            if (letter != 0) {
                encoded[length++] = '\\';
            }
            encoded[length++] = letter == 0 ? b : (byte) letter;
        }
        return Arrays.copyOf(encoded, length);
    }

    /** What stands behind the backslash for {@code b}, 0 where it stands for itself. */
    private static char letter(byte b) {
        if (b == '\\') {
            return '\\';
        }
        for (int i = 0; i < MEANINGS.length; i++) {
            if (MEANINGS[i] == b) {
                return LETTERS.charAt(i);
            }
        }
        return 0;
    }
}

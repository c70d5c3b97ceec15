package dev.retake.privacy.encoding;

/** Tells text from other bytes. */
public final class Utf8 {
    private Utf8() {}

    /** Whether {@code source[from, to)} is valid UTF-8 without control characters other than white space. */
    public static boolean isText(byte[] source, int from, int to) {
        int at = from;
        while (at < to) {
            byte b = source[at];
            if (b >= ' ' && b != 0x7f) {
                at++;
            } else if (b >= 0) {
                if (!isSpace(b)) {
                    return false;
                }
                at++;
            } else {
                int length = sequence(source, at, to);
                if (length == 0) {
                    return false;
                }
                at += length;
            }
        }
        return true;
    }

    /** Whether {@code source} is valid UTF-8, control characters and all; of what is {@code cut} the last one may be halved. */
    public static boolean isValid(byte[] source, boolean cut) {
        int at = 0;
        while (at < source.length) {
            int length = source[at] >= 0 ? 1 : sequence(source, at, source.length);
            if (length == 0) {
                return cut && source.length - at < 4;
            }
            at += length;
        }
        return true;
    }

    /** Tab, line feed, form feed, carriage return or space. */
    public static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r' || b == '\f';
    }

    /** Length of the valid sequence of two to four bytes at {@code at} (RFC 3629 §4), 0 where none stands there. */
    public static int sequence(byte[] source, int at, int to) {
        int first = source[at] & 0xff;
        int length = first >= 0xc2 && first <= 0xdf
                ? 2
                : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
        if (length == 0 || at + length > to) {
            return 0;
        }
        for (int i = at + 1; i < at + length; i++) {
            if ((source[i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        int second = source[at + 1] & 0xff;
        boolean overlong = first == 0xe0 && second < 0xa0 || first == 0xf0 && second < 0x90;
        boolean beyond = first == 0xed && second > 0x9f || first == 0xf4 && second > 0x8f;
        return overlong || beyond ? 0 : length;
    }
}

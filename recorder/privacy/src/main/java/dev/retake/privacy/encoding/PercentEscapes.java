package dev.retake.privacy.encoding;

import java.io.ByteArrayOutputStream;

/** Percent-encoding (RFC 3986 §2.1). */
final class PercentEscapes {
    private static final String UPPER = "0123456789ABCDEF";
    private static final String LOWER = "0123456789abcdef";

    private PercentEscapes() {}

    static int decodeOne(byte[] source, int at, int end, DecodedText into) {
        if (at + 2 >= end) {
            return 0;
        }
        int high = Character.digit(source[at + 1], 16);
        int low = Character.digit(source[at + 2], 16);
        if (high < 0 || low < 0) {
            return 0;
        }
        into.add((byte) (high << 4 | low), at);
        return 3;
    }

    /** Leaves unescaped what is unreserved, and whatever the replaced text left unescaped itself. */
    static byte[] encode(byte[] text, byte[] source, int from, int to, boolean form) {
        boolean[] bare = new boolean[128];
        boolean lower = false;
        boolean spaceAsPlus = form;
        for (int i = from; i < to; i++) {
            if (source[i] == '%' && i + 2 < to) {
                lower |= source[i + 1] >= 'a' || source[i + 2] >= 'a';
                spaceAsPlus &= source[i + 1] != '2' || source[i + 2] != '0';
                i += 2;
            } else if (source[i] > ' ') {
                bare[source[i]] = source[i] != '+' || !form;
            }
        }
        ByteArrayOutputStream encoded = new ByteArrayOutputStream(text.length + 16);
        for (byte b : text) {
            if (unreserved(b) || b > 0 && bare[b]) {
                encoded.write(b);
            } else if (b == ' ' && spaceAsPlus) {
                encoded.write('+');
            } else {
                String digits = lower ? LOWER : UPPER;
                encoded.write('%');
                encoded.write(digits.charAt(b >> 4 & 0xf));
                encoded.write(digits.charAt(b & 0xf));
            }
        }
        return encoded.toByteArray();
    }

    private static boolean unreserved(byte b) {
        return b >= 'a' && b <= 'z'
                || b >= 'A' && b <= 'Z'
                || b >= '0' && b <= '9'
                || b == '-'
                || b == '.'
                || b == '_'
                || b == '~';
    }
}

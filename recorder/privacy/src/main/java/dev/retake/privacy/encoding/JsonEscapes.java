package dev.retake.privacy.encoding;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Escapes of JSON strings (RFC 8259 §7). */
final class JsonEscapes {
    private JsonEscapes() {}

    static int decodeOne(byte[] source, int at, int end, DecodedText into) {
        if (at + 1 >= end) {
            return 0;
        }
        switch (source[at + 1]) {
            case '"', '\\', '/', '\'' -> into.add(source[at + 1], at);
            case 'b' -> into.add((byte) '\b', at);
            case 'f' -> into.add((byte) '\f', at);
            case 'n' -> into.add((byte) '\n', at);
            case 'r' -> into.add((byte) '\r', at);
            case 't' -> into.add((byte) '\t', at);
            case 'u' -> {
                return decodeUnicode(source, at, end, into);
            }
            default -> {
                return 0;
            }
        }
        return 2;
    }

    private static int decodeUnicode(byte[] source, int at, int end, DecodedText into) {
        int unit = unit(source, at, end);
        if (unit < 0) {
            return 0;
        }
        if (Character.isHighSurrogate((char) unit)) {
            int low = unit(source, at + 6, end);
            if (low >= 0 && Character.isLowSurrogate((char) low)) {
                into.addCodePoint(Character.toCodePoint((char) unit, (char) low), at);
                return 12;
            }
        }
        into.addCodePoint(unit, at);
        return 6;
    }

    /** The UTF-16 unit that a {@code backslash u} escape at {@code at} names, -1 where none stands there. */
    private static int unit(byte[] source, int at, int end) {
        if (at + 6 > end || source[at] != '\\' || source[at + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int i = at + 2; i < at + 6; i++) {
            int digit = Character.digit(source[i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    static byte[] encode(byte[] text, byte[] source, int from, int to) {
        boolean asciiOnly = false;
        boolean escapedSlash = false;
        boolean raw = false;
        for (int i = from; i < to; i++) {
            raw |= source[i] < 0;
            if (source[i] == '\\' && i + 1 < to) {
                asciiOnly |= source[i + 1] == 'u';
                escapedSlash |= source[i + 1] == '/';
                i++;
            }
        }
        asciiOnly &= !raw;
        boolean plain = true;
        for (byte b : text) {
            plain &= b >= ' ' && b != '"' && b != '\\' && b != 0x7f && !(escapedSlash && b == '/')
                    || b < 0 && !asciiOnly;
        }
        return plain ? text : escape(text, asciiOnly, escapedSlash);
    }

    private static byte[] escape(byte[] text, boolean asciiOnly, boolean escapedSlash) {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream(text.length + 16);
        String characters = new String(text, StandardCharsets.UTF_8);
        for (int i = 0; i < characters.length(); i++) {
            char c = characters.charAt(i);
            if (c == '"' || c == '\\' || c == '/' && escapedSlash) {
                encoded.write('\\');
                encoded.write(c);
            } else if (c == '\n') {
                encoded.writeBytes(new byte[] {'\\', 'n'});
            } else if (c < ' ' || c == 0x7f || c > 0x7f && asciiOnly) {
                encoded.writeBytes(String.format("\\u%04x", (int) c).getBytes(StandardCharsets.US_ASCII));
            } else if (c < 0x80) {
                encoded.write(c);
            } else {
                int codePoint = characters.codePointAt(i);
                i += Character.charCount(codePoint) - 1;
                encoded.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
            }
        }
        return encoded.toByteArray();
    }
}

package dev.retake.replay.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** How a value is written in its place. */
public enum Encoding {
    /** As it is. */
    RAW {
        @Override
        String encode(String value, String before) {
            return value;
        }
    },
    /** A path segment (RFC 3986 §3.3). */
    PATH_SEGMENT {
        @Override
        String encode(String value, String before) {
            return percent(value, before, "!$&'()*+,;=:@", false);
        }
    },
    /** A value in a query or a form. */
    FORM {
        @Override
        String encode(String value, String before) {
            return percent(value, before, "", !before.contains("%20"));
        }
    },
    /** The inside of a JSON string (RFC 8259 §7). */
    JSON_STRING {
        @Override
        String encode(String value, String before) {
            return jsonString(value);
        }
    },
    /** A JSON number; what is none becomes a string. */
    JSON_NUMBER {
        @Override
        String encode(String value, String before) {
            return value.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?") ? value : '"' + jsonString(value) + '"';
        }
    },
    /** Character data or an attribute value of XML or HTML. */
    XML {
        @Override
        String encode(String value, String before) {
            return value.replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace(">", "&gt;")
                    .replace("\"", "&quot;")
                    .replace("'", "&#39;");
        }
    };

    /**
     * {@code value} as it is written here.
     *
     * @param before what stood here; where there is a choice, its style is kept
     */
    abstract String encode(String value, String before);

    private static String percent(String value, String before, String allowed, boolean plusForSpace) {
        StringBuilder encoded = new StringBuilder(value.length() + 16);
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean unreserved =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~".indexOf(c) >= 0;
            boolean kept = c > ' ' && c < 0x7f && "%+&=#".indexOf(c) < 0 && before.indexOf(c) >= 0;
            if (unreserved || kept || c < 0x7f && allowed.indexOf(c) >= 0) {
                encoded.append(c);
            } else if (c == ' ' && plusForSpace) {
                encoded.append('+');
            } else {
                encoded.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return encoded.toString();
    }

    private static String jsonString(String value) {
        StringBuilder encoded = new StringBuilder(value.length() + 8);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> encoded.append("\\\"");
                case '\\' -> encoded.append("\\\\");
                case '\n' -> encoded.append("\\n");
                case '\r' -> encoded.append("\\r");
                case '\t' -> encoded.append("\\t");
                default -> {
                    if (c < ' ' || Character.isSurrogate(c) && !isPaired(value, i)) {
                        encoded.append(String.format("\\u%04x", (int) c));
                    } else {
                        encoded.append(c);
                    }
                }
            }
        }
        return encoded.toString();
    }

    private static boolean isPaired(String value, int i) {
        return Character.isHighSurrogate(value.charAt(i))
                ? i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
    }

    /** {@code value} with percent escapes; characters that stood bare in {@code before} stay so. */
    public static String percentEncoded(String value, String before) {
        return percent(value, before, "", false);
    }

    /** {@code text} with percent escapes undone; what is no escape stays as it is. */
    public static String percentDecoded(String text, boolean plusIsSpace) {
        if (text.indexOf('%') < 0 && (!plusIsSpace || text.indexOf('+') < 0)) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            int high = raw[i] == '%' && i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(raw[i + 2], 16) : -1;
            if (low >= 0) {
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                bytes.write(plusIsSpace && raw[i] == '+' ? ' ' : raw[i]);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}

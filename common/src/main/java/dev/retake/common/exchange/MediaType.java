package dev.retake.common.exchange;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The media type of a body (RFC 9110 §8.3.1) and the family that says how it is read.
 *
 * @param essence {@code type/subtype} in lower case, empty where none was given
 * @param charset the charset parameter in lower case, null where none was given
 * @param boundary the multipart boundary, null where none was given
 */
public record MediaType(
        String essence, @Nullable String charset, @Nullable String boundary) {
    /** What a body's bytes are. */
    public enum Family {
        JSON,
        NDJSON,
        FORM,
        MULTIPART,
        XML,
        HTML,
        CSV,
        EVENT_STREAM,
        TEXT,
        BINARY,
        UNKNOWN
    }

    /** Nothing was said of the type. */
    public static final MediaType NONE = new MediaType("", null, null);

    /** Reads a {@code Content-Type} value; malformed parameters are passed over. */
    public static MediaType parse(@Nullable String contentType) {
        if (contentType == null || contentType.isBlank()) {
            return NONE;
        }
        int end = contentType.indexOf(';');
        String essence =
                (end < 0 ? contentType : contentType.substring(0, end)).trim().toLowerCase(Locale.ROOT);
        return new MediaType(
                essence, lower(parameter(contentType, end, "charset")), parameter(contentType, end, "boundary"));
    }

    /** The parameter {@code name}, in lower case, of a {@code Content-Type} value; null where it has none. */
    public static @Nullable String parameter(String contentType, String name) {
        return parameter(contentType, contentType.indexOf(';'), name);
    }

    /** How the body is to be read. */
    public Family family() {
        if (essence.isEmpty()) {
            return Family.UNKNOWN;
        }
        if (essence.equals("application/x-ndjson")
                || essence.equals("application/ndjson")
                || essence.equals("application/jsonl")
                || essence.equals("application/json-seq")
                || essence.equals("application/stream+json")) {
            return Family.NDJSON;
        }
        if (essence.endsWith("/json") || essence.endsWith("+json")) {
            return Family.JSON;
        }
        if (essence.equals("application/x-www-form-urlencoded")) {
            return Family.FORM;
        }
        if (essence.startsWith("multipart/")) {
            return Family.MULTIPART;
        }
        if (essence.equals("text/html") || essence.equals("application/xhtml+xml")) {
            return Family.HTML;
        }
        if (essence.endsWith("/xml") || essence.endsWith("+xml")) {
            return Family.XML;
        }
        if (essence.equals("text/csv") || essence.equals("text/tab-separated-values")) {
            return Family.CSV;
        }
        if (essence.equals("text/event-stream")) {
            return Family.EVENT_STREAM;
        }
        if (essence.startsWith("text/")
                || essence.equals("application/javascript")
                || essence.equals("application/graphql")
                || essence.equals("application/yaml")) {
            return Family.TEXT;
        }
        return Family.BINARY;
    }

    private static @Nullable String lower(@Nullable String value) {
        return value == null ? null : value.toLowerCase(Locale.ROOT);
    }

    private static @Nullable String parameter(String value, int from, String name) {
        int at = from;
        while (at >= 0 && at < value.length()) {
            int start = at + 1;
            int end = endOfParameter(value, start);
            int equals = value.indexOf('=', start);
            if (equals > 0
                    && equals < end
                    && value.substring(start, equals).trim().equalsIgnoreCase(name)) {
                return unquote(value.substring(equals + 1, end).trim());
            }
            at = end < value.length() ? end : -1;
        }
        return null;
    }

    private static int endOfParameter(String value, int from) {
        boolean quoted = false;
        for (int i = from; i < value.length(); i++) {
            char c = value.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ';' && !quoted) {
                return i;
            }
        }
        return value.length();
    }

    private static String unquote(String value) {
        if (value.length() < 2 || value.charAt(0) != '"' || value.charAt(value.length() - 1) != '"') {
            return value;
        }
        StringBuilder plain = new StringBuilder(value.length());
        for (int i = 1; i < value.length() - 1; i++) {
            char c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length() - 1) {
                c = value.charAt(++i);
            }
            plain.append(c);
        }
        return plain.toString();
    }
}

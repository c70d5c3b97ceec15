package dev.retake.pipeline.head;

import dev.retake.common.exchange.Headers;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A message head of HTTP/1 (RFC 9112 §2.1) as it is recorded: the start line and the fields, read leniently, because the
 * proxy has already decided what to refuse and a recording keeps what it let through. A bare LF ends a line, a folded
 * line is joined by one space (§5.2), a line without a colon is a field without a value.
 *
 * @param startLine without its line end; empty in trailers
 * @param headers fields in order
 */
public record MessageHead(String startLine, Headers headers) {

    /** Reads a head that begins with a start line; null where there is none. */
    public static @Nullable MessageHead parse(byte[] head) {
        int end = lineEnd(head, 0);
        if (end == 0) {
            return null;
        }
        return new MessageHead(text(head, 0, end), fields(head, next(head, end)));
    }

    /** Reads a block of fields alone, such as trailers. */
    public static Headers fields(byte[] block) {
        return fields(block, 0);
    }

    private static Headers fields(byte[] head, int from) {
        Headers.Builder fields = Headers.builder();
        String name = null;
        String value = "";
        int start = from;
        while (start < head.length) {
            int end = lineEnd(head, start);
            if (end == start) {
                break;
            }
            if (name != null && (head[start] == ' ' || head[start] == '\t')) {
                value = (value + ' ' + text(head, start, end)).trim();
            } else {
                if (name != null) {
                    fields.add(name, value);
                }
                int colon = indexOf(head, (byte) ':', start, end);
                name = name(head, start, colon < 0 ? end : colon);
                value = colon < 0 ? "" : text(head, colon + 1, end);
            }
            start = next(head, end);
        }
        if (name != null) {
            fields.add(name, value);
        }
        return fields.build();
    }

    /** Where the line that starts at {@code from} ends, before its CR LF or LF. */
    private static int lineEnd(byte[] head, int from) {
        int feed = indexOf(head, (byte) '\n', from, head.length);
        int end = feed < 0 ? head.length : feed;
        return end > from && head[end - 1] == '\r' ? end - 1 : end;
    }

    private static int next(byte[] head, int lineEnd) {
        int feed = indexOf(head, (byte) '\n', lineEnd, head.length);
        return feed < 0 ? head.length : feed + 1;
    }

    private static int indexOf(byte[] bytes, byte wanted, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static String name(byte[] bytes, int from, int to) {
        boolean spaced = to > from && (isSpace(bytes[from]) || isSpace(bytes[to - 1]));
        return spaced ? text(bytes, from, to) : FieldNames.of(bytes, from, to);
    }

    /** The bytes as ISO-8859-1 without white space (RFC 9110 §5.6.3) on either side. */
    private static String text(byte[] bytes, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && isSpace(bytes[start])) {
            start++;
        }
        while (end > start && isSpace(bytes[end - 1])) {
            end--;
        }
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t';
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "MessageHead[" + headers.size() + " fields]";
    }
}

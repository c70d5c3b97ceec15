package dev.retake.privacy.document;

import dev.retake.privacy.encoding.Escaping;
import dev.retake.privacy.value.Edits;
import dev.retake.privacy.value.Field;
import dev.retake.privacy.value.Leaves;
import dev.retake.privacy.value.UriWalker;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Walks {@code Cookie} and {@code Set-Cookie} (RFC 6265 §4): each cookie by its name, attributes kept. */
final class CookieWalker {
    private CookieWalker() {}

    /** Walks the value of a {@code Cookie} field. */
    static void cookies(Leaves leaves, byte[] source, Edits edits) {
        int start = 0;
        while (start < source.length) {
            int end = endOfPart(source, start);
            cookie(leaves, source, start, end, edits);
            start = end + 1;
        }
    }

    /** Walks the value of a {@code Set-Cookie} field. */
    static void setCookie(Leaves leaves, byte[] source, Edits edits) {
        int end = endOfPart(source, 0);
        cookie(leaves, source, 0, end, edits);
        int start = end + 1;
        while (start < source.length) {
            end = endOfPart(source, start);
            attribute(leaves, source, start, end, edits);
            start = end + 1;
        }
    }

    private static void attribute(Leaves leaves, byte[] source, int from, int to, Edits edits) {
        int value = from;
        while (value < to && source[value] != '=') {
            value++;
        }
        String name = new String(source, from, value - from, StandardCharsets.ISO_8859_1)
                .strip()
                .toLowerCase(Locale.ROOT);
        if (leaves.hasRemainder() && name.equals("path")) {
            UriWalker.walk(leaves, source, Math.min(value + 1, to), to, 0, edits);
        } else if (leaves.hasRemainder() && name.equals("domain")) {
            leaves.value(leaves.fields().nameless(), source, Math.min(value + 1, to), to, Escaping.NONE, 0, edits);
        } else {
            HeadWalker.grammar(leaves, source, from, to, edits);
        }
    }

    private static void cookie(Leaves leaves, byte[] source, int from, int to, Edits edits) {
        int start = from;
        while (start < to && source[start] == ' ') {
            start++;
        }
        int equals = start;
        while (equals < to && source[equals] != '=') {
            equals++;
        }
        if (equals == to) {
            leaves.value(leaves.fields().nameless(), source, start, to, Escaping.NONE, 0, edits);
            return;
        }
        Field field = leaves.fields().cookie().child(source, start, equals);
        leaves.name(field, source, start, equals, Escaping.NONE, 0, edits);
        boolean quoted = to - equals > 2 && source[equals + 1] == '"' && source[to - 1] == '"';
        int valueFrom = quoted ? equals + 2 : equals + 1;
        leaves.value(field, source, valueFrom, quoted ? to - 1 : to, Escaping.PERCENT, 0, edits);
    }

    private static int endOfPart(byte[] source, int from) {
        int end = from;
        while (end < source.length && source[end] != ';') {
            end++;
        }
        return end;
    }
}

package dev.retake.privacy.document;

import dev.retake.common.exchange.Headers;
import dev.retake.privacy.encoding.Escaping;
import dev.retake.privacy.encoding.Utf8;
import dev.retake.privacy.value.Credentials;
import dev.retake.privacy.value.Edits;
import dev.retake.privacy.value.Field;
import dev.retake.privacy.value.Leaves;
import dev.retake.privacy.value.UriWalker;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Walks header and trailer fields, and the request target, each by its own syntax. */
final class HeadWalker {
    /** Fields that speak of the message and its software alone; their numbers are no addresses. */
    private static final Set<String> TECHNICAL = Set.of(
            "accept",
            "accept-charset",
            "accept-encoding",
            "accept-language",
            "accept-ranges",
            "access-control-max-age",
            "age",
            "alt-svc",
            "cache-control",
            "connection",
            "content-encoding",
            "content-language",
            "content-length",
            "content-range",
            "date",
            "dnt",
            "expect",
            "expires",
            "host",
            "if-modified-since",
            "if-unmodified-since",
            "keep-alive",
            "last-modified",
            "max-forwards",
            "origin",
            "pragma",
            "proxy-connection",
            "range",
            "retry-after",
            "sec-ch-ua",
            "sec-ch-ua-full-version-list",
            "sec-ch-ua-platform-version",
            "server",
            "strict-transport-security",
            "te",
            "traceparent",
            "tracestate",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "user-agent",
            "vary",
            "via",
            "x-powered-by",
            "x-aspnet-version",
            "x-requested-with",
            ":authority");

    private static final int LONGEST_EXTENSION = 5;

    private HeadWalker() {}

    /** Sanitizes a request target (RFC 9112 §3.2). */
    static String target(Leaves leaves, String target) {
        byte[] source = target.getBytes(StandardCharsets.ISO_8859_1);
        Edits edits = new Edits();
        UriWalker.walk(leaves, source, 0, source.length, 0, edits);
        return text(source, edits, target);
    }

    /** Sanitizes a reason phrase, or another text that stands alone. */
    static String phrase(Leaves leaves, String phrase) {
        byte[] source = phrase.getBytes(StandardCharsets.ISO_8859_1);
        Edits edits = new Edits();
        leaves.value(leaves.fields().nameless(), source, 0, source.length, Escaping.NONE, 0, edits);
        return text(source, edits, phrase);
    }

    /** Sanitizes the values of all fields. */
    static Headers fields(Leaves leaves, Headers headers) {
        if (headers.isEmpty()) {
            return headers;
        }
        String[] sanitized = new String[headers.size() * 2];
        boolean changed = false;
        for (int i = 0; i < headers.size(); i++) {
            String value = headers.value(i);
            byte[] source = value.getBytes(StandardCharsets.ISO_8859_1);
            Edits edits = new Edits();
            field(leaves, headers.name(i).toLowerCase(Locale.ROOT), source, edits);
            sanitized[2 * i] = headers.name(i);
            sanitized[2 * i + 1] = text(source, edits, value);
            changed |= !edits.isEmpty();
        }
        return changed ? Headers.of(sanitized) : headers;
    }

    /** Sanitizes one value of the field {@code name}, which is in lower case. */
    static void field(Leaves leaves, String name, byte[] source, Edits edits) {
        int to = source.length;
        switch (name) {
            case "cookie", "cookie2" -> CookieWalker.cookies(leaves, source, edits);
            case "set-cookie", "set-cookie2" -> CookieWalker.setCookie(leaves, source, edits);
            case "authorization",
                    "proxy-authorization",
                    "www-authenticate",
                    "proxy-authenticate",
                    "x-authorization",
                    "x-forwarded-authorization" -> {
                if (!Credentials.walk(leaves, source, 0, to, 0, edits)) {
                    named(leaves, name, source, edits);
                }
            }
            case "referer", "location", "content-location", "x-original-url", "x-rewrite-url", ":path", "sourcemap" ->
                UriWalker.walk(leaves, source, 0, to, 0, edits);
            case "link" -> links(leaves, source, edits);
            case "content-disposition" -> parameters(leaves, source, edits);
            default -> {
                if (!TECHNICAL.contains(name) || mayHoldAddress(source)) {
                    named(leaves, name, source, edits);
                }
            }
        }
    }

    private static void named(Leaves leaves, String name, byte[] source, Edits edits) {
        byte[] nameBytes = name.getBytes(StandardCharsets.ISO_8859_1);
        Field field = leaves.fields().header().child(nameBytes, 0, nameBytes.length);
        leaves.value(field, source, 0, source.length, Escaping.NONE, 0, edits);
    }

    /** Walks {@code <uri>; rel="next", …} (RFC 8288 §3). */
    private static void links(Leaves leaves, byte[] source, Edits edits) {
        int at = 0;
        while (at < source.length) {
            int open = indexOf(source, '<', at);
            int close = indexOf(source, '>', open);
            leaves.value(leaves.fields().nameless(), source, at, open, Escaping.NONE, 0, edits);
            if (open < close) {
                UriWalker.walk(leaves, source, open + 1, close, 0, edits);
            }
            at = close + (close < source.length ? 1 : 0);
            if (close == source.length) {
                return;
            }
        }
    }

    /** Walks {@code attachment; filename="…"; filename*=UTF-8''…} (RFC 6266 §4.1). */
    private static void parameters(Leaves leaves, byte[] source, Edits edits) {
        int at = 0;
        while (at < source.length) {
            int stop = endOfParameter(source, at);
            int equals = indexOf(source, '=', at);
            if (equals >= stop) {
                leaves.value(leaves.fields().nameless(), source, at, stop, Escaping.NONE, 0, edits);
            } else {
                parameter(leaves, source, at, equals, stop, edits);
            }
            at = stop + 1;
        }
    }

    private static void parameter(Leaves leaves, byte[] source, int from, int equals, int to, Edits edits) {
        int start = equals + 1;
        int end = to;
        while (start < end && Utf8.isSpace(source[start])) {
            start++;
        }
        while (end > start && Utf8.isSpace(source[end - 1])) {
            end--;
        }
        boolean quoted = end - start >= 2 && source[start] == '"' && source[end - 1] == '"';
        boolean extended = equals > from && source[equals - 1] == '*';
        Escaping escaping = quoted ? Escaping.QUOTED_STRING : extended ? Escaping.PERCENT : Escaping.NONE;
        int valueFrom = quoted ? start + 1 : start;
        int valueTo = withoutExtension(source, valueFrom, quoted ? end - 1 : end);
        leaves.value(leaves.fields().nameless(), source, valueFrom, valueTo, escaping, 0, edits);
    }

    /** The end of a file name before its extension, which would hide that the name is an address. */
    private static int withoutExtension(byte[] source, int from, int to) {
        int dot = to - 1;
        while (dot > from && to - dot <= LONGEST_EXTENSION && source[dot] != '.') {
            dot--;
        }
        return dot > from && source[dot] == '.' ? dot : to;
    }

    /** The parameter {@code name} of a {@code Content-Disposition} value, null where it has none. */
    static @Nullable String parameter(String value, String name) {
        byte[] source = value.getBytes(StandardCharsets.ISO_8859_1);
        int at = 0;
        while (at < source.length) {
            int stop = endOfParameter(source, at);
            String part = value.substring(at, stop);
            int equals = part.indexOf('=');
            if (equals > 0 && part.substring(0, equals).strip().equalsIgnoreCase(name)) {
                String text = part.substring(equals + 1).strip();
                boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
                return quoted ? text.substring(1, text.length() - 1).replace("\\\"", "\"") : text;
            }
            at = stop + 1;
        }
        return null;
    }

    private static int endOfParameter(byte[] source, int from) {
        boolean quoted = false;
        for (int i = from; i < source.length; i++) {
            if (quoted && source[i] == '\\') {
                i++;
            } else if (source[i] == '"') {
                quoted = !quoted;
            } else if (source[i] == ';' && !quoted) {
                return i;
            }
        }
        return source.length;
    }

    private static boolean mayHoldAddress(byte[] source) {
        for (int i = 0; i < source.length; i++) {
            if (source[i] == '@' || source[i] == '%') {
                return true;
            }
        }
        return false;
    }

    private static int indexOf(byte[] source, char wanted, int from) {
        int at = Math.min(from, source.length);
        while (at < source.length && source[at] != wanted) {
            at++;
        }
        return at;
    }

    private static String text(byte[] source, Edits edits, String original) {
        return edits.isEmpty()
                ? original
                : new String(edits.apply(source, 0, source.length), StandardCharsets.ISO_8859_1);
    }
}

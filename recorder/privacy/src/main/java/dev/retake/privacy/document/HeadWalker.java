package dev.retake.privacy.document;

import dev.retake.common.exchange.Headers;
import dev.retake.privacy.document.HeaderKinds.Syntax;
import dev.retake.privacy.encoding.Escaping;
import dev.retake.privacy.encoding.Utf8;
import dev.retake.privacy.value.Credentials;
import dev.retake.privacy.value.Edits;
import dev.retake.privacy.value.Field;
import dev.retake.privacy.value.Leaves;
import dev.retake.privacy.value.Structure;
import dev.retake.privacy.value.UriWalker;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Walks header and trailer fields, and the request target, each by its own syntax. */
final class HeadWalker {
    private static final int LONGEST_EXTENSION = 5;
    private static final int FEWEST_DIGITS = 5;

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
        boolean standard = leaves.hasRemainder() && ProtocolWords.isPhrase(phrase);
        Field field = standard ? leaves.fields().structure() : leaves.fields().nameless();
        leaves.value(field, source, 0, source.length, Escaping.NONE, 0, edits);
        return text(source, edits, phrase);
    }

    /**
     * Sanitizes the values of all fields.
     *
     * @param binary walks binary metadata; null where names say nothing of that
     */
    static Headers fields(Leaves leaves, HeaderKinds kinds, @Nullable BinaryMetadata binary, Headers headers) {
        String @Nullable [] sanitized = null;
        for (int i = 0; i < headers.size(); i++) {
            String value = headers.value(i);
            HeaderKinds.Kind kind = kinds.of(headers.name(i));
            if (kind.syntax() == Syntax.TECHNICAL
                    && !leaves.hasRemainder()
                    && value.indexOf('@') < 0
                    && value.indexOf('%') < 0) {
                continue;
            }
            byte[] source = value.getBytes(StandardCharsets.ISO_8859_1);
            String written;
            if (binary != null && BinaryMetadata.isBinary(kind.lowerName())) {
                written = new String(binary.walk(kind.lowerName(), source), StandardCharsets.ISO_8859_1);
            } else {
                Edits edits = new Edits();
                field(leaves, kind, source, edits);
                written = text(source, edits, value);
            }
            if (!written.equals(value)) {
                sanitized = sanitized == null ? new String[headers.size()] : sanitized;
                sanitized[i] = written;
            }
        }
        Headers changed = sanitized == null ? headers : headers.withValues(sanitized);
        return leaves.hasRemainder() ? named(leaves, changed) : changed;
    }

    /** The same fields, those under another name whose name is a value. */
    private static Headers named(Leaves leaves, Headers headers) {
        Headers.Builder renamed = Headers.builder();
        boolean any = false;
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i);
            boolean value = isValue(name);
            any |= value;
            byte[] text = name.getBytes(StandardCharsets.ISO_8859_1);
            String other = value ? new String(leaves.word(text), StandardCharsets.ISO_8859_1) : name;
            renamed.add(other, headers.value(i));
        }
        return any ? renamed.build() : headers;
    }

    /** Names of fields have versions and sizes in them, so that it takes more digits than elsewhere. */
    private static boolean isValue(String name) {
        boolean digits = name.chars().filter(c -> c >= '0' && c <= '9').count() >= FEWEST_DIGITS;
        return digits && Structure.looksLikeValue(name);
    }

    /** Sanitizes one value of a field. */
    static void field(Leaves leaves, HeaderKinds.Kind kind, byte[] source, Edits edits) {
        switch (kind.syntax()) {
            case COOKIES -> CookieWalker.cookies(leaves, source, edits);
            case SET_COOKIE -> CookieWalker.setCookie(leaves, source, edits);
            case CREDENTIALS -> {
                leaves.standsIn(leaves.fields().header().child(kind.name(), 0, kind.name().length));
                if (!Credentials.walk(leaves, source, 0, source.length, 0, edits)) {
                    named(leaves, kind, source, edits);
                }
                leaves.standsIn(leaves.fields().nameless());
            }
            case URI -> UriWalker.walk(leaves, source, 0, source.length, 0, edits);
            case LINKS -> links(leaves, source, edits);
            case PARAMETERS -> parameters(leaves, source, edits);
            case TECHNICAL -> {
                if (leaves.hasRemainder()) {
                    decided(leaves, kind, source, edits);
                } else if (indexOf(source, '@', 0) < source.length || indexOf(source, '%', 0) < source.length) {
                    named(leaves, kind, source, edits);
                }
            }
            case NAMED -> {
                if (leaves.hasRemainder()) {
                    decided(leaves, kind, source, edits);
                } else {
                    named(leaves, kind, source, edits);
                }
            }
        }
    }

    /** Walks a value of which a policy decides what stays: protocol does. */
    private static void decided(Leaves leaves, HeaderKinds.Kind kind, byte[] source, Edits edits) {
        String name = new String(kind.name(), StandardCharsets.ISO_8859_1);
        String value = new String(source, StandardCharsets.ISO_8859_1);
        if (ProtocolWords.isKept(name, value)) {
            if (kind.syntax() != Syntax.TECHNICAL) {
                leaves.value(leaves.fields().structure(), source, 0, source.length, Escaping.NONE, 0, edits);
            }
            return;
        }
        switch (name) {
            case "content-type" -> parameters(leaves, source, edits);
            case "host", ":authority" -> {
                if (!Structure.isLoopback(value)) {
                    named(leaves, kind, source, edits);
                }
            }
            case "etag", "if-match", "if-none-match", "if-range" -> validators(leaves, kind, source, edits);
            default -> named(leaves, kind, source, edits);
        }
    }

    /** Walks {@code W/"abc", "def"} (RFC 9110 §8.8.3); what stands without quotes, a date, is one too. */
    private static void validators(Leaves leaves, HeaderKinds.Kind kind, byte[] source, Edits edits) {
        Field field = leaves.fields().header().child(kind.name(), 0, kind.name().length);
        int open = indexOf(source, '"', 0);
        if (open == source.length) {
            leaves.value(field, source, 0, source.length, Escaping.NONE, 0, edits);
        }
        while (open < source.length) {
            int close = indexOf(source, '"', open + 1);
            leaves.value(field, source, open + 1, close, Escaping.NONE, 0, edits);
            open = indexOf(source, '"', close + 1);
        }
    }

    private static void named(Leaves leaves, HeaderKinds.Kind kind, byte[] source, Edits edits) {
        Field field = leaves.fields().header().child(kind.name(), 0, kind.name().length);
        leaves.value(field, source, 0, source.length, Escaping.NONE, 0, edits);
    }

    /** Walks {@code <uri>; rel="next", …} (RFC 8288 §3). */
    private static void links(Leaves leaves, byte[] source, Edits edits) {
        int at = 0;
        while (at < source.length) {
            int open = indexOf(source, '<', at);
            int close = indexOf(source, '>', open);
            grammar(leaves, source, at, open, edits);
            if (open < close) {
                UriWalker.walk(leaves, source, open + 1, close, 0, edits);
            }
            at = close + (close < source.length ? 1 : 0);
            if (close == source.length) {
                return;
            }
        }
    }

    /** Walks a part of a value that stays where it is nothing but the words of its grammar. */
    static void grammar(Leaves leaves, byte[] source, int from, int to, Edits edits) {
        boolean grammar = leaves.hasRemainder()
                && ProtocolWords.isGrammar(new String(source, from, to - from, StandardCharsets.ISO_8859_1));
        Field field = grammar ? leaves.fields().structure() : leaves.fields().nameless();
        leaves.value(field, source, from, to, Escaping.NONE, 0, edits);
    }

    /** Walks {@code attachment; filename="…"; filename*=UTF-8''…} (RFC 6266 §4.1), and media types alike. */
    private static void parameters(Leaves leaves, byte[] source, Edits edits) {
        int at = 0;
        while (at < source.length) {
            int stop = endOfParameter(source, at);
            int equals = indexOf(source, '=', at);
            if (equals >= stop) {
                mediaType(leaves, source, at, stop, edits);
            } else {
                parameter(leaves, source, at, equals, stop, edits);
            }
            at = stop + 1;
        }
    }

    private static void mediaType(Leaves leaves, byte[] source, int from, int to, Edits edits) {
        boolean type = indexOf(source, '/', from) < to;
        if (type && leaves.hasRemainder()) {
            leaves.value(leaves.fields().structure(), source, from, to, Escaping.NONE, 0, edits);
        } else {
            grammar(leaves, source, from, to, edits);
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
        int valueTo = quoted ? end - 1 : end;
        if (leaves.hasRemainder() && structural(leaves, source, from, equals, valueFrom, valueTo, escaping, edits)) {
            return;
        }
        int stem = withoutExtension(source, valueFrom, valueTo);
        int mark = edits.count();
        leaves.value(leaves.fields().nameless(), source, valueFrom, stem, escaping, 0, edits);
        int rest = edits.end(mark, valueFrom);
        if (stem < valueTo && (rest < stem || !leaves.hasRemainder())) {
            // What looked like an extension may be the end of a value: of a domain, of an address.
            leaves.value(leaves.fields().nameless(), source, rest, valueTo, escaping, 0, edits);
        } else if (stem < valueTo) {
            String extension = new String(source, stem + 1, valueTo - stem - 1, StandardCharsets.ISO_8859_1);
            if (!ProtocolWords.isExtension(extension)) {
                leaves.value(leaves.fields().nameless(), source, stem + 1, valueTo, escaping, 0, edits);
            }
        }
    }

    /** Walks a parameter that belongs to the message's form and not to its content; false where it does not. */
    private static boolean structural(
            Leaves leaves,
            byte[] source,
            int from,
            int equals,
            int valueFrom,
            int valueTo,
            Escaping escaping,
            Edits edits) {
        String name = new String(source, from, equals - from, StandardCharsets.ISO_8859_1)
                .strip()
                .toLowerCase(Locale.ROOT);
        String value = new String(source, valueFrom, valueTo - valueFrom, StandardCharsets.ISO_8859_1);
        if (name.equals("boundary")) {
            byte[] boundary = Arrays.copyOfRange(source, valueFrom, valueTo);
            byte[] other = leaves.word(boundary);
            if (other != boundary) {
                edits.add(valueFrom, valueTo, other);
            }
            return true;
        }
        boolean kept =
                ProtocolWords.isMediaParameter(name, value) || name.equals("name") && !Structure.looksLikeValue(value);
        if (kept) {
            leaves.value(leaves.fields().structure(), source, valueFrom, valueTo, escaping, 0, edits);
        }
        return kept;
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
